#include <sql/audit_chain.h>
#include <sql/backup.h>
#include <sql/backup_file.h>
#include <sql/connection.h>
#include <sql/migrator.h>
#include <sql/store.h>
#include <sql/transaction_guard.h>

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

namespace jicai::sql {
namespace {

namespace fs = std::filesystem;

constexpr int kAnswerSeconds = 3600;

[[noreturn]] void differs(const std::string& where) {
    throw DatabaseFault({"database.restore_differs", {{"where", where}}}, where);
}

/// The file read to its end, nothing kept but what it says about itself.
Manifest read_manifest(const fs::path& file) {
    Manifest manifest;
    BackupVisitor visitor;
    visitor.table = [&](const std::string& table, const std::vector<std::string>& columns) {
        manifest.tables.push_back({.name = table, .columns = columns});
    };
    visitor.row = [](const RowValues&) {};
    visitor.end = [&](const std::string&, std::int64_t rows, const std::string& digest) {
        manifest.tables.back().rows = rows;
        manifest.tables.back().digest = digest;
    };
    visitor.manifest = [&](const std::string& name, const std::string& value) {
        if (name == "version") manifest.version = value;
        if (name == "saved_at") manifest.saved_at = value;
        if (name == "migration") manifest.migrations.push_back(value);
        if (name == "audit_seals") {
            std::from_chars(value.data(), value.data() + value.size(), manifest.audit_seals);
        }
        if (name == "audit_head") manifest.audit_head = value;
    };
    read_backup(file, visitor);
    manifest.schema_version = static_cast<std::int64_t>(manifest.migrations.size());
    return manifest;
}

/// What this binary would give a database of that age.
void check_migrations(const Manifest& manifest, const std::vector<Migration>& migrations) {
    for (std::size_t i = 0; i < manifest.migrations.size(); ++i) {
        if (i < migrations.size() && migrations[i].checksum == manifest.migrations[i]) continue;
        throw DatabaseFault(
            {"database.backup_newer",
             {{"version", manifest.version},
              {"number", std::to_string(manifest.migrations.size())},
              {"known", std::to_string(migrations.size())}}}
        );
    }
}

/// Collects rows into INSERTs of many rows.
class Loader {
public:
    explicit Loader(Connection& connection) : connection_(connection) {
        connection_.execute("SET SESSION foreign_key_checks = 0");
    }

    void begin(const std::string& table, const std::vector<std::string>& columns) {
        std::string names;
        marks_.clear();
        for (const std::string& column : columns) {
            names += (names.empty() ? "" : ", ") + column;
            marks_ += marks_.empty() ? "(?" : ", ?";
        }
        marks_ += ")";
        insert_ = "INSERT INTO " + table + " (" + names + ") VALUES ";
        transaction_.emplace(connection_);
        connection_.change("DELETE FROM " + table);  // what its migration put there
    }

    void add(const RowValues& values) {
        constexpr std::size_t kRowsMax = 200;
        constexpr std::size_t kBytesMax = 1U << 20U;
        for (const auto& value : values) {
            if (value) {
                bytes_ += value->size();
                values_.emplace_back(*value);
            } else {
                values_.emplace_back(std::nullopt);
            }
        }
        ++rows_;
        if (rows_ >= kRowsMax || bytes_ >= kBytesMax) flush();
    }

    void end() {
        flush();
        transaction_->commit();
        transaction_.reset();
    }

private:
    void flush() {
        if (rows_ == 0) return;
        std::string statement = insert_;
        for (std::size_t i = 0; i < rows_; ++i) statement += (i == 0 ? "" : ", ") + marks_;
        connection_.change(statement, values_);
        values_.clear();
        rows_ = 0;
        bytes_ = 0;
    }

    Connection& connection_;
    std::optional<TransactionGuard> transaction_;
    std::string insert_;
    std::string marks_;
    std::vector<Value> values_;
    std::size_t rows_ = 0;
    std::size_t bytes_ = 0;
};

void load(Connection& connection, const fs::path& file) {
    Loader loader(connection);
    BackupVisitor visitor;
    visitor.table = [&](const std::string& table, const std::vector<std::string>& columns) {
        loader.begin(table, columns);
    };
    visitor.row = [&](const RowValues& values) { loader.add(values); };
    visitor.end = [&](const std::string&, std::int64_t, const std::string&) { loader.end(); };
    visitor.manifest = [](const std::string&, const std::string&) {};
    read_backup(file, visitor);
}

void check_tables(const std::vector<SavedTable>& ours, const Manifest& manifest) {
    const auto same = [](const SavedTable& a, const SavedTable& b) {
        return a.name == b.name && a.columns == b.columns;
    };
    const auto [mine, saved] = std::mismatch(
        ours.begin(), ours.end(), manifest.tables.begin(), manifest.tables.end(), same
    );
    if (saved != manifest.tables.end()) differs("table " + saved->name);
    if (mine != ours.end()) differs("table " + mine->name);
}

/// Everything but moving the directory to its place.
RestoredBackup restore_into(
    const fs::path& file, const fs::path& directory, Manifest manifest, const DatabaseOptions& given
) {
    const std::vector<Migration> migrations = read_migrations(builtin_migrations());
    DatabaseOptions options = given;
    options.migrate = false;
    options.keep = false;
    options.join_running = false;
    const auto database = Database::open({.data_dir = directory.string()}, options);
    Endpoint endpoint = database->sql_store().pool().endpoint();
    endpoint.answer_seconds_max = kAnswerSeconds;
    Connection connection(endpoint);
    if (manifest.schema_version > 0) {
        migrate(connection, migrations, {.until = manifest.schema_version});
    }
    std::vector<SavedTable> tables = list_tables(connection);
    check_tables(tables, manifest);
    load(connection, file);
    for (std::size_t i = 0; i < tables.size(); ++i) {
        read_table(connection, tables[i], [](const std::string&) {});
        const SavedTable& saved = manifest.tables[i];
        if (tables[i].rows != saved.rows || tables[i].digest != saved.digest) {
            differs("table " + saved.name);
        }
    }
    RestoredBackup restored;
    restored.audit = verify_chain(connection);
    // A chain that was broken before it was saved is restored as it was; the result says so.
    if (restored.audit.whole && restored.audit.head != manifest.audit_head) differs("audit head");
    migrate(connection, migrations);
    restored.schema_version = schema_version(connection);
    restored.manifest = std::move(manifest);
    return restored;
}

bool is_empty_or_missing(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(path, error))) return true;
    return fs::is_directory(path, error) && fs::is_empty(path, error) && !error;
}

}  // namespace

RestoredBackup restore(
    const fs::path& file, const fs::path& data_dir, const DatabaseOptions& options
) {
    fs::path target = fs::absolute(data_dir).lexically_normal();
    if (!target.has_filename()) target = target.parent_path();
    if (!is_empty_or_missing(target)) {
        throw DatabaseFault({"database.restore_not_empty", {{"directory", target.string()}}});
    }
    Manifest manifest = read_manifest(file);
    check_migrations(manifest, read_migrations(builtin_migrations()));
    fs::path beside = target;
    beside += "." + std::to_string(::getpid()) + ".restoring";
    std::error_code error;
    fs::remove_all(beside, error);
    try {
        RestoredBackup restored = restore_into(file, beside, std::move(manifest), options);
        ::sync();
        fs::remove(target, error);
        fs::rename(beside, target, error);
        if (error) {
            throw DatabaseFault(
                {"database.directory_unusable",
                 {{"directory", target.string()}, {"why", error.message()}}}
            );
        }
        return restored;
    } catch (const std::exception&) {
        fs::remove_all(beside, error);
        throw;
    }
}

}  // namespace jicai::sql
