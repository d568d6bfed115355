#pragma once

#include <engine/ports/store.h>

#include <cstdint>
#include <memory>
#include <string>

/// \file
/// A database, open: the one header of sql/ that the program needs to serve.
///
///     const auto database = sql::Database::open({.data_dir = "var"});
///     ports::Store& store = database->store();

namespace jicai::sql {

class SqlStore;

/// Which database. With `url` that server is used ("mysql://USER:PASSWORD@HOST:PORT/SCHEMA?
/// tls-ca=FILE", see endpoint.h), without it a private MariaDB in `data_dir`. A `data_dir` that is
/// given is locked in both cases.
struct Source {
    std::string data_dir = {};
    std::string url = {};
};

struct DatabaseOptions {
    std::size_t connections_max = 24;
    bool migrate = true;  ///< bring the schema up to this binary
    bool keep = true;     ///< seal the audit log, purge old answers
    /// A tool beside a running service: where another process holds the directory, its server is
    /// used through the socket, and nothing is migrated.
    bool join_running = false;
    bool must_exist = false;  ///< no new database in `data_dir`: database.directory_empty instead
    std::int64_t buffer_pool_megabytes = 256;  ///< of the private server
    std::int64_t redo_log_megabytes = 64;      ///< of the private server
    std::int64_t reserve_megabytes = 64;       ///< room kept on its disk, see disk_space.h
};

class Database {
public:
    /// Opens, starts the private server where there is to be one, migrates, begins sealing.
    /// Throws DatabaseFault (sql/error.h) with a message database.* for the person who starts it.
    [[nodiscard]] static std::unique_ptr<Database> open(
        const Source& source, const DatabaseOptions& options = {}
    );
    /// Seals what is left and stops the private server. No transaction may be running.
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] ports::Store& store();
    /// The same, with what only sql/ and its tests need.
    [[nodiscard]] SqlStore& sql_store();
    /// Process of the private server; 0: none.
    [[nodiscard]] std::int64_t server_process() const;
    /// Whether this is the server of another process (join_running).
    [[nodiscard]] bool joined() const;

private:
    struct Parts;
    explicit Database(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace jicai::sql
