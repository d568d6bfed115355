#include <catalogs/sha256/sha256.h>
#include <sql/backup.h>
#include <sql/backup_file.h>
#include <sql/connection.h>
#include <sql/store.h>
#include <sql/transaction_guard.h>

namespace jicai::sql {
namespace {

constexpr int kAnswerSeconds = 3600;

std::string joined(const std::vector<std::string>& words, const std::string& between) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
    return text;
}

std::vector<std::string> key_of(Connection& connection, const std::string& table) {
    std::vector<std::string> columns;
    for (const Row& row : connection.query(
             "SELECT column_name FROM information_schema.key_column_usage WHERE table_schema = "
             "DATABASE() AND table_name = ? AND constraint_name = 'PRIMARY' ORDER BY "
             "ordinal_position",
             {table}
         )) {
        columns.push_back(row.text(0));
    }
    return columns;
}

}  // namespace

std::vector<SavedTable> list_tables(Connection& connection) {
    std::vector<SavedTable> tables;
    for (const Row& row : connection.query(
             "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = "
             "DATABASE() AND table_name <> 'migrations' ORDER BY table_name, ordinal_position"
         )) {
        if (tables.empty() || tables.back().name != row.text(0)) {
            tables.emplace_back();
            tables.back().name = row.text(0);
        }
        tables.back().columns.push_back(row.text(1));
    }
    return tables;
}

void read_table(
    Connection& connection,
    SavedTable& table,
    const std::function<void(const std::string& line)>& take
) {
    const std::string statement = "SELECT " + joined(table.columns, ", ") + " FROM " + table.name +
                                  " ORDER BY " + joined(key_of(connection, table.name), ", ");
    catalogs::Sha256 digest;
    table.rows = 0;
    connection.stream(statement, [&](const Row& row) {
        RowValues values;
        for (std::size_t i = 0; i < row.size(); ++i) {
            values.emplace_back(row.is_null(i) ? std::nullopt : std::optional(row.text(i)));
        }
        const std::string line = row_line(values);
        digest.update(line);
        ++table.rows;
        take(line);
    });
    table.digest = digest.hex();
}

SavedBackup back_up(
    Database& database, const std::filesystem::path& path, const std::string& version
) {
    Endpoint endpoint = database.sql_store().pool().endpoint();
    endpoint.answer_seconds_max = kAnswerSeconds;
    Connection connection(endpoint);
    connection.set_isolation(Isolation::repeatable_read);
    BackupWriter writer(path);
    SavedBackup saved;
    Manifest& manifest = saved.manifest;
    manifest.version = version;
    manifest.tables = list_tables(connection);
    TransactionGuard snapshot(connection, kBeginSnapshot);
    manifest.saved_at = connection.query("SELECT UTC_TIMESTAMP(6)").at(0).text(0);
    for (const Row& row : connection.query(
             "SELECT checksum FROM migrations WHERE finished_at IS NOT NULL ORDER BY number"
         )) {
        manifest.migrations.push_back(row.text(0));
    }
    manifest.schema_version = static_cast<std::int64_t>(manifest.migrations.size());
    const Row head = connection.query("SELECT number, hash FROM audit_head WHERE id = 1").at(0);
    manifest.audit_seals = head.number(0);
    manifest.audit_head = head.text(1);
    for (SavedTable& table : manifest.tables) {
        writer.write("table " + table.name + " " + joined(table.columns, " ") + "\n");
        read_table(connection, table, [&](const std::string& line) { writer.write(line); });
        writer.write(
            "end " + table.name + " " + std::to_string(table.rows) + " " + table.digest + "\n"
        );
    }
    snapshot.commit();
    const auto say = [&](const std::string& name, const std::string& value) {
        writer.write("manifest " + name + " " + value + "\n");
    };
    say("version", manifest.version);
    say("saved_at", manifest.saved_at);
    for (const std::string& checksum : manifest.migrations) say("migration", checksum);
    say("audit_seals", std::to_string(manifest.audit_seals));
    say("audit_head", manifest.audit_head);
    saved.bytes = writer.finish();
    return saved;
}

}  // namespace jicai::sql
