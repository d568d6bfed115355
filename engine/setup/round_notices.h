#pragma once

#include <engine/access/stage.h>
#include <engine/ports/store.h>

#include <cstdint>
#include <string>

/// \file
/// What everybody who takes part in a round is told when it goes on or is corrected, in the
/// transaction that does so.

namespace jicai::setup {

/// Who did it; both 0: the deadline.
struct NoticeGiver {
    std::int64_t user = 0;
    std::int64_t organisation = 0;
};

/// The round is in the stage `to` from `at` on. Nothing is said of a return to the draft to anybody
/// but the office.
void tell_stage(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    access::Stage to,
    ports::Moment at,
    const NoticeGiver& giver
);

/// The rulebook was corrected after the notice: `summary` says how. Companies sign for it, and
/// confirm it on the round's page.
void tell_correction(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const std::string& summary,
    ports::Moment at,
    const NoticeGiver& giver
);

}  // namespace jicai::setup
