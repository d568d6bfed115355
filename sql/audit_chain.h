#pragma once

#include <engine/ports/audit_log.h>
#include <sql/connection.h>

#include <cstdint>
#include <string>
#include <vector>

/// \file
/// The hash chain over the audit log.
///
/// An entry's hash is the SHA-256 of its canonical JSON (all members of AuditEntry but seal and
/// hash; `at` as "2026-11-23 01:30:00.123456", UTC). A seal covers some entries in the order of
/// their ids; its hash is the SHA-256 of these lines, each ended by a line feed: "jicai audit
/// seal", number, hash of the seal before (64 zeros: none), id of the first entry, id of the last,
/// how many, and the hash of each entry. Entries are never changed: which seal covers them stands
/// in audit_sealed_entries, and audit_head knows the last seal.

namespace jicai::sql {

inline constexpr const char* kNoSeal =
    "0000000000000000000000000000000000000000000000000000000000000000";

struct Seal {
    std::int64_t number = 0;
    std::string previous = kNoSeal;
    std::int64_t first_entry = 0;
    std::int64_t last_entry = 0;
    std::vector<std::string> entry_hashes = {};
};

/// The columns of audit_entries, in the order entry_of reads them.
[[nodiscard]] const std::string& entry_columns();
/// From a row that begins with these columns.
[[nodiscard]] ports::AuditEntry entry_of(const Row& row);
[[nodiscard]] std::string hash_of(const ports::AuditEntry& entry);
[[nodiscard]] std::string hash_of(const Seal& seal);

/// Seals what is not sealed yet, at most `entries_max` in one seal, in one transaction of its own
/// that locks the head. Returns how many entries. Errors: DatabaseError; after one the transaction
/// is rolled back.
std::int64_t seal_pending(Connection& connection, std::int64_t entries_max);

/// Walks along the whole chain within the connection's transaction, some thousand rows at a time.
[[nodiscard]] ports::AuditVerification verify_chain(Connection& connection);

/// Number of the seal with that hash; 0: none. A hash that was noted elsewhere and is no longer in
/// the chain betrays a chain that was computed anew.
[[nodiscard]] std::int64_t seal_with(Connection& connection, const std::string& hash);

}  // namespace jicai::sql
