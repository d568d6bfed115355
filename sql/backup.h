#pragma once

#include <engine/ports/audit_log.h>
#include <sql/database.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

/// \file
/// Saving a database to one file while it is in use, and making a new one from such a file.

namespace jicai::sql {

class Connection;

struct SavedTable {
    std::string name;
    std::vector<std::string> columns;
    std::int64_t rows = 0;
    std::string digest = {};  ///< SHA-256 of its rows in the order of the key
};

/// What a backup says about itself; in the file as manifest lines with these names (migration: one
/// for each; tables: their end lines).
struct Manifest {
    std::string version;  ///< of the product: "0.1.0"
    std::int64_t schema_version = 0;
    std::vector<std::string> migrations;  ///< their checksums, by number
    std::string saved_at;                 ///< of the snapshot, UTC
    std::int64_t audit_seals = 0;
    std::string audit_head;
    std::vector<SavedTable> tables;  ///< by name
};

struct SavedBackup {
    Manifest manifest;
    std::int64_t bytes = 0;
};

/// Saves one consistent snapshot of everything to the new file `path`. Others go on reading and
/// writing meanwhile. Errors: DatabaseFault database.backup_exists, _write_failed; DatabaseError;
/// nothing is left behind then.
[[nodiscard]] SavedBackup back_up(
    Database& database, const std::filesystem::path& path, const std::string& version
);

struct RestoredBackup {
    Manifest manifest;
    ports::AuditVerification audit;
    std::int64_t schema_version = 0;  ///< after the migrations that came later than the backup
};

/// Makes a new data directory from a backup: reads the whole file first, loads it beside
/// `data_dir`, compares every table's count and digest with the manifest and walks along the audit
/// chain, then moves it to `data_dir`. That must not exist or be empty.
/// Throws DatabaseFault, in this order: database.restore_not_empty, backup_unreadable,
/// backup_damaged, backup_newer (made by a later version), restore_differs; nothing is left behind
/// then.
[[nodiscard]] RestoredBackup restore(
    const std::filesystem::path& file,
    const std::filesystem::path& data_dir,
    const DatabaseOptions& options = {}
);

/// Tables of the connection's schema without the record of migrations, by name, with columns.
[[nodiscard]] std::vector<SavedTable> list_tables(Connection& connection);
/// Reads a table in the order of its key: fills `rows` and `digest`; `take` gets each line.
void read_table(
    Connection& connection,
    SavedTable& table,
    const std::function<void(const std::string& line)>& take
);

}  // namespace jicai::sql
