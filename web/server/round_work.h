#pragma once

#include <engine/setup/voices.h>
#include <engine/setup/work.h>
#include <web/server/answer.h>
#include <web/server/request.h>
#include <web/server/rounds.h>
#include <web/server/services.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

/// \file
/// What the routes that set up and run a round share: who does it, what the files say, the page of
/// the set-up.

namespace jicai::web {

/// Who asks, as use cases take it.
[[nodiscard]] setup::Doer setup_doer(const Request& request);

/// The files of a round, decoded: what conditions and pages need of them.
struct FilesLook {
    FilesDecided decided;
    setup::FileFacts facts;
    setup::Heading heading;  ///< empty where the files have faults
};
/// Before the opening a round is read as a draft, from the opening on it is decided.
[[nodiscard]] FilesLook look_at(
    const std::map<std::string, std::string>& files, access::Stage stage
);
/// Of a stored round, in this transaction. Volumes count as confirmed where every report handed in
/// is, or, without reports, where the folder has them.
[[nodiscard]] FilesLook look_at(ports::Transaction& transaction, const ports::StoredRound& round);

/// What of a rulebook is assumed or open.
[[nodiscard]] std::vector<setup::WeakValue> values_to_accept(const rules::Rulebook& rulebook);

/// A page of a round at work, read in one transaction: `make` gets the round at the stage that
/// holds now. Refused with round.not_found where the one who asks may not know of it (a draft is
/// known to participants while it is open for comments).
[[nodiscard]] Answer read_round(
    const Request& request,
    Services& services,
    const std::function<Answer(ports::Transaction&, const ports::StoredRound&)>& make
);
/// Whether the one who asks runs the round.
[[nodiscard]] bool runs(const Request& request, const ports::StoredRound& round);

/// GET /api/rounds/{round}/setup, also the answer of every change of it.
[[nodiscard]] decision::Json setup_json(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    ports::StoredRound round
);
[[nodiscard]] decision::Json setup_schema();
/// The same as the answer of a write: settled and read again.
[[nodiscard]] Answer setup_answer(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const std::string& round,
    ports::AuditEntry audit,
    int status = 200
);

/// Names of the acts and passages possible now for who asks.
[[nodiscard]] decision::Json may_json(
    const Request& request, ports::Transaction& transaction, const ports::StoredRound& round
);

/// Faults of a folder, each with file, row, column, value and text.
[[nodiscard]] decision::Json faults_json(
    const Services& services, const Request& request, const catalogs::FilesRefused& refused
);
[[nodiscard]] decision::Json faults_schema();
/// Refused with round_folder.faults, each named.
[[noreturn]] void refuse_faults(const catalogs::FilesRefused& refused);
/// The same of files that were written from a form: refused with round_form.faults, each fault in
/// the words of the form (its tables, fields and rows) instead of files and columns.
[[noreturn]] void refuse_form(
    const Services& services, const Request& request, const catalogs::FilesRefused& refused
);

/// The events file of the round with a row for each lot that has left, `files` being what else its
/// folder holds; nothing changes where no lot has left.
void add_lot_events(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    std::map<std::string, std::string>& files
);

/// Changes single files of a round by form: looks at the result, refuses its faults in the words of
/// the form, saves.
void change_by_form(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const setup::Doer& doer,
    const ports::StoredRound& round,
    const std::map<std::string, std::string>& put,
    const std::vector<std::string>& removed = {}
);

/// So many working days after a day ("2026-11-23"), at a time of day ("17:00", "17:00:00"; empty or
/// "24:00": the end of the day), Beijing time. Refused with round.day_form, round.time_form,
/// round.year_unknown.
[[nodiscard]] ports::Moment counted_deadline(
    ports::Transaction& transaction,
    const std::string& from,
    std::int64_t working_days,
    const std::string& time
);

/// "2026-11-23T17:00:00" with or without +08:00, Beijing time. Refused with round.deadline_form.
[[nodiscard]] ports::Moment beijing_time(const std::string& text);

/// The name of an organisation, remembered by the caller's transaction; empty: not there.
[[nodiscard]] std::string organisation_name(ports::Transaction& transaction, std::int64_t id);

}  // namespace jicai::web
