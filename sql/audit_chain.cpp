#include <catalogs/sha256/sha256.h>
#include <engine/decision/json.h>
#include <sql/audit_chain.h>
#include <sql/transaction_guard.h>

#include <algorithm>

namespace jicai::sql {
namespace {

using decision::Json;
using ports::AuditEntry;

std::vector<AuditEntry> pending_entries(Connection& connection, std::int64_t entries_max) {
    std::vector<AuditEntry> entries;
    for (const Row& row : connection.query(
             "SELECT " + entry_columns() +
             " FROM audit_pending p JOIN audit_entries e ON e.id = p.entry ORDER BY p.entry "
             "LIMIT " +
             std::to_string(entries_max) + " FOR UPDATE"
         )) {
        entries.push_back(entry_of(row));
    }
    return entries;
}

void store_mapping(
    Connection& connection, const Seal& seal, const std::vector<AuditEntry>& entries
) {
    constexpr std::size_t kRowsMax = 200;
    for (std::size_t begin = 0; begin < entries.size(); begin += kRowsMax) {
        const std::size_t end = std::min(entries.size(), begin + kRowsMax);
        std::string rows;
        std::string marks;
        std::vector<Value> values;
        std::vector<Value> ids;
        for (std::size_t i = begin; i < end; ++i) {
            rows += i == begin ? "(?, ?, ?, ?)" : ", (?, ?, ?, ?)";
            marks += i == begin ? "?" : ", ?";
            values.insert(
                values.end(),
                {seal.number, static_cast<std::int64_t>(i + 1), entries[i].id, seal.entry_hashes[i]}
            );
            ids.emplace_back(entries[i].id);
        }
        connection.change(
            "INSERT INTO audit_sealed_entries (seal, position, entry, hash) VALUES " + rows, values
        );
        connection.change("DELETE FROM audit_pending WHERE entry IN (" + marks + ")", ids);
    }
}

}  // namespace

const std::string& entry_columns() {
    static const std::string columns =
        "e.id, e.at, e.user, e.login, e.organisation, e.api_key, e.address, e.request_id, "
        "e.action, e.object, e.result, e.before_json, e.after_json";
    return columns;
}

AuditEntry entry_of(const Row& row) {
    AuditEntry entry;
    entry.id = row.number(0);
    entry.at = row.moment(1);
    entry.user = row.number(2);
    entry.login = row.text(3);
    entry.organisation = row.number(4);
    entry.key = row.number(5);
    entry.address = row.text(6);
    entry.request_id = row.text(7);
    entry.action = row.text(8);
    entry.object = row.text(9);
    entry.result = row.text(10);
    entry.before = row.text(11);
    entry.after = row.text(12);
    return entry;
}

std::string hash_of(const AuditEntry& entry) {
    return catalogs::sha256_hex(Json(Json::Object{
                                         {"action", entry.action},
                                         {"address", entry.address},
                                         {"after", entry.after},
                                         {"at", ports::database_text(entry.at)},
                                         {"before", entry.before},
                                         {"id", entry.id},
                                         {"key", entry.key},
                                         {"login", entry.login},
                                         {"object", entry.object},
                                         {"organisation", entry.organisation},
                                         {"request_id", entry.request_id},
                                         {"result", entry.result},
                                         {"user", entry.user},
                                     })
                                    .canonical());
}

std::string hash_of(const Seal& seal) {
    catalogs::Sha256 digest;
    digest.update("jicai audit seal\n");
    digest.update(std::to_string(seal.number) + "\n");
    digest.update(seal.previous + "\n");
    digest.update(std::to_string(seal.first_entry) + "\n");
    digest.update(std::to_string(seal.last_entry) + "\n");
    digest.update(std::to_string(seal.entry_hashes.size()) + "\n");
    for (const std::string& hash : seal.entry_hashes) digest.update(hash + "\n");
    return digest.hex();
}

std::int64_t seal_pending(Connection& connection, std::int64_t entries_max) {
    if (connection.query("SELECT entry FROM audit_pending LIMIT 1").empty()) return 0;
    TransactionGuard transaction(connection);
    const Row head =
        connection.query("SELECT number, hash, entries FROM audit_head WHERE id = 1 FOR UPDATE")
            .at(0);
    const std::vector<AuditEntry> entries = pending_entries(connection, entries_max);
    if (entries.empty()) return 0;
    Seal seal;
    seal.number = head.number(0) + 1;
    seal.previous = head.text(1);
    seal.first_entry = entries.front().id;
    seal.last_entry = entries.back().id;
    for (const AuditEntry& entry : entries) seal.entry_hashes.push_back(hash_of(entry));
    const std::string hash = hash_of(seal);
    const auto count = static_cast<std::int64_t>(entries.size());
    connection.change(
        "INSERT INTO audit_seals (number, previous, first_entry, last_entry, entries, hash, "
        "sealed_at) VALUES (?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6))",
        {seal.number, seal.previous, seal.first_entry, seal.last_entry, count, hash}
    );
    store_mapping(connection, seal, entries);
    connection.change(
        "UPDATE audit_head SET number = ?, hash = ?, entries = ? WHERE id = 1",
        {seal.number, hash, head.number(2) + count}
    );
    transaction.commit();
    return count;
}

}  // namespace jicai::sql
