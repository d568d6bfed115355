#pragma once

#include <engine/campaign/campaign.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What the price watch finds in a campaign's inputs: labels and hints for a price monitor. Nothing
/// here blocks anything. No logic.

namespace jicai::campaign {

/// A band that holds, with its ground. `word` empty: no band holds.
struct WatchLabel {
    std::string word;  ///< yellow, red_1, red_2, red_3
    std::string band;  ///< as written
    std::string clause;
    std::string evidence;
};

/// One product, highest against lowest region at a date. Of each region its lowest price counts.
struct RegionGap {
    ProductIndex product = 0;
    std::uint32_t regions = 0;  ///< with a price that counts
    ObservationIndex highest = 0;
    ObservationIndex lowest = 0;
    money::Price highest_unit{0};
    money::Price lowest_unit{0};
    money::Ratio ratio{1, 1};
    bool too_few = false;  ///< fewer regions than the policy asks for: no label
    WatchLabel label;
};

/// A listed product against the lowest listed one of another maker of the same generic.
struct MakerGap {
    ProductIndex product = 0;
    ProductIndex lowest = 0;   ///< of another maker
    std::uint32_t makers = 0;  ///< of the generic, this one included
    money::Price unit{0};
    money::Price lowest_unit{0};
    money::Ratio ratio{1, 1};  ///< own over lowest; below 1: this one is lower
    WatchLabel label;
};

/// A listed price against the monitored price (监测价).
struct MonitoredGap {
    ProductIndex product = 0;
    std::uint32_t regions = 0;
    money::Price price{0};        ///< listed, per pack
    money::Price monitored{0};    ///< per pack
    money::Ratio multiple{1, 1};  ///< of the monitored price that the product may cost
    money::Ratio ratio{1, 1};     ///< price over multiple x monitored
    bool too_few = false;
    WatchLabel label;
};

enum class RiskKind : std::uint8_t { regions, makers, monitored, review };

/// One ground for which a listed product stands on the risk list.
struct RiskGround {
    RiskKind kind;
    std::string ratio;  ///< exact text; of review: how many of its observations are held
    WatchLabel label;
};

/// A listed product with at least one ground.
struct PriceRisk {
    ProductIndex product = 0;
    std::string word;  ///< the gravest label; "review" where only observations are held
    std::vector<RiskGround> grounds;  ///< in the order of RiskKind
};

enum class SubstituteKind : std::uint8_t {
    non_winning,   ///< of the winner's variety
    out_of_scope,  ///< of another variety (column `replaces`)
};

/// Use of one product that can stand in for a winner, in smallest units, in two windows of months.
struct Substitution {
    std::string variety;  ///< the winner's
    ProductIndex product = 0;
    SubstituteKind kind = SubstituteKind::non_winning;
    std::int64_t units_before = 0;
    std::int64_t units_now = 0;
    std::optional<std::int64_t> rise_percent_scaled;  ///< hundredths; nothing: none was used before
    std::int64_t winner_units_before = 0;
    std::int64_t winner_units_now = 0;
    /// Hundredths of a percent of the window's part of the yearly volume; nothing: no volume known.
    std::optional<std::int64_t> winner_progress_percent_scaled;
    bool rises = false;
    bool winner_lags = false;
    [[nodiscard]] bool flagged() const { return rises && winner_lags; }
};

enum class ReviewKind : std::uint8_t { too_high, too_low, duplicate };

/// What was probably entered instead of the price of the pack.
enum class Slip : std::uint8_t {
    none,                 ///< held without a suggestion
    tenfold,              ///< a digit too many
    tenth,                ///< a digit too few
    unit_price_as_pack,   ///< the price of one unit
    packs_as_unit_price,  ///< the pack price multiplied by the pack count
};

/// An observation that somebody should look at before it counts.
struct HeldObservation {
    ObservationIndex observation = 0;
    ReviewKind kind = ReviewKind::too_high;
    std::optional<ObservationIndex> same_as;  ///< of a duplicate: the first of its kind
    std::int64_t ratio_scaled = 0;            ///< ten-thousandths of the others' median
    Slip slip = Slip::none;
    std::optional<money::Price> suggested;  ///< the pack price if the slip is what happened
};

struct WatchFindings {
    std::vector<RegionGap> region_gaps;  ///< products with a price somewhere, by product
    std::vector<MakerGap> maker_gaps;    ///< listed products of generics with several makers
    std::vector<MonitoredGap> monitored_gaps;
    std::vector<PriceRisk> risks;             ///< gravest first, then by product
    std::vector<Substitution> substitutions;  ///< flagged first, then by variety and product
    std::vector<HeldObservation> held;        ///< by observation
};

}  // namespace jicai::campaign

namespace jicai::rules {

template <>
struct EnumNames<campaign::RiskKind> {
    static constexpr std::array<std::pair<campaign::RiskKind, std::string_view>, 4> names{
        {{campaign::RiskKind::regions, "regions"},
         {campaign::RiskKind::makers, "makers"},
         {campaign::RiskKind::monitored, "monitored"},
         {campaign::RiskKind::review, "review"}}};
};
template <>
struct EnumNames<campaign::SubstituteKind> {
    static constexpr std::array<std::pair<campaign::SubstituteKind, std::string_view>, 2> names{
        {{campaign::SubstituteKind::non_winning, "non_winning"},
         {campaign::SubstituteKind::out_of_scope, "out_of_scope"}}};
};
template <>
struct EnumNames<campaign::ReviewKind> {
    static constexpr std::array<std::pair<campaign::ReviewKind, std::string_view>, 3> names{
        {{campaign::ReviewKind::too_high, "too_high"},
         {campaign::ReviewKind::too_low, "too_low"},
         {campaign::ReviewKind::duplicate, "duplicate"}}};
};
template <>
struct EnumNames<campaign::Slip> {
    static constexpr std::array<std::pair<campaign::Slip, std::string_view>, 5> names{
        {{campaign::Slip::none, "none"},
         {campaign::Slip::tenfold, "tenfold"},
         {campaign::Slip::tenth, "tenth"},
         {campaign::Slip::unit_price_as_pack, "unit_price_as_pack"},
         {campaign::Slip::packs_as_unit_price, "packs_as_unit_price"}}};
};

}  // namespace jicai::rules
