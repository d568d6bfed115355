#pragma once

#include <engine/bidding/prepared_lot.h>
#include <engine/decision/round_decision.h>
#include <engine/usecases/decide_round.h>

#include <cstdint>

/// \file
/// What follows from a lot's winners: percentage, agreed volumes, term, prices of every pack, who
/// supplies what.

namespace jicai::usecases {

/// Completes a decided lot. `winners` is the number the percentage and the term go by. A pack whose
/// form has no known ratio adds wait.form to the lot. Throws decision::RunStopped when the rulebook
/// has no value for the lot's class or for that number of winners, or leaves open what is needed.
/// Source: P1-1(2)3, P1-2(1), 6.3 of the national documents (GY-YD2019-1: P1-1(2)2, P1-4(1), 6.2).
void finish_award(
    const round::Round& round,
    const RuleSet& rules,
    bidding::Conversions& conversions,
    std::int64_t winners,
    bool trace,
    decision::LotDecision& lot
);

}  // namespace jicai::usecases
