#pragma once

#include <engine/decision/message.h>
#include <engine/decision/round_decision.h>
#include <engine/round/round.h>
#include <engine/rules/rulebook.h>

#include <vector>

/// \file
/// What becomes of a failed winner's place: a recorded cancellation takes the award away, and who
/// may substitute is the rulebook's word. Source: GY-YD2019-1 19.1; GY-YD2019-2 20.1; GY-YD2020-1,
/// GY-YD2021-1, GY-YD2021-2 14 and 20.1-20.2.

namespace jicai::usecases {

struct SubstitutionResult {
    std::vector<decision::Message>
        refusals;  ///< recorded events that contradict the award or the rulebook
    bool changes_percent_and_term =
        false;  ///< percentage and term follow the number of winners left
};

/// Applies the events award_cancelled and substitute of a decided lot: outcomes, numbers of
/// regions, turns. While a cancelled place has candidates and no substitute the lot stays decided
/// and waits (wait.substitute), its volumes there pending; it is failed when nobody is left. Throws
/// decision::RunStopped when the rulebook leaves open what the case needs.
[[nodiscard]] SubstitutionResult substitute_failed_winners(
    const round::Round& round,
    const rules::Rulebook& rulebook,
    decision::LotDecision& lot,
    bool trace
);

}  // namespace jicai::usecases
