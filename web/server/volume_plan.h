#pragma once

#include <engine/ports/store.h>
#include <engine/volumes/plan.h>

#include <map>
#include <memory>
#include <string>

/// \file
/// What a round's files say of reporting, and demand.csv from what was confirmed.

namespace jicai::web {

/// Lots, specs and policy of a round. `year`: the round's own, from which past years are counted
/// back. Refused with volumes.no_lots where lots.csv or specs.csv cannot be read.
[[nodiscard]] volumes::RoundPlan volume_plan(
    const std::map<std::string, std::string>& files, const std::string& rulebook, int year
);

/// The plan of the round in its present version, from memory where it is there.
[[nodiscard]] std::shared_ptr<const volumes::RoundPlan> volume_plan(
    ports::Transaction& transaction, const ports::StoredRound& round, ports::Moment now
);

/// What the round's demand.csv must be now (engine/volumes/demand.h): for the passage from
/// volume_confirmation to bidding.
[[nodiscard]] std::string demand_file(
    ports::Transaction& transaction, const ports::StoredRound& round, ports::Moment now
);

}  // namespace jicai::web
