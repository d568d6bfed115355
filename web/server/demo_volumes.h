#pragma once

#include <engine/ports/catalogue_store.h>
#include <engine/ports/volume_store.h>
#include <engine/reporting/confirmation.h>
#include <engine/volumes/plan.h>
#include <web/server/demo_hospitals.h>

#include <vector>

/// \file
/// What the demo's hospitals used and report: by size of the institution, the same on every
/// machine.

namespace jicai::web {

/// Two years' use of one institution.
[[nodiscard]] std::vector<ports::PastUse> demo_past_use(
    const volumes::RoundPlan& plan, const ports::Institution& institution
);

/// Lines near the mean of `past`; a few lots below the floor or above the alarm, each with a cause.
/// `whole` false: a draft that somebody has not finished, where causes are still missing.
[[nodiscard]] std::vector<ports::VolumeLine> demo_lines(
    const volumes::RoundPlan& plan, const std::vector<ports::PastUse>& past, Dice& dice, bool whole
);

/// How far a report is: nothing is begun where `begun` is false.
struct DemoWay {
    bool begun = true;
    reporting::Status status = reporting::Status::draft;
    bool late = false;
};
/// \pre number counts the institutions that report themselves
[[nodiscard]] DemoWay demo_way(
    const ports::Institution& institution, std::size_t number, Dice& dice
);

}  // namespace jicai::web
