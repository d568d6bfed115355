#include <sql/migrator.h>

#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>

namespace jicai::sql {
namespace {

constexpr int kLockSeconds = 60;

/// The server's named lock, for as long as this stands.
class NamedLock {
public:
    explicit NamedLock(Connection& connection) : connection_(connection) {
        const Row got = connection_
                            .query(
                                "SELECT GET_LOCK(CONCAT('jicai.migrate.', DATABASE()), " +
                                std::to_string(kLockSeconds) + ")"
                            )
                            .at(0);
        if (got.number(0) != 1) {
            throw DatabaseFault(
                {"database.migration_busy", {{"seconds", std::to_string(kLockSeconds)}}}
            );
        }
    }
    ~NamedLock() {
        try {
            (void)connection_.query("SELECT RELEASE_LOCK(CONCAT('jicai.migrate.', DATABASE()))");
        } catch (const DatabaseError&) {
            // It ends with its connection.
        }
    }
    NamedLock(const NamedLock&) = delete;
    NamedLock& operator=(const NamedLock&) = delete;

private:
    Connection& connection_;
};

bool has_table(Connection& connection) {
    return connection
               .query(
                   "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() "
                   "AND table_name = 'migrations'"
               )
               .at(0)
               .number(0) != 0;
}

void create_table(Connection& connection) {
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations (number BIGINT NOT NULL, name VARCHAR(100) NOT "
        "NULL, checksum CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, statements BIGINT "
        "NOT NULL, statements_done BIGINT NOT NULL, started_at DATETIME(6) NOT NULL, finished_at "
        "DATETIME(6) NULL, PRIMARY KEY (number)) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 "
        "COLLATE utf8mb4_bin"
    );
}

struct Unfinished {
    std::int64_t number = 0;
    std::size_t statements_done = 0;
    std::string started_at;
};

/// Compares what the database says it was given with what we have; the migration it did not finish.
std::optional<Unfinished> check_history(
    const std::vector<Row>& rows, const std::vector<Migration>& migrations
) {
    std::int64_t last = 0;
    for (const Row& row : rows) last = std::max(last, row.number(0));
    if (last > static_cast<std::int64_t>(migrations.size())) {
        throw DatabaseFault(
            {"database.migration_newer",
             {{"number", std::to_string(last)}, {"known", std::to_string(migrations.size())}}}
        );
    }
    std::optional<Unfinished> unfinished;
    std::int64_t expected = 1;
    for (const Row& row : rows) {
        const std::int64_t number = row.number(0);
        if (number != expected) {
            throw DatabaseFault(
                {"database.migration_gap",
                 {{"number", std::to_string(expected)}, {"next", std::to_string(number)}}}
            );
        }
        const Migration& migration = migrations[static_cast<std::size_t>(number - 1)];
        if (row.text(2) != migration.checksum) {
            throw DatabaseFault(
                {"database.migration_changed",
                 {{"number", std::to_string(number)},
                  {"name", row.text(1)},
                  {"stored", row.text(2)},
                  {"ours", migration.checksum}}}
            );
        }
        if (row.is_null(6)) {
            unfinished = Unfinished{
                number, static_cast<std::size_t>(row.number(4)), row.text(5).substr(0, 19)};
        }
        ++expected;
    }
    return unfinished;
}

void apply(
    Connection& connection,
    const Migration& migration,
    std::size_t done,
    const MigrationOptions& options
) {
    const auto count = static_cast<std::int64_t>(migration.statements.size());
    if (done == 0) {
        connection.change(
            "INSERT IGNORE INTO migrations (number, name, checksum, statements, statements_done, "
            "started_at) VALUES (?, ?, ?, ?, 0, UTC_TIMESTAMP(6))",
            {migration.number, migration.name, migration.checksum, count}
        );
    }
    for (std::size_t i = done; i < migration.statements.size(); ++i) {
        if (options.before_statement) options.before_statement(migration, i);
        connection.execute(migration.statements[i]);
        connection.change(
            "UPDATE migrations SET statements_done = ? WHERE number = ?",
            {static_cast<std::int64_t>(i + 1), migration.number}
        );
    }
    connection.change(
        "UPDATE migrations SET finished_at = UTC_TIMESTAMP(6) WHERE number = ?", {migration.number}
    );
    spdlog::info("database: migration {} {} applied", migration.number, migration.name);
}

}  // namespace

std::vector<std::int64_t> migrate(
    Connection& connection,
    const std::vector<Migration>& migrations,
    const MigrationOptions& options
) {
    const NamedLock lock(connection);
    std::vector<Row> rows;
    if (has_table(connection)) {
        rows = connection.query(
            "SELECT number, name, checksum, statements, statements_done, started_at, finished_at "
            "FROM migrations ORDER BY number"
        );
    } else if (!options.dry_run) {
        create_table(connection);
    }
    const std::optional<Unfinished> unfinished = check_history(rows, migrations);
    if (unfinished && !options.resume && unfinished->number != 1) {
        const Migration& migration = migrations[static_cast<std::size_t>(unfinished->number - 1)];
        throw DatabaseFault(
            {"database.migration_unfinished",
             {{"number", std::to_string(unfinished->number)},
              {"name", migration.name},
              {"done", std::to_string(unfinished->statements_done)},
              {"statements", std::to_string(migration.statements.size())},
              {"started_at", unfinished->started_at}}}
        );
    }
    std::vector<std::int64_t> applied;
    for (const Migration& migration : migrations) {
        if (options.until != 0 && migration.number > options.until) break;
        const auto known = static_cast<std::int64_t>(rows.size());
        const bool is_unfinished = unfinished && unfinished->number == migration.number;
        if (migration.number <= known && !is_unfinished) continue;
        applied.push_back(migration.number);
        if (!options.dry_run) {
            apply(connection, migration, is_unfinished ? unfinished->statements_done : 0, options);
        }
    }
    return applied;
}

std::int64_t schema_version(Connection& connection) {
    if (!has_table(connection)) return 0;
    return connection
        .query("SELECT COALESCE(MAX(number), 0) FROM migrations WHERE finished_at IS NOT NULL")
        .at(0)
        .number(0);
}

}  // namespace jicai::sql
