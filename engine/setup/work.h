#pragma once

#include <engine/access/access.h>
#include <engine/calendar/working_calendar.h>
#include <engine/ports/store.h>
#include <engine/setup/conditions.h>
#include <engine/setup/position.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// \file
/// What officers do to a round: set it up, sign it off, date it, pass it on, take lots out. Every
/// function settles the round first (position.h), asks whether the actor may, and counts the
/// round's version up where something that its pages show has changed.

namespace jicai::setup {

/// Who does something, when.
struct Doer {
    access::Actor actor;
    ports::Author by;
    ports::Moment now;
};

/// The round as it stands now, for somebody who wants to do something of `action` in it. Refused
/// with round.not_found where the actor may not know of it, access.denied where it is not theirs.
[[nodiscard]] ports::StoredRound round_for(
    ports::Transaction& transaction,
    const std::string& round,
    const Doer& doer,
    access::Action action
);

/// Refused with round.changed unless `version` is the round's. 0: whatever it is.
void need_version(const ports::StoredRound& round, std::int64_t version);

/// Files of a folder to put in and to take away.
struct FileChanges {
    std::map<std::string, std::string> put;
    std::vector<std::string> removed;
    [[nodiscard]] bool empty() const { return put.empty() && removed.empty(); }
};
/// What makes `from` out of `to`.
[[nodiscard]] FileChanges changes_of(
    const std::map<std::string, std::string>& from, const std::map<std::string, std::string>& to
);
/// Files that may be brought in from the bidding on: bids, bidders, packs, events, preferences,
/// parameters.
[[nodiscard]] bool is_bidding_file(const std::string& name);

/// A new draft of the actor's organisation, its rulebook pinned. Refused with round.id_taken.
void add_round(
    ports::Transaction& transaction,
    const Doer& doer,
    ports::StoredRound round,
    const std::map<std::string, std::string>& files,
    const std::string& rulebook_digest
);

/// What the files say of the round after a change.
struct Heading {
    std::string title;
    std::string kind;
    std::string rulebook;
    std::string opening;
    std::string rulebook_digest;
    std::string certificate;         ///< canonical; empty: not decided, or not to be stored yet
    std::string certificate_digest;  ///< hex
};

/// A draft takes any change of its files (edit_round); from the bidding to region picking bidding
/// files only (enter_bids). Refused with procedure.*, round.files_fixed (names the files). To be
/// asked before files are looked at: at the wrong stage their faults are not the reason.
void need_change(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const FileChanges& changes
);

/// Puts files in the place of others and pins the rulebook anew where it differs; from the bidding
/// on it stays. Refused like need_change, and with round.rulebook_fixed.
void change_files(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const FileChanges& changes,
    const Heading& heading
);

/// Signs "rulebook" or "cancel" as `digest`. Refused with round.not_as_signed (it has changed since
/// it was read), round.signed_already (the same person), round.rulebook_differs (the pinned version
/// is not what the files and this program make of it).
void sign(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::string& what,
    const std::string& digest,
    const std::string& remark,
    const FileFacts& files
);

/// Takes assumed or open values as they are. Refused with round.value_not_weak.
void accept_values(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::vector<std::string>& paths,
    const FileFacts& files
);

/// A deadline in working days: `working_days` after `from`, at `second_of_day` (86,400: the end of
/// the day). Refused with round.year_unknown.
[[nodiscard]] ports::Moment deadline_of(
    const calendar::WorkingCalendar& calendar,
    calendar::Day from,
    std::int64_t working_days,
    std::int32_t second_of_day
);

/// Sets when a stage ends. In a draft any; later those of stages not yet left, and the running
/// one's only later than it was; each after those of the stages before it. Refused with
/// round.deadline_without_end (closed, cancelled), round.stage_over, round.deadline_past,
/// round.deadline_earlier, round.deadline_before_earlier, round.deadline_after_later (each names
/// the other stage and its end).
void set_deadline(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const ports::StageDeadline& deadline
);

/// One way a round may go from here, for the page.
struct PassageNow {
    procedure::Passage passage;
    std::vector<procedure::Condition> unmet;
};
[[nodiscard]] std::vector<PassageNow> passages_now(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const FileFacts& files,
    ports::Moment now
);

/// Takes the round to another stage. Refused with procedure.no_such_passage,
/// procedure.passage_not_yours, procedure.conditions_unmet (names them), round.deadline_needed (the
/// stage it goes to would end at once), round.reason_needed (back, and cancelled).
ports::StoredRound pass_on(
    ports::Transaction& transaction,
    const Doer& doer,
    ports::StoredRound round,
    procedure::Stage to,
    const std::string& reason,
    const FileFacts& files
);

/// Cancels a lot, lets it fail, or puts it out again in `into`. Refused with
/// procedure.lot_state (what it is, what it may become), round.reason_needed, round.not_found (also
/// for a draft of another office, of which nobody else knows), round.into_other_office.
void change_lot(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::string& lot,
    procedure::LotState to,
    const std::string& reason,
    const std::string& into
);

/// Keeps the events file and the decision that follow from the lots that left
/// (docs/round-folder.md); after change_lot, in the same transaction.
void keep_lot_events(
    ports::Transaction& transaction,
    const Doer& doer,
    const std::string& round,
    const std::string& events_csv,
    const Heading& heading
);

/// The last state of each lot that left, by lot.
[[nodiscard]] std::map<std::string, procedure::LotState> lot_states(
    ports::Transaction& transaction, const std::string& round
);

}  // namespace jicai::setup
