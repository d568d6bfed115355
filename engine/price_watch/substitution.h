#pragma once

#include <engine/campaign/watch_findings.h>

#include <cstdint>
#include <vector>

/// \file
/// Whether others take over from winners, by what was bought month by month.

namespace jicai::price_watch {

/// Parameters of a policy's section [substitution]. Percents in hundredths.
struct SubstitutionRule {
    std::int32_t window_months = 3;  ///< at least 1
    std::int64_t rise_percent_scaled = 2'000;
    std::int64_t lag_percent_scaled = 9'000;
};

/// Each product that can stand in for a winner: others of a winner's variety that did not win, and
/// products of other varieties that name it in `replaces`. Use is counted in smallest units, in the
/// last `window_months` whole months before the month of `as_of` and in as many before those;
/// bought in neither: no row. It rises when it grew by rise_percent or more (rounded half up to
/// hundredths; from nothing: always). The winners of a variety lag when they were bought below
/// lag_percent of the window's part of their yearly volumes (volumes.csv); without any volume: when
/// fewer units were bought than in the window before. Flagged rows first, then by variety and
/// product.
[[nodiscard]] std::vector<campaign::Substitution> find_substitutions(
    const campaign::Campaign& campaign, const SubstitutionRule& rule
);

}  // namespace jicai::price_watch
