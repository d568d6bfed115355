#include <engine/decision/json.h>
#include <sql/audit_chain.h>
#include <sql/stores.h>

namespace jicai::sql {
namespace {

using ports::AuditEntry;

// Bounds of the columns.
constexpr std::size_t kLoginMax = 64;
constexpr std::size_t kAddressMax = 64;
constexpr std::size_t kRequestMax = 64;
constexpr std::size_t kActionMax = 64;
constexpr std::size_t kObjectMax = 200;
constexpr std::size_t kResultMax = 100;

std::string begins_with(std::string text) {
    std::string pattern;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

}  // namespace

void SqlAuditLog::append(const AuditEntry& given) {
    AuditEntry entry = given;
    entry.login = cut(given.login, kLoginMax);
    entry.address = cut(given.address, kAddressMax);
    entry.request_id = cut(given.request_id, kRequestMax);
    entry.action = cut(given.action, kActionMax);
    entry.object = cut(given.object, kObjectMax);
    entry.result = cut(given.result, kResultMax);
    connection_.change(
        "INSERT INTO audit_entries (at, user, login, organisation, api_key, address, request_id, "
        "action, object, result, before_json, after_json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?)",
        {entry.at,
         entry.user,
         entry.login,
         entry.organisation,
         entry.key,
         entry.address,
         entry.request_id,
         entry.action,
         entry.object,
         entry.result,
         entry.before,
         entry.after}
    );
    entry.id = connection_.last_id();
    connection_.change("INSERT INTO audit_pending (entry) VALUES (?)", {entry.id});
    last_appended_ = {entry.id, hash_of(entry)};
}

ports::Found<AuditEntry> SqlAuditLog::find(const ports::AuditQuery& query) {
    std::string where = " WHERE 1 = 1";
    std::vector<Value> values;
    const auto filter = [&](const char* clause, Value value) {
        where += std::string(" AND ") + clause;
        values.push_back(std::move(value));
    };
    if (query.from) filter("e.at >= ?", *query.from);
    if (query.until) filter("e.at < ?", *query.until);
    if (!query.login.empty()) filter("e.login = ?", query.login);
    if (!query.action.empty()) filter("e.action LIKE ?", begins_with(query.action));
    if (!query.object.empty()) filter("e.object = ?", query.object);
    if (query.organisation != 0) filter("e.organisation = ?", query.organisation);
    if (query.only != 0) filter("e.id = ?", query.only);

    ports::Found<AuditEntry> found;
    found.total =
        connection_.query("SELECT COUNT(*) FROM audit_entries e" + where, values).at(0).number(0);
    const std::string statement = "SELECT " + entry_columns() +
                                  ", s.seal, s.hash FROM audit_entries e LEFT JOIN "
                                  "audit_sealed_entries s ON s.entry = e.id" +
                                  where + " ORDER BY e.id DESC" + limit_of(query.page);
    for (const Row& row : connection_.query(statement, values)) {
        AuditEntry entry = entry_of(row);
        entry.seal = row.number(13);
        entry.hash = row.text(14);
        found.rows.push_back(std::move(entry));
    }
    return found;
}

ports::AuditVerification SqlAuditLog::verify() {
    return verify_chain(connection_);
}

}  // namespace jicai::sql
