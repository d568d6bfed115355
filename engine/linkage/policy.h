#pragma once

#include <engine/campaign/campaign.h>
#include <engine/linkage/watch_sections.h>
#include <engine/rules/rulebook.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// \file
/// A linkage policy (联动政策) as typed values: what one province means by "lowest price in the
/// country", and the rules that tie products that were not chosen to the winner. No national
/// definition exists, so every value is a parameter with clause and evidence. The meaning of each:
/// docs/linkage.md.
///
/// Sections are walked by `visit` as the stages of a rulebook are (engine/rules/rulebook.h).

namespace jicai::linkage {

using campaign::Day;
using rules::Count;
using rules::Flag;
using rules::Need;
using rules::Parameter;
using rules::TextList;

/// Which observations are of "the same SKU" (同一品规).
enum class ComparisonKey : std::uint8_t { same_pack, any_pack, any_strength };
enum class ConversionRule : std::uint8_t { divide, price_ratio };
enum class Aggregator : std::uint8_t {
    minimum,
    mean_of_lowest,
    minimum_of_regions,
    median,
    lower_of_two_families,
};
enum class CountEach : std::uint8_t { observation, region };
enum class TooFew : std::uint8_t { lowest_provisional, insufficient };
enum class MedianOfEven : std::uint8_t { mean, lower };
enum class MonthEnd : std::uint8_t { last_day, first_of_next };
enum class Frequency : std::uint8_t { continuous, monthly, half_yearly, campaign };
enum class RelistCap : std::uint8_t { old_price };
enum class WinningPrice : std::uint8_t { lowest, highest };
enum class OutsideSupply : std::uint8_t { multiple, highest_winning_price };
enum class MakersScope : std::uint8_t { variety, specification };

}  // namespace jicai::linkage

namespace jicai::rules {

template <>
struct EnumNames<linkage::ComparisonKey> {
    static constexpr std::array<std::pair<linkage::ComparisonKey, std::string_view>, 3> names{
        {{linkage::ComparisonKey::same_pack, "same_pack"},
         {linkage::ComparisonKey::any_pack, "any_pack"},
         {linkage::ComparisonKey::any_strength, "any_strength"}}};
};
template <>
struct EnumNames<linkage::ConversionRule> {
    static constexpr std::array<std::pair<linkage::ConversionRule, std::string_view>, 2> names{
        {{linkage::ConversionRule::divide, "divide"},
         {linkage::ConversionRule::price_ratio, "price_ratio"}}};
};
template <>
struct EnumNames<linkage::Aggregator> {
    static constexpr std::array<std::pair<linkage::Aggregator, std::string_view>, 5> names{
        {{linkage::Aggregator::minimum, "minimum"},
         {linkage::Aggregator::mean_of_lowest, "mean_of_lowest"},
         {linkage::Aggregator::minimum_of_regions, "minimum_of_regions"},
         {linkage::Aggregator::median, "median"},
         {linkage::Aggregator::lower_of_two_families, "lower_of_two_families"}}};
};
template <>
struct EnumNames<linkage::CountEach> {
    static constexpr std::array<std::pair<linkage::CountEach, std::string_view>, 2> names{
        {{linkage::CountEach::observation, "observation"}, {linkage::CountEach::region, "region"}}};
};
template <>
struct EnumNames<linkage::TooFew> {
    static constexpr std::array<std::pair<linkage::TooFew, std::string_view>, 2> names{
        {{linkage::TooFew::lowest_provisional, "lowest_provisional"},
         {linkage::TooFew::insufficient, "insufficient"}}};
};
template <>
struct EnumNames<linkage::MedianOfEven> {
    static constexpr std::array<std::pair<linkage::MedianOfEven, std::string_view>, 2> names{
        {{linkage::MedianOfEven::mean, "mean"}, {linkage::MedianOfEven::lower, "lower"}}};
};
template <>
struct EnumNames<linkage::MonthEnd> {
    static constexpr std::array<std::pair<linkage::MonthEnd, std::string_view>, 2> names{
        {{linkage::MonthEnd::last_day, "last_day"},
         {linkage::MonthEnd::first_of_next, "first_of_next"}}};
};
template <>
struct EnumNames<linkage::Frequency> {
    static constexpr std::array<std::pair<linkage::Frequency, std::string_view>, 4> names{
        {{linkage::Frequency::continuous, "continuous"},
         {linkage::Frequency::monthly, "monthly"},
         {linkage::Frequency::half_yearly, "half_yearly"},
         {linkage::Frequency::campaign, "campaign"}}};
};
template <>
struct EnumNames<linkage::RelistCap> {
    static constexpr std::array<std::pair<linkage::RelistCap, std::string_view>, 1> names{
        {{linkage::RelistCap::old_price, "old_price"}}};
};
template <>
struct EnumNames<linkage::WinningPrice> {
    static constexpr std::array<std::pair<linkage::WinningPrice, std::string_view>, 2> names{
        {{linkage::WinningPrice::lowest, "lowest"}, {linkage::WinningPrice::highest, "highest"}}};
};
template <>
struct EnumNames<linkage::OutsideSupply> {
    static constexpr std::array<std::pair<linkage::OutsideSupply, std::string_view>, 2> names{
        {{linkage::OutsideSupply::multiple, "multiple"},
         {linkage::OutsideSupply::highest_winning_price, "highest_winning_price"}}};
};
template <>
struct EnumNames<linkage::MakersScope> {
    static constexpr std::array<std::pair<linkage::MakersScope, std::string_view>, 2> names{
        {{linkage::MakersScope::variety, "variety"},
         {linkage::MakersScope::specification, "specification"}}};
};

}  // namespace jicai::rules

namespace jicai::linkage {

/// Which prices are compared.
struct ComparisonSection {
    static constexpr std::string_view kind = "comparison";
    Parameter<ComparisonKey> key;
    Parameter<TextList> sources;  ///< words of SourceClass that count

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("key", "choice", Need::required, self.key);
        v.parameter("sources", "sources", Need::required, self.sources);
    }
};

/// What does not count although its class does. Prices not in force on the day never count.
struct ExclusionsSection {
    static constexpr std::string_view kind = "exclusions";
    Parameter<Flag> awards_elsewhere;  ///< prices won by volume in other regions
    Parameter<Flag> own_region;
    Parameter<Flag> suspended;
    Parameter<Flag> under_objection;
    Parameter<Flag> not_evaluated;  ///< prices before consistency evaluation
    Parameter<TextList> regions;    ///< regions whose prices never count

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("awards_elsewhere", "flag", Need::required, self.awards_elsewhere);
        v.parameter("own_region", "flag", Need::required, self.own_region);
        v.parameter("suspended", "flag", Need::required, self.suspended);
        v.parameter("under_objection", "flag", Need::required, self.under_objection);
        v.parameter("not_evaluated", "flag", Need::required, self.not_evaluated);
        v.parameter("regions", "regions", Need::optional, self.regions);
    }
};

/// How packs are brought to the smallest unit and back.
struct ConversionSection {
    static constexpr std::string_view kind = "conversion";
    Parameter<ConversionRule> rule;
    Parameter<std::string> price_ratio_rule;  ///< id of a file in catalogs/price-ratio
    Parameter<money::Rounding> unit_rounding;
    Parameter<money::Rounding> pack_rounding;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("rule", "choice", Need::required, self.rule);
        v.parameter("price_ratio_rule", "text", Need::optional, self.price_ratio_rule);
        v.parameter("unit_rounding", "yuan", Need::required, self.unit_rounding);
        v.parameter("pack_rounding", "yuan", Need::required, self.pack_rounding);
    }
};

/// The reference price (参考价): one figure out of the prices that count.
struct ReferenceSection {
    static constexpr std::string_view kind = "reference";
    Parameter<Aggregator> aggregator;
    Parameter<Count> lowest;          ///< k of the mean of the k lowest
    Parameter<CountEach> count_each;  ///< one price of each region, or every observation
    Parameter<Count> regions_needed;
    Parameter<TextList> regions;  ///< the named regions; absent: any
    Parameter<TooFew> too_few;
    Parameter<MedianOfEven> median_of_even;
    Parameter<TextList> first_family;          ///< source classes, or `own_region`
    Parameter<TextList> second_family;         ///< the same
    Parameter<rules::PercentBound> tolerance;  ///< a cut of at most this much is not made

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("aggregator", "choice", Need::required, self.aggregator);
        v.parameter("lowest", "prices", Need::optional, self.lowest);
        v.parameter("count_each", "choice", Need::optional, self.count_each);
        v.parameter("regions_needed", "regions", Need::optional, self.regions_needed);
        v.parameter("regions", "regions", Need::optional, self.regions);
        v.parameter("too_few", "choice", Need::optional, self.too_few);
        v.parameter("median_of_even", "choice", Need::optional, self.median_of_even);
        v.parameter("first_family", "sources", Need::optional, self.first_family);
        v.parameter("second_family", "sources", Need::optional, self.second_family);
        v.parameter("tolerance", "percent", Need::optional, self.tolerance);
    }
};

/// Until when a firm must have declared a lower price, and how often.
struct DeadlineSection {
    static constexpr std::string_view kind = "deadline";
    Parameter<Count> months;
    Parameter<MonthEnd> month_end;
    Parameter<Count> working_days;
    Parameter<std::string> window_end;  ///< a day
    Parameter<Frequency> frequency;
    Parameter<Count> publicity_days;
    Parameter<Count> objection_days;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("months", "months", Need::optional, self.months);
        v.parameter("month_end", "choice", Need::optional, self.month_end);
        v.parameter("working_days", "days", Need::optional, self.working_days);
        v.parameter("window_end", "date", Need::optional, self.window_end);
        v.parameter("frequency", "choice", Need::required, self.frequency);
        v.parameter("publicity_days", "days", Need::optional, self.publicity_days);
        v.parameter("objection_days", "days", Need::optional, self.objection_days);
    }
};

/// What follows refusal or silence.
struct ConsequencesSection {
    static constexpr std::string_view kind = "consequences";
    Parameter<TextList> ladder;  ///< words, in order: suspended, delisted, integrity_record, ...
    Parameter<Count> grace_months;
    Parameter<Count> bar_years;  ///< after delisting
    Parameter<RelistCap> relist_cap;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("ladder", "steps", Need::required, self.ladder);
        v.parameter("grace_months", "months", Need::optional, self.grace_months);
        v.parameter("bar_years", "years", Need::optional, self.bar_years);
        v.parameter("relist_cap", "choice", Need::optional, self.relist_cap);
    }
};

/// Rules tied to the winners of a round (非中选产品).
struct WinnerRulesSection {
    static constexpr std::string_view kind = "winner_rules";
    Parameter<WinningPrice> winning_price;  ///< of several winners of the variety
    Parameter<TextList> cut_bands;          ///< bands.h: ratio to the winning price, percent
    Parameter<money::Ratio>
        floor_multiple;                 ///< a gradient cut never goes below this x winning price
    Parameter<Flag> cap_not_evaluated;  ///< not evaluated: not above the winning price
    Parameter<OutsideSupply> outside_supply;  ///< a winner outside its supply regions
    Parameter<money::Ratio> outside_supply_multiple;
    Parameter<Count> makers_threshold;  ///< so many evaluated makers: others no longer chosen
    Parameter<MakersScope> makers_scope;
    Parameter<Flag> makers_include_originator;

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("winning_price", "choice", Need::required, self.winning_price);
        v.parameter("cut_bands", "bands", Need::optional, self.cut_bands);
        v.parameter("floor_multiple", "ratio", Need::optional, self.floor_multiple);
        v.parameter("cap_not_evaluated", "flag", Need::required, self.cap_not_evaluated);
        v.parameter("outside_supply", "choice", Need::optional, self.outside_supply);
        v.parameter(
            "outside_supply_multiple", "ratio", Need::optional, self.outside_supply_multiple
        );
        v.parameter("makers_threshold", "makers", Need::optional, self.makers_threshold);
        v.parameter("makers_scope", "choice", Need::optional, self.makers_scope);
        v.parameter(
            "makers_include_originator", "flag", Need::optional, self.makers_include_originator
        );
    }
};

/// Colours with words (红黄标): the old price against the reference. A label never blocks.
struct LabelsSection {
    static constexpr std::string_view kind = "labels";
    Parameter<TextList> bands;  ///< bands.h: ratio to the reference and label

    template <class Self, class V>
    static void visit(Self& self, V& v) {
        v.parameter("bands", "bands", Need::required, self.bands);
    }
};

struct Policy {
    std::string id;  ///< "hunan-2018-drug"
    std::string title_zh;
    std::string title_en;
    std::string source;  ///< document and date
    std::string kind;    ///< drug, consumable, reagent
    std::string region;  ///< whose policy it is; "全国": any
    Day effective_from;
    std::optional<Day> effective_to;  ///< last day
    ComparisonSection comparison;
    ExclusionsSection exclusions;
    ConversionSection conversion;
    std::optional<ReferenceSection> reference;
    std::optional<DeadlineSection> deadline;
    std::optional<ConsequencesSection> consequences;
    std::optional<WinnerRulesSection> winner_rules;
    std::optional<LabelsSection> labels;
    std::optional<FairnessSection> fairness;
    std::optional<SubstitutionSection> substitution;
    std::optional<PlausibilitySection> plausibility;
    std::string digest;  ///< hex SHA-256 of the canonical text (policy_parameters.h)
};

/// Word of the region of a policy that any region may use.
inline constexpr std::string_view kAnyRegion = "全国";
/// Word that stands in a family for every price observed in the own region.
inline constexpr std::string_view kOwnRegion = "own_region";

/// Calls f(section) for every section the policy has, in the order of the page.
template <class P, class F>
void for_each_section(P& policy, F&& f) {
    f(policy.comparison);
    f(policy.exclusions);
    f(policy.conversion);
    if (policy.reference) f(*policy.reference);
    if (policy.deadline) f(*policy.deadline);
    if (policy.consequences) f(*policy.consequences);
    if (policy.winner_rules) f(*policy.winner_rules);
    if (policy.labels) f(*policy.labels);
    if (policy.fairness) f(*policy.fairness);
    if (policy.substitution) f(*policy.substitution);
    if (policy.plausibility) f(*policy.plausibility);
}

}  // namespace jicai::linkage
