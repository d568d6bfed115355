#include <sql/data_directory.h>
#include <sql/database.h>
#include <sql/disk_space.h>
#include <sql/keeper.h>
#include <sql/migrator.h>
#include <sql/private_server.h>
#include <sql/store.h>

#include <unistd.h>

#include <chrono>
#include <optional>
#include <thread>

namespace jicai::sql {
namespace {

constexpr std::int64_t kMegabyte = 1 << 20;

/// The store with the figures of everything around it.
class OpenStore final : public ports::Store {
public:
    OpenStore(
        SqlStore& store, const std::optional<PrivateServer>& server, const Keeper* const& keeper
    )
        : store_(store), server_(server), keeper_(keeper) {}
    void write(const std::function<void(ports::Transaction&)>& work) override {
        store_.write(work);
    }
    void read(const std::function<void(ports::Transaction&)>& work) override { store_.read(work); }
    void ping() override { store_.ping(); }
    [[nodiscard]] std::map<std::string, std::int64_t> figures() const override {
        std::map<std::string, std::int64_t> figures = store_.figures();
        if (server_) figures["server_restarts_total"] = server_->restarts();
        if (keeper_ != nullptr) {
            figures["audit_seals_total"] = keeper_->seals();
            figures["answers_purged_total"] = keeper_->purged();
        }
        return figures;
    }

private:
    SqlStore& store_;
    const std::optional<PrivateServer>& server_;
    const Keeper* const& keeper_;
};

[[noreturn]] void cannot_connect(const std::string& where, const DatabaseError& error) {
    throw DatabaseFault(
        {"database.cannot_connect", {{"database", where}, {"why", error.what()}}}, error.what()
    );
}

/// Waits for a server that another process is just starting.
void wait_for_joined(const Endpoint& endpoint, const std::string& directory) {
    constexpr std::chrono::seconds kWait{20};
    constexpr std::chrono::milliseconds kLook{50};
    const auto until = std::chrono::steady_clock::now() + kWait;
    for (;;) {
        try {
            const Connection connection(endpoint);
            return;
        } catch (const DatabaseError& error) {
            if (std::chrono::steady_clock::now() > until) cannot_connect(directory, error);
        }
        std::this_thread::sleep_for(kLook);
    }
}

}  // namespace

/// In the order in which they are made; they end in the other one.
struct Database::Parts {
    std::optional<DataDirectory> directory;
    std::optional<DiskSpace> space;
    std::optional<PrivateServer> server;
    int data_handle = -1;
    std::unique_ptr<SqlStore> store;
    std::unique_ptr<Keeper> keeper;
    const Keeper* keeper_seen = nullptr;
    std::unique_ptr<OpenStore> open_store;
    bool joined = false;

    Parts() = default;
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts() {
        keeper.reset();
        store.reset();
        server.reset();
        if (data_handle >= 0) ::close(data_handle);
    }
};

Database::Database(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Database::~Database() = default;

std::unique_ptr<Database> Database::open(const Source& source, const DatabaseOptions& options) {
    auto parts = std::make_unique<Parts>();
    Endpoint endpoint;
    if (!source.url.empty()) endpoint = read_url(source.url);
    if (options.must_exist && source.url.empty() &&
        !std::filesystem::exists(std::filesystem::path(source.data_dir) / "db" / "INIT_OK")) {
        throw DatabaseFault({"database.directory_empty", {{"directory", source.data_dir}}});
    }
    if (!source.data_dir.empty()) {
        parts->joined = options.join_running && source.url.empty() && is_in_use(source.data_dir);
        if (!parts->joined) parts->directory.emplace(source.data_dir);
    }
    std::string where = url_without_password(source.url);
    if (source.url.empty()) {
        where = source.data_dir;
        if (parts->joined) {
            const std::filesystem::path data =
                std::filesystem::absolute(source.data_dir) / "db" / "data";
            parts->data_handle = open_handle(data);
            endpoint = endpoint_of(data, parts->data_handle);
            wait_for_joined(endpoint, source.data_dir);
        } else {
            std::filesystem::create_directories(parts->directory->database());
            parts->space.emplace(
                parts->directory->database(), options.reserve_megabytes * kMegabyte
            );
            parts->server.emplace(
                *parts->directory,
                ServerOptions{
                    .buffer_pool_megabytes = options.buffer_pool_megabytes,
                    .redo_log_megabytes = options.redo_log_megabytes}
            );
            endpoint = parts->server->endpoint();
        }
    }
    try {
        Connection connection(endpoint);
        if (options.migrate && !parts->joined) {
            migrate(connection, read_migrations(builtin_migrations()));
        }
    } catch (const DatabaseError& error) {
        cannot_connect(where, error);
    }
    parts->store = std::make_unique<SqlStore>(endpoint, options.connections_max);
    if (parts->space) parts->store->watch_space(&*parts->space);
    if (options.keep && !parts->joined) parts->keeper = std::make_unique<Keeper>(*parts->store);
    parts->keeper_seen = parts->keeper.get();
    parts->open_store =
        std::make_unique<OpenStore>(*parts->store, parts->server, parts->keeper_seen);
    return std::unique_ptr<Database>(new Database(std::move(parts)));
}

ports::Store& Database::store() {
    return *parts_->open_store;
}

SqlStore& Database::sql_store() {
    return *parts_->store;
}

std::int64_t Database::server_process() const {
    return parts_->server ? parts_->server->process() : 0;
}

bool Database::joined() const {
    return parts_->joined;
}

}  // namespace jicai::sql
