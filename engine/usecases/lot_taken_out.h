#pragma once

#include <engine/decision/round_decision.h>
#include <engine/round/round.h>

#include <optional>

/// \file
/// Lots that the office took out of a round (events lot_cancelled, lot_failed, lot_retendered).

namespace jicai::usecases {

/// What is decided of a lot that was taken out: nothing but that. Its bids stand aside, whatever
/// their prices; the status is that of the first such event (failed for lot_failed, else
/// cancelled); the steps (left out without `trace`) say who took it out, when and why. Bids in the
/// order of Round::bids. Nothing when no event takes the lot out.
[[nodiscard]] std::optional<decision::LotDecision> lot_taken_out(
    const round::Round& round, round::LotIndex lot, bool trace
);

}  // namespace jicai::usecases
