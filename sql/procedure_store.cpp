#include <sql/author_columns.h>
#include <sql/procedure_store.h>
#include <sql/stores.h>

#include <string>
#include <utility>

namespace jicai::sql {
namespace {

std::string select(const std::string& columns, const std::string& rest) {
    return "SELECT " + columns + ", " + kBy + " FROM " + rest;
}

access::Stage stage_at(const Row& row, std::size_t column) {
    return static_cast<access::Stage>(row.number(column));
}

std::int64_t number_of(access::Stage stage) {
    return static_cast<std::int64_t>(stage);
}

ports::StageDeadline deadline_of(const Row& row) {
    return {row.text(0), stage_at(row, 1), row.moment(2), row.text(3), row.number(4)};
}

constexpr const char* kInquiry =
    "SELECT id, round, kind, at, text, answer, answered_at, correction, version, by_user, "
    "by_organisation, by_login, by_name, answered_by_user, answered_by_organisation, "
    "answered_by_login, answered_by_name FROM inquiries";

ports::Inquiry inquiry_of(const Row& row) {
    ports::Inquiry inquiry;
    inquiry.id = row.number(0);
    inquiry.round = row.text(1);
    inquiry.kind = row.text(2);
    inquiry.at = row.moment(3);
    inquiry.text = row.text(4);
    inquiry.answer = row.text(5);
    inquiry.answered_at = row.optional_moment(6);
    inquiry.correction = row.number(7);
    inquiry.version = row.number(8);
    inquiry.by = author_at(row, 9);
    inquiry.answered_by = author_at(row, 13);
    return inquiry;
}

template <typename Make>
auto rows_of(
    Connection& connection,
    const std::string& statement,
    const std::vector<Value>& values,
    const Make& make
) {
    std::vector<decltype(make(std::declval<const Row&>()))> all;
    for (const Row& row : connection.query(statement, values)) all.push_back(make(row));
    return all;
}

}  // namespace

void SqlProcedureStore::set(const ports::StageDeadline& deadline) {
    connection_.change(
        "INSERT INTO stage_deadlines (round, stage, at, counted_from, working_days) "
        "VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE at = VALUES(at), "
        "counted_from = VALUES(counted_from), working_days = VALUES(working_days)",
        {deadline.round,
         number_of(deadline.stage),
         deadline.at,
         deadline.from,
         deadline.working_days}
    );
}

std::vector<ports::StageDeadline> SqlProcedureStore::deadlines(const std::string& round) {
    return rows_of(
        connection_,
        "SELECT round, stage, at, counted_from, working_days FROM stage_deadlines "
        "WHERE round = ? ORDER BY stage",
        {round},
        deadline_of
    );
}

std::vector<ports::StageDeadline> SqlProcedureStore::due(ports::Moment now) {
    return rows_of(
        connection_,
        "SELECT d.round, d.stage, d.at, d.counted_from, d.working_days FROM stage_deadlines d "
        "JOIN rounds r ON r.id = d.round AND r.stage = d.stage "
        "WHERE d.at <= ? ORDER BY d.at, d.round",
        {now},
        deadline_of
    );
}

void SqlProcedureStore::add(const ports::RulebookPin& pin) {
    insert(
        connection_,
        "INSERT INTO rulebook_pins (round, number, rulebook, digest, at, by_user, "
        "by_organisation, by_login, by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        with_author({pin.round, pin.number, pin.rulebook, pin.digest, pin.at}, pin.by)
    );
}

std::vector<ports::RulebookPin> SqlProcedureStore::pins(const std::string& round) {
    return rows_of(
        connection_,
        select(
            "round, number, rulebook, digest, at", "rulebook_pins WHERE round = ? ORDER BY number"
        ),
        {round},
        [](const Row& row) {
            return ports::RulebookPin{
                row.text(0),
                row.number(1),
                row.text(2),
                row.text(3),
                author_at(row, 5),
                row.moment(4)};
        }
    );
}

std::int64_t SqlProcedureStore::add(const ports::Signature& signature) {
    insert(
        connection_,
        "INSERT INTO round_signatures (round, what, digest, at, remark, by_user, "
        "by_organisation, by_login, by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        with_author(
            {signature.round, signature.what, signature.digest, signature.at, signature.remark},
            signature.by
        )
    );
    return connection_.last_id();
}

std::vector<ports::Signature> SqlProcedureStore::signatures(const std::string& round) {
    return rows_of(
        connection_,
        select(
            "id, round, what, digest, at, remark", "round_signatures WHERE round = ? ORDER BY id"
        ),
        {round},
        [](const Row& row) {
            return ports::Signature{
                row.number(0),
                row.text(1),
                row.text(2),
                row.text(3),
                author_at(row, 6),
                row.moment(4),
                row.text(5)};
        }
    );
}

std::int64_t SqlProcedureStore::add(const ports::Inquiry& inquiry) {
    insert(
        connection_,
        "INSERT INTO inquiries (round, kind, at, text, answer, answered_at, correction, version, "
        "answered_by_user, answered_by_organisation, answered_by_login, answered_by_name, "
        "by_user, by_organisation, by_login, by_name) "
        "VALUES (?, ?, ?, ?, '', NULL, 0, 1, 0, 0, '', '', ?, ?, ?, ?)",
        with_author({inquiry.round, inquiry.kind, inquiry.at, inquiry.text}, inquiry.by)
    );
    return connection_.last_id();
}

bool SqlProcedureStore::save(const ports::Inquiry& inquiry) {
    return connection_.change(
               "UPDATE inquiries SET answer = ?, answered_at = ?, correction = ?, "
               "answered_by_user = ?, answered_by_organisation = ?, answered_by_login = ?, "
               "answered_by_name = ?, version = version + 1 WHERE id = ? AND version = ?",
               {inquiry.answer,
                inquiry.answered_at,
                inquiry.correction,
                inquiry.answered_by.user,
                inquiry.answered_by.organisation,
                inquiry.answered_by.login,
                inquiry.answered_by.name,
                inquiry.id,
                inquiry.version}
           ) == 1;
}

std::optional<ports::Inquiry> SqlProcedureStore::inquiry(std::int64_t id) {
    const auto rows = connection_.query(std::string(kInquiry) + " WHERE id = ?", {id});
    if (rows.empty()) return std::nullopt;
    return inquiry_of(rows.front());
}

std::vector<ports::Inquiry> SqlProcedureStore::inquiries(const std::string& round) {
    return rows_of(
        connection_, std::string(kInquiry) + " WHERE round = ? ORDER BY id", {round}, inquiry_of
    );
}

void SqlProcedureStore::add(const ports::Correction& correction) {
    insert(
        connection_,
        "INSERT INTO corrections (round, number, digest_before, digest_after, summary, at, "
        "by_user, by_organisation, by_login, by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        with_author(
            {correction.round,
             correction.number,
             correction.digest_before,
             correction.digest_after,
             correction.summary,
             correction.at},
            correction.by
        )
    );
}

std::vector<ports::Correction> SqlProcedureStore::corrections(const std::string& round) {
    return rows_of(
        connection_,
        select(
            "round, number, digest_before, digest_after, summary, at",
            "corrections WHERE round = ? ORDER BY number"
        ),
        {round},
        [](const Row& row) {
            return ports::Correction{
                row.text(0),
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                author_at(row, 6),
                row.moment(5)};
        }
    );
}

void SqlProcedureStore::add(const ports::Confirmation& confirmation) {
    insert(
        connection_,
        "INSERT INTO correction_confirmations (round, correction, at, by_user, by_organisation, "
        "by_login, by_name) VALUES (?, ?, ?, ?, ?, ?, ?)",
        with_author({confirmation.round, confirmation.correction, confirmation.at}, confirmation.by)
    );
}

std::vector<ports::Confirmation> SqlProcedureStore::confirmations(const std::string& round) {
    return rows_of(
        connection_,
        select(
            "round, correction, at",
            "correction_confirmations WHERE round = ? ORDER BY correction, at, by_organisation"
        ),
        {round},
        [](const Row& row) {
            return ports::Confirmation{
                row.text(0), row.number(1), author_at(row, 3), row.moment(2)};
        }
    );
}

void SqlProcedureStore::add(const ports::Promise& promise) {
    insert(
        connection_,
        "INSERT INTO promises (round, at, text, by_user, by_organisation, by_login, by_name) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        with_author({promise.round, promise.at, promise.text}, promise.by)
    );
}

std::vector<ports::Promise> SqlProcedureStore::promises(const std::string& round) {
    return rows_of(
        connection_,
        select("round, at, text", "promises WHERE round = ? ORDER BY at, by_organisation"),
        {round},
        [](const Row& row) {
            return ports::Promise{row.text(0), author_at(row, 3), row.moment(1), row.text(2)};
        }
    );
}

void SqlProcedureStore::set(const ports::Qualification& qualification) {
    connection_.change(
        "INSERT INTO qualifications (round, organisation, lot, state, reason, publicised_at, at, "
        "by_user, by_organisation, by_login, by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE state = VALUES(state), reason = VALUES(reason), "
        "publicised_at = VALUES(publicised_at), at = VALUES(at), by_user = VALUES(by_user), "
        "by_organisation = VALUES(by_organisation), by_login = VALUES(by_login), "
        "by_name = VALUES(by_name)",
        with_author(
            {qualification.round,
             qualification.organisation,
             qualification.lot,
             qualification.state,
             qualification.reason,
             qualification.publicised_at,
             qualification.at},
            qualification.by
        )
    );
}

std::vector<ports::Qualification> SqlProcedureStore::qualifications(const std::string& round) {
    return rows_of(
        connection_,
        select(
            "round, organisation, lot, state, reason, publicised_at, at",
            "qualifications WHERE round = ? ORDER BY organisation, lot"
        ),
        {round},
        [](const Row& row) {
            return ports::Qualification{
                row.text(0),
                row.number(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.optional_moment(5),
                author_at(row, 7),
                row.moment(6)};
        }
    );
}

void SqlProcedureStore::add(const ports::StageChange& change) {
    insert(
        connection_,
        "INSERT INTO stage_changes (round, from_stage, to_stage, at, reason, by_user, "
        "by_organisation, by_login, by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        with_author(
            {change.round, number_of(change.from), number_of(change.to), change.at, change.reason},
            change.by
        )
    );
}

std::vector<ports::StageChange> SqlProcedureStore::stage_changes(const std::string& round) {
    return rows_of(
        connection_,
        select(
            "id, round, from_stage, to_stage, at, reason",
            "stage_changes WHERE round = ? ORDER BY id"
        ),
        {round},
        [](const Row& row) {
            return ports::StageChange{
                row.number(0),
                row.text(1),
                stage_at(row, 2),
                stage_at(row, 3),
                row.moment(4),
                author_at(row, 6),
                row.text(5)};
        }
    );
}

void SqlProcedureStore::add(const ports::LotChange& change) {
    insert(
        connection_,
        "INSERT INTO lot_changes (round, lot, state, reason, into_round, at, by_user, "
        "by_organisation, by_login, by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        with_author(
            {change.round, change.lot, change.state, change.reason, change.into, change.at},
            change.by
        )
    );
}

std::vector<ports::LotChange> SqlProcedureStore::lot_changes(const std::string& round) {
    return rows_of(
        connection_,
        select(
            "id, round, lot, state, reason, into_round, at",
            "lot_changes WHERE round = ? ORDER BY id"
        ),
        {round},
        [](const Row& row) {
            return ports::LotChange{
                row.number(0),
                row.text(1),
                row.text(2),
                row.text(3),
                row.text(4),
                row.text(5),
                author_at(row, 7),
                row.moment(6)};
        }
    );
}

void SqlProcedureStore::set(const ports::AcceptedValue& value) {
    connection_.change(
        "INSERT INTO accepted_values (round, path, value, at, by_user, by_organisation, "
        "by_login, by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE "
        "value = VALUES(value), at = VALUES(at), by_user = VALUES(by_user), "
        "by_organisation = VALUES(by_organisation), by_login = VALUES(by_login), "
        "by_name = VALUES(by_name)",
        with_author({value.round, value.path, value.value, value.at}, value.by)
    );
}

std::vector<ports::AcceptedValue> SqlProcedureStore::accepted_values(const std::string& round) {
    return rows_of(
        connection_,
        select("round, path, value, at", "accepted_values WHERE round = ? ORDER BY path"),
        {round},
        [](const Row& row) {
            return ports::AcceptedValue{
                row.text(0), row.text(1), row.text(2), author_at(row, 4), row.moment(3)};
        }
    );
}

}  // namespace jicai::sql
