#pragma once

#include <sql/connection.h>
#include <sql/migrations.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace jicai::sql {

struct MigrationOptions {
    bool dry_run = false;    ///< says what would be done
    bool resume = false;     ///< goes on with a migration that was begun and not finished
    std::int64_t until = 0;  ///< the last one to apply; 0: all
    /// Tests: runs before each statement of a migration.
    std::function<void(const Migration&, std::size_t statement)> before_statement = {};
};

/// Applies what the database has not yet. One node at a time (a named lock of the server). Every
/// statement is counted before the next one runs, because none of them can be rolled back. A first
/// migration that was interrupted goes on by itself: nothing is in the database yet.
/// Returns the numbers applied (or, in a dry run, to be applied).
///
/// Throws DatabaseFault, in this order: database.migration_busy (another node), _newer (the
/// database knows more migrations than this binary), _gap, _changed (another checksum),
/// _unfinished.
std::vector<std::int64_t> migrate(
    Connection& connection,
    const std::vector<Migration>& migrations,
    const MigrationOptions& options = {}
);

/// Number of the last finished migration of the database; 0: none.
[[nodiscard]] std::int64_t schema_version(Connection& connection);

}  // namespace jicai::sql
