#pragma once

#include <engine/campaign/campaign_decision.h>
#include <engine/linkage/observation_columns.h>
#include <engine/linkage/pack_conversions.h>
#include <engine/linkage/policy.h>
#include <engine/linkage/policy_parameters.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// The reference price of a SKU: which observations count on a day, what each is per smallest unit,
/// and the one figure the policy makes of them. One pass over the rows of a product; no allocation
/// except for medians.

namespace jicai::linkage {

/// A policy ready for one region and day: words became bit masks, open values that are needed
/// stopped the run.
struct ReferenceRule {
    Aggregator aggregator = Aggregator::minimum;
    std::size_t lowest = 1;  ///< prices kept and averaged
    CountEach count_each = CountEach::observation;
    std::uint32_t regions_needed = 0;
    TooFew too_few = TooFew::insufficient;
    MedianOfEven median_of_even = MedianOfEven::mean;
    ComparisonKey key = ComparisonKey::any_pack;
    ConversionRule conversion = ConversionRule::divide;
    money::Rounding unit_rounding{money::RoundingMode::half_up, 4};
    money::Rounding pack_rounding{money::RoundingMode::half_up, 2};
    std::int64_t unit_step = 100;  ///< micro-yuan of one place of unit_rounding
    std::optional<rules::PercentBound> tolerance;
    std::uint16_t as_of = 0;
    std::uint16_t known_at = ObservationColumns::kOpen;
    std::uint8_t own_region = 0;
    std::array<std::uint16_t, 256> counted{};   ///< by region: bit mask of source classes
    std::array<std::uint16_t, 256> of_first{};  ///< the same for the first family
    std::array<std::uint16_t, 256> of_second{};
    std::array<bool, 8> state_counts{};  ///< by ObservationColumns::state
    // What the masks were made of, to say why a row does not count.
    std::uint16_t sources = 0;
    std::uint16_t awards = 0;  ///< classes that do not count from other regions
    bool own_region_excluded = false;
    std::array<bool, 256> region_excluded{};
    std::array<bool, 4> status_excluded{};
    bool not_evaluated_excluded = false;
};

/// Throws decision::RunStopped (wait.open_parameter) for a value the policy leaves open. `regions`
/// are the names by index; a region the policy names and that nobody observed in is no fault. \pre
/// policy.reference is set (CHECKed)
[[nodiscard]] ReferenceRule make_reference_rule(
    const Policy& policy,
    const std::vector<std::string>& regions,
    std::uint8_t own_region,
    Day as_of,
    std::optional<Day> known_at
);

/// The SKU the reference is for.
struct ListedPack {
    std::uint32_t product;
    std::uint32_t units;
    std::uint16_t form;  ///< number of its form in PackConversions; 0 under division
};

/// One price that goes into the reference.
struct UsedPrice {
    std::int64_t unit_micro_yuan = 0;
    Row row = 0;
};

struct Reference {
    enum class Kind : std::uint8_t {
        none,  ///< nothing counts
        found,
        provisional,   ///< too few: the lowest one
        insufficient,  ///< too few, and the policy takes none then
    };
    Kind kind = Kind::none;
    std::int64_t unit_micro_yuan = 0;  ///< found, provisional
    std::uint32_t counted = 0;
    std::uint32_t regions =
        0;  ///< different ones among the counted; only kept where the policy asks
    std::uint8_t used_count = 0;
    std::array<UsedPrice, kLowestMax> used{};  ///< lowest first
    /// Lowest of each family; 0: none counts.
    std::array<std::int64_t, 2> family_micro_yuan{};
};

/// Memory that is used again from product to product. One per thread.
class ReferenceScratch {
public:
    std::vector<UsedPrice> prices;
    std::uint64_t memo_key = 0;
    const product::Conversion* memo = nullptr;
};

/// `conversions` is asked under ConversionRule::price_ratio only.
[[nodiscard]] Reference find_reference(
    const ObservationColumns& columns,
    const ReferenceRule& rule,
    const PackConversions& conversions,
    const ListedPack& pack,
    ReferenceScratch& scratch
);

/// Why the row does not count for the pack; nothing when it does.
[[nodiscard]] std::optional<campaign::Exclusion> why_excluded(
    const ObservationColumns& columns,
    const ReferenceRule& rule,
    const PackConversions& conversions,
    const ListedPack& pack,
    Row row
);

/// Price of one smallest unit as the rule rounds it; nothing when the price-ratio rule knows none.
[[nodiscard]] std::optional<std::int64_t> unit_price(
    const ObservationColumns& columns,
    const ReferenceRule& rule,
    const PackConversions& conversions,
    const ListedPack& pack,
    Row row
);

/// From the reference to what may be charged. `enforced` never exceeds `current`.
struct LinkedPrice {
    campaign::Status status = campaign::Status::no_lower_price;
    bool provisional = false;
    std::int64_t reference_micro_yuan = 0;  ///< per listed pack; 0: none
    std::int64_t enforced_micro_yuan = 0;
};
[[nodiscard]] LinkedPrice link_price(
    const Reference& reference,
    const ReferenceRule& rule,
    const PackConversions& conversions,
    const ListedPack& pack,
    money::Price current
);

/// Whether a cut from `old_price` to `price` is more than the tolerance allows to leave out.
[[nodiscard]] bool exceeds_tolerance(
    money::Price price, money::Price old_price, const std::optional<rules::PercentBound>& tolerance
);

}  // namespace jicai::linkage
