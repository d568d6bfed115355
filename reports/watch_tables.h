#pragma once

#include <engine/campaign/watch_findings.h>
#include <reports/table.h>

/// \file
/// The tables of the price watch: files `jicai link` writes beside the decisions. Column names are
/// a contract: columns may be added at the end, never renamed. Labels stand as words of the policy
/// (yellow, red_1 ...) with the clause and evidence of their bands. `ratio` has four decimals (half
/// up); the label follows from the exact one.

namespace jicai::reports {

/// fairness_regions: product, regions, highest_region, highest_unit, highest_observation,
/// lowest_region, lowest_unit, lowest_observation, ratio, label, band, clause, evidence, too_few,
/// name, maker
[[nodiscard]] Table fairness_regions(
    const campaign::Campaign& campaign, const campaign::WatchFindings& findings
);

/// fairness_makers: product, maker, unit, makers, lowest_product, lowest_maker, lowest_unit, ratio,
/// label, band, clause, evidence, name
[[nodiscard]] Table fairness_makers(
    const campaign::Campaign& campaign, const campaign::WatchFindings& findings
);

/// fairness_monitored: product, price, monitored, multiple, regions, ratio, label, band, clause,
/// evidence, too_few, name, maker
[[nodiscard]] Table fairness_monitored(
    const campaign::Campaign& campaign, const campaign::WatchFindings& findings
);

/// price_risks, gravest first: product, label, regions, makers, monitored (the label each check
/// gave), held (observations), name, maker
[[nodiscard]] Table price_risks(
    const campaign::Campaign& campaign, const campaign::WatchFindings& findings
);

/// substitution, flagged first: variety, product, kind, flagged, units_before, units_now, rise,
/// winner_units_before, winner_units_now, winner_progress, rises, winner_lags, name, maker;
/// percents with two decimals, empty where nothing was bought before or no volume is known
[[nodiscard]] Table substitutions(
    const campaign::Campaign& campaign, const campaign::WatchFindings& findings
);

/// review: observation, product, region, kind, pack_price, pack_units, ratio (to the median of the
/// others, four decimals), slip, suggested_price, same_as, document, name, maker
[[nodiscard]] Table review(
    const campaign::Campaign& campaign, const campaign::WatchFindings& findings
);

struct WatchCounts {
    std::int64_t risks = 0;  ///< listed products with a label
    std::int64_t red = 0;
    std::int64_t yellow = 0;
    std::int64_t substitutions = 0;  ///< flagged
    std::int64_t held = 0;           ///< observations, duplicates included
    std::int64_t duplicates = 0;
};
[[nodiscard]] WatchCounts count_findings(const campaign::WatchFindings& findings);

}  // namespace jicai::reports
