#pragma once

#include <engine/rules/parameter.h>
#include <engine/rules/reporting_rule.h>

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// \file
/// The stages a rulebook is composed of, as typed values. Each stage lists its parameters once, in
/// `visit`: the loader, the readable page, the difference of two rulebooks and the digest all walk
/// that list. The meaning of each stage and each parameter: docs/rulebooks.md.
///
/// `visit(self, v)` calls v.parameter(name, unit, Need, parameter) for each parameter, in the order
/// of the page. Keyed parameters (percentages by volume class) are std::map<std::string,
/// Parameter<T>>: v.keyed(name, unit, map).

namespace jicai::rules {

enum class Need : std::uint8_t { required, optional };

using money::Price;
using money::Ratio;
using money::Rounding;

/// The regions of the round, in the order of the document's annex.
struct SupplyRegionsStage {
    static constexpr std::string_view kind = "supply_regions";
    Parameter<TextList> regions;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("regions", "regions", Need::required, self.regions);
    }
};

/// How many bids a supplier may have in one lot.
enum class BidsPerSupplier : std::uint8_t { one, several_fitting_ratio };
template <>
struct EnumNames<BidsPerSupplier> {
    static constexpr std::array<std::pair<BidsPerSupplier, std::string_view>, 2> names{
        {{BidsPerSupplier::one, "one"},
         {BidsPerSupplier::several_fitting_ratio, "several_fitting_ratio"}}};
};

/// Which bids are admitted at all.
struct QualificationStage {
    static constexpr std::string_view kind = "qualification";
    Parameter<Flag> main_spec_required;  ///< the bid's spec must be a main spec of the lot
    Parameter<BidsPerSupplier> bids_per_supplier;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("main_spec_required", "flag", Need::required, self.main_spec_required);
        v.parameter("bids_per_supplier", "choice", Need::required, self.bids_per_supplier);
    }
};

enum class FillTreatment : std::uint8_t { per_rule, by_content };
template <>
struct EnumNames<FillTreatment> {
    static constexpr std::array<std::pair<FillTreatment, std::string_view>, 2> names{
        {{FillTreatment::per_rule, "per_rule"}, {FillTreatment::by_content, "by_content"}}};
};

/// How the price-ratio rule is applied in this round.
struct PriceRatioStage {
    static constexpr std::string_view kind = "price_ratio";
    Parameter<std::string> rule;    ///< id of a file in catalogs/price-ratio
    Parameter<Ratio> content_base;  ///< Art. 9 says at most 1.7
    Parameter<Ratio> pack_base;
    Parameter<FillTreatment> fill;
    Parameter<Flag> material_counts;
    Parameter<Flag> injection_floor_applies;
    Parameter<Flag> short_pack_applies;
    Parameter<TextList>
        linear_content_lots;  ///< lots whose contents relate linearly, not by the curve

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("rule", "text", Need::required, self.rule);
        v.parameter("content_base", "ratio", Need::required, self.content_base);
        v.parameter("pack_base", "ratio", Need::required, self.pack_base);
        v.parameter("fill", "choice", Need::required, self.fill);
        v.parameter("material_counts", "flag", Need::required, self.material_counts);
        v.parameter(
            "injection_floor_applies", "flag", Need::required, self.injection_floor_applies
        );
        v.parameter("short_pack_applies", "flag", Need::required, self.short_pack_applies);
        v.parameter("linear_content_lots", "lots", Need::optional, self.linear_content_lots);
    }
};

/// Unit bid price (单位申报价): the bid taken down to one smallest unit of its own spec in the
/// lot's base form; tested against the ceiling.
struct CeilingStage {
    static constexpr std::string_view kind = "ceiling";
    Parameter<Rounding> rounding;
    Parameter<Comparison> compare;
    /// Second test: bid against the firm's own lowest provincial price, per pack; skipped for bids
    /// without that column.
    Parameter<Comparison> compare_own_lowest;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("rounding", "yuan", Need::required, self.rounding);
        v.parameter("compare", "choice", Need::required, self.compare);
        v.parameter("compare_own_lowest", "choice", Need::optional, self.compare_own_lowest);
    }
};

/// n: who counts as a bidder of the lot.
struct BiddersStage {
    static constexpr std::string_view kind = "bidders";
    Parameter<Flag> over_ceiling_counts;
    Parameter<Flag> without_price_counts;  ///< took part, no usable price
    Parameter<Flag> absent_counts;
    Parameter<Flag> set_aside_counts;
    Parameter<Flag> withdrawn_counts;    ///< withdrawn or disqualified on the opening day
    Parameter<Flag> unqualified_counts;  ///< refused by the qualification stage
    Parameter<Flag> group_counts_once;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("over_ceiling_counts", "flag", Need::required, self.over_ceiling_counts);
        v.parameter("without_price_counts", "flag", Need::required, self.without_price_counts);
        v.parameter("absent_counts", "flag", Need::required, self.absent_counts);
        v.parameter("set_aside_counts", "flag", Need::required, self.set_aside_counts);
        v.parameter("withdrawn_counts", "flag", Need::required, self.withdrawn_counts);
        v.parameter("unqualified_counts", "flag", Need::required, self.unqualified_counts);
        v.parameter("group_counts_once", "flag", Need::required, self.group_counts_once);
    }
};

enum class ReferenceSpec : std::uint8_t { smallest_spec, smallest_main_spec };
template <>
struct EnumNames<ReferenceSpec> {
    static constexpr std::array<std::pair<ReferenceSpec, std::string_view>, 2> names{
        {{ReferenceSpec::smallest_spec, "smallest_spec"},
         {ReferenceSpec::smallest_main_spec, "smallest_main_spec"}}};
};

/// Unit comparable price (单位可比价): the bid taken down to one unit of the lot's reference spec.
struct ComparablePriceStage {
    static constexpr std::string_view kind = "comparable_price";
    Parameter<ReferenceSpec> reference;
    Parameter<Rounding> rounding;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("reference", "choice", Need::required, self.reference);
        v.parameter("rounding", "yuan", Need::required, self.rounding);
    }
};

enum class TieKeyType : std::uint8_t { number, date, flag };
template <>
struct EnumNames<TieKeyType> {
    static constexpr std::array<std::pair<TieKeyType, std::string_view>, 3> names{
        {{TieKeyType::number, "number"}, {TieKeyType::date, "date"}, {TieKeyType::flag, "flag"}}};
};
enum class TieKeyFirst : std::uint8_t { larger, smaller, earlier, later, yes, no };
template <>
struct EnumNames<TieKeyFirst> {
    static constexpr std::array<std::pair<TieKeyFirst, std::string_view>, 6> names{
        {{TieKeyFirst::larger, "larger"},
         {TieKeyFirst::smaller, "smaller"},
         {TieKeyFirst::earlier, "earlier"},
         {TieKeyFirst::later, "later"},
         {TieKeyFirst::yes, "yes"},
         {TieKeyFirst::no, "no"}}};
};

/// One key of the tie chain: a column of bids.csv and which value goes first.
struct TieKey {
    std::string column;
    std::string title_zh;
    std::string title_en;
    TieKeyType type;
    TieKeyFirst first;
    std::string clause;
    Evidence evidence;
    friend bool operator==(const TieKey&, const TieKey&) = default;
};

enum class RankOrder : std::uint8_t { ascending_price };
template <>
struct EnumNames<RankOrder> {
    static constexpr std::array<std::pair<RankOrder, std::string_view>, 1> names{
        {{RankOrder::ascending_price, "ascending_price"}}};
};

/// How bids that stay tied, without effect on the result, are listed. Noted in the certificate
/// either way.
enum class TieListing : std::uint8_t { unrounded_price };
template <>
struct EnumNames<TieListing> {
    static constexpr std::array<std::pair<TieListing, std::string_view>, 1> names{
        {{TieListing::unrounded_price, "unrounded_price"}}};
};

struct RankingStage {
    static constexpr std::string_view kind = "ranking";
    Parameter<RankOrder> order;
    std::vector<TieKey> tie_keys;  ///< [[stage.tie_keys]]
    Parameter<TieListing> tie_listing;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("order", "choice", Need::required, self.order);
        v.tie_keys("tie_keys", self.tie_keys);
        v.parameter("tie_listing", "choice", Need::required, self.tie_listing);
    }
};

enum class FreedPlace : std::uint8_t { next_rank, stays_empty };
template <>
struct EnumNames<FreedPlace> {
    static constexpr std::array<std::pair<FreedPlace, std::string_view>, 2> names{
        {{FreedPlace::next_rank, "next_rank"}, {FreedPlace::stays_empty, "stays_empty"}}};
};
enum class LastPlace : std::uint8_t { of_entrants, of_table };
template <>
struct EnumNames<LastPlace> {
    static constexpr std::array<std::pair<LastPlace, std::string_view>, 2> names{
        {{LastPlace::of_entrants, "of_entrants"}, {LastPlace::of_table, "of_table"}}};
};

enum class GroupConcerned : std::uint8_t { two_bidders, two_valid_bids };
template <>
struct EnumNames<GroupConcerned> {
    static constexpr std::array<std::pair<GroupConcerned, std::string_view>, 2> names{
        {{GroupConcerned::two_bidders, "two_bidders"},
         {GroupConcerned::two_valid_bids, "two_valid_bids"}}};
};

/// Related firms that bid in one lot: only the one with the lowest comparable price may enter, and
/// not on the last place.
struct AffiliationStage {
    static constexpr std::string_view kind = "affiliation";
    Parameter<Flag> lowest_only;
    Parameter<Flag> not_in_last_place;
    Parameter<LastPlace> last_place;
    Parameter<Flag> single_place_is_last;
    Parameter<FreedPlace> freed_place;
    /// When a group is concerned at all; not named: two_bidders.
    Parameter<GroupConcerned> group_concerned;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("lowest_only", "flag", Need::required, self.lowest_only);
        v.parameter("not_in_last_place", "flag", Need::required, self.not_in_last_place);
        v.parameter("last_place", "choice", Need::required, self.last_place);
        v.parameter("single_place_is_last", "flag", Need::required, self.single_place_is_last);
        v.parameter("freed_place", "choice", Need::required, self.freed_place);
        v.parameter("group_concerned", "choice", Need::optional, self.group_concerned);
    }
};

/// M: how many enter, by n.
struct EntryStage {
    static constexpr std::string_view kind = "entry";
    Parameter<CountTable<Count>> max_entrants;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("max_entrants", "bidders", Need::required, self.max_entrants);
    }
};

/// Comparable price <= factor x the lowest valid comparable price of the lot.
struct FactorOfLowestTest {
    static constexpr std::string_view test = "comparable_price_at_most_factor_of_lowest";
    Parameter<Ratio> factor;
    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("factor", "ratio", Need::required, self.factor);
    }
};
/// Cut of the unit bid price against the ceiling of its own spec, in percent, rounded half up, >=
/// bound.
struct CutAtLeastTest {
    static constexpr std::string_view test = "cut_at_least";
    Parameter<PercentBound> percent;
    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("percent", "percent", Need::required, self.percent);
    }
};
/// Comparable price <= a fixed price.
struct PriceAtMostTest {
    static constexpr std::string_view test = "comparable_price_at_most";
    Parameter<Price> price;
    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("price", "yuan", Need::required, self.price);
    }
};
/// Comparable price <= factor x anchor, anchor = max(mean_factor x mean comparable price of the
/// entrants, lowest); exact, unrounded.
struct FactorOfAnchorTest {
    static constexpr std::string_view test = "comparable_price_at_most_factor_of_anchor";
    Parameter<Ratio> factor;
    Parameter<Ratio> mean_factor;
    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("factor", "ratio", Need::required, self.factor);
        v.parameter("mean_factor", "ratio", Need::required, self.mean_factor);
    }
};
using GateTest =
    std::variant<FactorOfLowestTest, CutAtLeastTest, PriceAtMostTest, FactorOfAnchorTest>;

/// An entrant that passes any of the tests is a proposed winner.
struct GateStage {
    static constexpr std::string_view kind = "gate";
    std::vector<GateTest> any_of;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.tests("any_of", self.any_of);
    }
};

/// Across lots: in the `widest_lots` lots with the widest spread (highest / lowest entrant price)
/// the highest bidder falls.
struct OutlierStage {
    static constexpr std::string_view kind = "outlier";
    Parameter<Count> widest_lots;
    Parameter<Count> winners_min;  ///< lots with fewer proposed winners are not compared
    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("widest_lots", "lots", Need::required, self.widest_lots);
        v.parameter("winners_min", "winners", Need::required, self.winners_min);
    }
};

/// Entrants that failed the gates may accept the highest winning price (or, with one winner, a
/// factor of it): a `requote` event.
struct RescueStage {
    static constexpr std::string_view kind = "rescue";
    Parameter<Ratio> single_winner_factor;
    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("single_winner_factor", "ratio", Need::required, self.single_winner_factor);
    }
};

enum class AfterPass : std::uint8_t { next_rank_moves_up, nobody_moves_up };
template <>
struct EnumNames<AfterPass> {
    static constexpr std::array<std::pair<AfterPass, std::string_view>, 2> names{
        {{AfterPass::next_rank_moves_up, "next_rank_moves_up"},
         {AfterPass::nobody_moves_up, "nobody_moves_up"}}};
};

/// Winners pick regions one by one.
struct RegionPickingStage {
    static constexpr std::string_view kind = "region_picking";
    Parameter<Count> first_extra_picks;  ///< rank 1 takes this many before the turns begin
    Parameter<AfterPass> after_pass;     ///< passing a turn gives up the proposed award
    Parameter<Flag> region_may_refuse;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("first_extra_picks", "regions", Need::required, self.first_extra_picks);
        v.parameter("after_pass", "choice", Need::required, self.after_pass);
        v.parameter("region_may_refuse", "flag", Need::required, self.region_may_refuse);
    }
};

/// Agreed volume of the first year: percent of the base volume by number of winners, per volume
/// class of the lot.
struct AgreedVolumeStage {
    static constexpr std::string_view kind = "agreed_volume";
    std::map<std::string, Parameter<CountTable<Count>>> percent;
    /// Rounding mode of each (spec, region) cell, to the lot's quantity step; sums are sums of
    /// rounded cells.
    Parameter<Rounding> rounding;  ///< decimals 0: whole steps

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.keyed("percent", "percent", self.percent);
        v.parameter("rounding", "steps", Need::required, self.rounding);
    }
};

struct TermStage {
    static constexpr std::string_view kind = "term";
    std::map<std::string, Parameter<CountTable<Count>>> years;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.keyed("years", "years", self.years);
    }
};

/// Prices of the other packs of a winner: from the declared pack by the price-ratio rule, one
/// rounding at the end.
struct DerivedPriceStage {
    static constexpr std::string_view kind = "derived_price";
    Parameter<Rounding> rounding;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("rounding", "yuan", Need::required, self.rounding);
    }
};

enum class SubstituteFrom : std::uint8_t { other_winners, non_winners };
template <>
struct EnumNames<SubstituteFrom> {
    static constexpr std::array<std::pair<SubstituteFrom, std::string_view>, 2> names{
        {{SubstituteFrom::other_winners, "other_winners"},
         {SubstituteFrom::non_winners, "non_winners"}}};
};

/// What becomes of a failed winner's place.
struct SubstitutionStage {
    static constexpr std::string_view kind = "substitution";
    Parameter<SubstituteFrom> in_publicity;  ///< open where the document is silent
    Parameter<SubstituteFrom> in_execution;
    Parameter<Flag> substitute_at_own_price;   ///< open where the document is silent
    Parameter<Flag> changes_percent_and_term;  ///< whether the others' percentage and term follow
                                               ///< the smaller number of winners

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("in_publicity", "choice", Need::required, self.in_publicity);
        v.parameter("in_execution", "choice", Need::required, self.in_execution);
        v.parameter(
            "substitute_at_own_price", "flag", Need::required, self.substitute_at_own_price
        );
        v.parameter(
            "changes_percent_and_term", "flag", Need::required, self.changes_percent_and_term
        );
    }
};

using Stage = std::variant<
    SupplyRegionsStage,
    QualificationStage,
    PriceRatioStage,
    CeilingStage,
    BiddersStage,
    ComparablePriceStage,
    RankingStage,
    AffiliationStage,
    EntryStage,
    GateStage,
    OutlierStage,
    RescueStage,
    RegionPickingStage,
    AgreedVolumeStage,
    TermStage,
    DerivedPriceStage,
    SubstitutionStage>;

struct Rulebook {
    std::string id;  ///< "gy-yd2019-2"
    std::string title_zh;
    std::string title_en;
    std::string source;                      ///< document number and date
    std::string kind;                        ///< drug, consumable, reagent
    std::vector<Stage> stages;               ///< executed in this order
    std::optional<ReportingRule> reporting;  ///< absent: the file has no such table
    std::string digest;  ///< hex SHA-256 of the canonical form (values, units, clauses, evidence;
                         ///< no comments)

    /// The stage of that type, or null. Each kind stands at most once, except gates.
    template <class S>
    [[nodiscard]] const S* find() const {
        for (const Stage& stage : stages) {
            if (const S* found = std::get_if<S>(&stage)) return found;
        }
        return nullptr;
    }
};

}  // namespace jicai::rules
