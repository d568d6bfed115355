#pragma once

#include <engine/ports/store.h>
#include <engine/volumes/plan.h>

#include <cstdint>
#include <functional>
#include <string>

namespace jicai::volumes {

/// demand.csv of the round's folder from the reports its provinces confirmed: one row for each lot,
/// spec and region, the sum of the lines (for a group its members' shares, each in its region).
/// Where the round reports by brand, one row for each brand too, as `supplier`. Regions are the
/// names of the plan; without a list GB/T 2260's name of the province as handed in by `province`.
/// Order: that of the plan, then by region. Lots nobody reported have no row.
/// Refused with volumes.region_unnamed (a province the rulebook does not list),
/// volumes.lot_gone (a confirmed report names a lot or spec the round no longer has).
[[nodiscard]] std::string demand_csv(
    ports::Transaction& transaction,
    const std::string& round,
    const RoundPlan& plan,
    const std::function<std::string(const std::string& code)>& province
);

/// How many reports the provinces have not confirmed yet, of those submitted or sent back.
[[nodiscard]] std::int64_t unconfirmed(ports::Transaction& transaction, const std::string& round);

}  // namespace jicai::volumes
