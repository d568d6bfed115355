#include <engine/linkage/need.h>
#include <engine/linkage/reference.h>
#include <engine/money/check.h>

#include <algorithm>

namespace jicai::linkage {

namespace {

constexpr std::uint16_t bit(campaign::SourceClass source) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(source));
}

std::uint16_t classes_of(const TextList& words) {
    std::uint16_t classes = 0;
    for (const std::string& word : words) {
        const auto source = rules::enum_from_word<campaign::SourceClass>(word);
        if (source) classes = static_cast<std::uint16_t>(classes | bit(*source));
    }
    return classes;
}

bool names(const TextList& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::int64_t step_of(int decimals) {
    std::int64_t step = 1;
    for (int i = decimals; i < money::kMicroYuanScale; ++i) step *= 10;
    return step;
}

void take_aggregator(ReferenceRule& rule, const ReferenceSection& section) {
    rule.aggregator = need(section.aggregator, "reference.aggregator");
    if (const auto* tolerance = wanted(section.tolerance, "reference.tolerance")) {
        rule.tolerance = *tolerance;
    }
    switch (rule.aggregator) {
        case Aggregator::minimum:
        case Aggregator::lower_of_two_families:
            break;
        case Aggregator::mean_of_lowest:
            rule.lowest = static_cast<std::size_t>(need(section.lowest, "reference.lowest"));
            rule.count_each = need(section.count_each, "reference.count_each");
            rule.too_few = need(section.too_few, "reference.too_few");
            break;
        case Aggregator::minimum_of_regions:
            rule.too_few = need(section.too_few, "reference.too_few");
            rule.regions_needed =
                static_cast<std::uint32_t>(need(section.regions_needed, "reference.regions_needed")
                );
            break;
        case Aggregator::median:
            rule.count_each = need(section.count_each, "reference.count_each");
            rule.median_of_even = need(section.median_of_even, "reference.median_of_even");
            break;
    }
}

void take_exclusions(
    ReferenceRule& rule, const Policy& policy, const std::vector<std::string>& regions
) {
    using campaign::ObservationStatus;
    const ExclusionsSection& section = policy.exclusions;
    rule.sources = classes_of(need(policy.comparison.sources, "comparison.sources"));
    if (need(section.awards_elsewhere, "exclusions.awards_elsewhere")) {
        rule.awards =
            bit(campaign::SourceClass::province_award) | bit(campaign::SourceClass::alliance_award);
    }
    rule.own_region_excluded = need(section.own_region, "exclusions.own_region");
    const auto excludes = [&rule](ObservationStatus status) -> bool& {
        return rule.status_excluded[static_cast<std::size_t>(status)];
    };
    excludes(ObservationStatus::withdrawn) = true;
    excludes(ObservationStatus::suspended) = need(section.suspended, "exclusions.suspended");
    excludes(ObservationStatus::under_objection) =
        need(section.under_objection, "exclusions.under_objection");
    rule.not_evaluated_excluded = need(section.not_evaluated, "exclusions.not_evaluated");
    for (std::size_t state = 0; state < rule.state_counts.size(); ++state) {
        rule.state_counts[state] = !rule.status_excluded[state & 3U] &&
                                   ((state & 4U) != 0 || !rule.not_evaluated_excluded);
    }
    const TextList* excluded = wanted(section.regions, "exclusions.regions");
    const TextList* named = rule.aggregator == Aggregator::minimum_of_regions
                                ? wanted(policy.reference->regions, "reference.regions")
                                : nullptr;
    for (std::size_t region = 0; region < regions.size(); ++region) {
        rule.region_excluded[region] = (excluded != nullptr && names(*excluded, regions[region])) ||
                                       (named != nullptr && !names(*named, regions[region]));
    }
}

void make_masks(ReferenceRule& rule, const ReferenceSection& section) {
    const bool families = rule.aggregator == Aggregator::lower_of_two_families;
    const TextList none;
    const TextList& first = families ? need(section.first_family, "reference.first_family") : none;
    const TextList& second =
        families ? need(section.second_family, "reference.second_family") : none;
    for (std::size_t region = 0; region < rule.counted.size(); ++region) {
        const bool own = region == rule.own_region;
        const bool closed = rule.region_excluded[region] || (own && rule.own_region_excluded);
        const unsigned elsewhere = own ? 0U : rule.awards;
        rule.counted[region] =
            closed ? std::uint16_t{0} : static_cast<std::uint16_t>(rule.sources & ~elsewhere);
        const auto of = [&](const TextList& family) {
            const unsigned classes =
                own && names(family, kOwnRegion) ? 0xFFFFU : classes_of(family);
            return static_cast<std::uint16_t>(rule.counted[region] & classes);
        };
        rule.of_first[region] = of(first);
        rule.of_second[region] = of(second);
        if (families) {
            rule.counted[region] =
                static_cast<std::uint16_t>(rule.of_first[region] | rule.of_second[region]);
        }
    }
    if (families) {
        const unsigned in_families = classes_of(first) | classes_of(second);
        const bool own_counts = names(first, kOwnRegion) || names(second, kOwnRegion);
        if (!own_counts) rule.sources = static_cast<std::uint16_t>(rule.sources & in_families);
    }
}

}  // namespace

ReferenceRule make_reference_rule(
    const Policy& policy,
    const std::vector<std::string>& regions,
    std::uint8_t own_region,
    Day as_of,
    std::optional<Day> known_at
) {
    JICAI_CHECK(policy.reference.has_value() && regions.size() <= campaign::kRegionsMax);
    ReferenceRule rule;
    rule.as_of = as_of.number();
    if (known_at) rule.known_at = known_at->number();
    rule.own_region = own_region;
    rule.key = need(policy.comparison.key, "comparison.key");
    rule.conversion = need(policy.conversion.rule, "conversion.rule");
    rule.unit_rounding = need(policy.conversion.unit_rounding, "conversion.unit_rounding");
    rule.pack_rounding = need(policy.conversion.pack_rounding, "conversion.pack_rounding");
    rule.unit_step = step_of(rule.unit_rounding.decimals);
    take_aggregator(rule, *policy.reference);
    take_exclusions(rule, policy, regions);
    make_masks(rule, *policy.reference);
    return rule;
}

std::optional<campaign::Exclusion> why_excluded(
    const ObservationColumns& columns,
    const ReferenceRule& rule,
    const PackConversions& conversions,
    const ListedPack& pack,
    Row row
) {
    using campaign::Exclusion;
    const unsigned region = columns.region(row);
    const unsigned source_bit = 1U << columns.source(row);
    const unsigned state = columns.state(row);
    const auto status = static_cast<campaign::ObservationStatus>(state & 3U);
    if (columns.excluded(row, rule.known_at)) return Exclusion::excluded_by_event;
    if (columns.recorded(row) > rule.known_at) return Exclusion::not_yet_recorded;
    if (columns.from(row) > rule.as_of) return Exclusion::not_yet_effective;
    if (columns.to(row) < rule.as_of) return Exclusion::expired;
    if (status == campaign::ObservationStatus::withdrawn) return Exclusion::withdrawn;
    if ((rule.sources & source_bit) == 0) return Exclusion::source_not_counted;
    if (region != rule.own_region && (rule.awards & source_bit) != 0) {
        return Exclusion::award_of_other_region;
    }
    if (region == rule.own_region && rule.own_region_excluded) return Exclusion::own_region;
    if (rule.region_excluded[region]) return Exclusion::region_not_counted;
    // A class that only counts through `own_region` of a family.
    if ((rule.counted[region] & source_bit) == 0) return Exclusion::source_not_counted;
    if (rule.status_excluded[state & 3U]) {
        return status == campaign::ObservationStatus::suspended ? Exclusion::suspended
                                                                : Exclusion::under_objection;
    }
    if (rule.not_evaluated_excluded && (state & 4U) == 0) return Exclusion::not_evaluated;
    if (rule.key != ComparisonKey::any_strength && columns.strength(row) != 0) {
        return Exclusion::other_strength;
    }
    if (rule.key == ComparisonKey::same_pack && columns.units(row) != pack.units) {
        return Exclusion::other_pack;
    }
    if (!unit_price(columns, rule, conversions, pack, row)) return Exclusion::no_price_ratio;
    return std::nullopt;
}

}  // namespace jicai::linkage
