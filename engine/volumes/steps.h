#pragma once

#include <engine/volumes/reports.h>

#include <string>
#include <vector>

/// \file
/// The way of a report, and leave to report late.

namespace jicai::volumes {

/// "send_back"; messages: word.report_step.<name>.
[[nodiscard]] std::string_view name_of(reporting::Step step);
[[nodiscard]] std::optional<reporting::Step> find_step(std::string_view name);

struct StepAsked {
    reporting::Step step = reporting::Step::submit;
    std::string remark;
    std::int64_t document = 0;  ///< the stamped PDF, attached to the round before; 0: none
    std::int64_t version = 0;   ///< of the report as it was read
};

/// Before the reporting no report can be seen: the stage is the reason, not the hospital. Refused
/// with procedure.not_at_this_stage for taking `step`, or, without one, for saving.
void need_begun(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const Doer& doer,
    std::optional<reporting::Step> step
);

/// Takes a step. Refused with volumes.changed, access.not_yours (another hospital, another region),
/// volumes.step_of_a_person (an API key approves, confirms or sends back), procedure.* and
/// volumes.leave_needed, volumes.not_from_here, volumes.step_not_yours (names the
/// role), volumes.remark_missing, volumes.held_back (every finding), volumes.no_report.
ports::VolumeReport take_step(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const RoundPlan& plan,
    const OpenReport& open,
    const Doer& doer,
    const StepAsked& asked
);

/// What the doer may do with the report now: "save" and names of steps.
[[nodiscard]] std::vector<std::string> possible(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const OpenReport& open,
    const Doer& doer
);

/// Lets a hospital report until `until`. By the provincial bureau above it or the office that runs
/// the round. Refused with procedure.* (stage), volumes.late_not_yours, volumes.reason_missing,
/// volumes.until_past, volumes.until_late (after the end of the confirmation).
ports::LateFiling let_in_late(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const Reporter& reporter,
    const Doer& doer,
    const std::string& reason,
    ports::Moment until
);

}  // namespace jicai::volumes
