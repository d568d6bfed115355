#pragma once

#include <engine/product/price_ratio.h>

#include <cstddef>
#include <optional>
#include <vector>

/// \file
/// The articles of the price-ratio rule that stand beside the chain of computation.

namespace jicai::product {

/// Art. 19: rounding of a retail price, half up, by the class of the unrounded price (tenders round
/// by their own documents). 99.95 gives 100 at the 0.1 step; whether it is then a whole-yuan price
/// is silent and makes no difference to the value.
[[nodiscard]] Price round_retail(Price price, const PriceRatioRule& rule);

/// One product that could be the representative of its drug (代表品).
struct RepresentativeCandidate {
    Presentation presentation;
    /// Form in the pharmacopoeia or the standard of the active ingredient.
    bool in_pharmacopoeia = false;
    std::optional<std::int64_t> first_marketed_yyyymmdd;  ///< absent: not known
    bool still_sold = true;
    bool matches_single_dose = false;  ///< content or fill is the usual single dose
};

/// What decided the choice of the representative, in the order of Art. 6.
enum class RepresentativeBasis : std::uint8_t {
    /// Plain tablet, then plain hard capsule; small volume injection, then plain powder.
    preferred_form = 1,
    standard_form = 2,   ///< the only form in the pharmacopoeia or API standard
    first_marketed = 3,  ///< first marketed among those still sold
    /// Clinical use, international use, reasonable price: for people to weigh (Art. 6(3)).
    undecided = 4,
};

/// Candidates left, by index, ascending: one when decided, several when people have to choose; the
/// form first, then content matching the usual single dose (skipped when none does), then the
/// middle pack count.
struct RepresentativeChoice {
    std::vector<std::size_t> candidates;
    RepresentativeBasis form_basis;
};
/// \pre candidates not empty, each with a form (CHECKed)
[[nodiscard]] RepresentativeChoice choose_representative(
    const std::vector<RepresentativeCandidate>& candidates, const PriceRatioRule& rule
);

/// Art. 17: whether two contents are 8-fold or more apart, so that each needs a representative of
/// its own. \pre both > 0
[[nodiscard]] bool needs_own_representative(
    const Ratio& content, const Ratio& other, const PriceRatioRule& rule
);
/// The same for a chain of strengths computed one from the next: its ends, or each step, as the
/// rule says. \pre all > 0
[[nodiscard]] bool chain_needs_own_representative(
    const std::vector<Ratio>& contents, const PriceRatioRule& rule
);

/// Art. 11: price of a pack by equal daily cost, when neither content nor fill is in clear
/// proportion to the daily dose. Unit price of the representative x its daily units / daily units
/// of the target x target count; rounded once.
struct DailyCostPack {
    std::int64_t pack_units;  ///< >= 1
    Ratio daily_units;        ///< smallest units a day; > 0
};
/// Nothing when the result is out of range. \pre as the members say (CHECKed)
[[nodiscard]] std::optional<Price> equal_daily_cost(
    Price price, const DailyCostPack& source, const DailyCostPack& target, const Rounding& rounding
);

/// Art. 15: what a pack of several drugs may cost at most: the sum of the single prices. Nothing
/// when out of range.
[[nodiscard]] std::optional<Price> combination_pack_bound(const std::vector<Price>& singles);

/// Art. 15: a drug packed with solvent, syringe or another accessory costs what it costs without.
[[nodiscard]] Price price_with_accessory(Price price_without_accessory);

/// Art. 9: content of a combination with the same components in other proportions: the sum of the
/// contents of all. Nothing when the sum is no 64-bit fraction.
[[nodiscard]] std::optional<Ratio> combination_content(const std::vector<Ratio>& contents);

}  // namespace jicai::product
