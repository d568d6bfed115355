#pragma once

#include <cli/exit_codes.h>
#include <cli/load.h>
#include <cli/output_folder.h>
#include <cli/session.h>
#include <engine/decision/json.h>
#include <engine/decision/round_decision.h>
#include <reports/table.h>

/// \file
/// What several commands say about a decided round.

namespace jicai::cli {

/// Round, rulebook and an empty line.
void print_heading(const Session& session, const LoadedRound& loaded);

/// Values of the rulebook that are assumed, reported or given for this round, and open ones.
void print_weak_values(const Session& session, const rules::Rulebook& rulebook);

/// Sentences of a round decided by `rulebook`: tie keys are named by their titles there. Both must
/// outlive the result.
[[nodiscard]] reports::Say say_by(const Session& session, const rules::Rulebook& rulebook);

/// Whether any lot waits for something only a person can give.
[[nodiscard]] bool waits(const decision::RoundDecision& decided);
/// Each waiting lot with what it needs; nothing when none waits.
void print_waiting(
    const Session& session, const LoadedRound& loaded, const decision::RoundDecision& decided
);
[[nodiscard]] decision::Json waiting_json(
    const Session& session, const LoadedRound& loaded, const decision::RoundDecision& decided
);

[[nodiscard]] OutputFile csv_file(const reports::Table& table, bool byte_order_mark);

}  // namespace jicai::cli
