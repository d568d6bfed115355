#include <sql/connection.h>
#include <sql/private_server.h>
#include <sql/process.h>

#include <fcntl.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace jicai::sql {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr const char* kServer = "/usr/sbin/mariadbd";
constexpr const char* kInstaller = "/usr/bin/mariadb-install-db";
constexpr milliseconds kLook{5};
constexpr std::size_t kSocketPathMax = 100;  // the kernel takes 107

std::string megabytes(std::int64_t count) {
    return std::to_string(count) + "M";
}

[[noreturn]] void fail(const char* key, const fs::path& log, const std::string& why) {
    const std::string excerpt = log_excerpt(log.string());
    throw DatabaseFault({key, {{"why", why}, {"log", log.string()}, {"excerpt", excerpt}}}, why);
}

void require_installed() {
    for (const char* program : {kServer, kInstaller}) {
        if (::access(program, X_OK) != 0) {
            throw DatabaseFault({"database.server_missing", {{"program", program}}});
        }
    }
}

bool is_server(pid_t process) {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/" + std::to_string(process) + "/exe", error);
    const std::string name = program.filename().string();
    return !error && (name.rfind("mariadbd", 0) == 0 || name.rfind("mysqld", 0) == 0);
}

ChildOptions child_options(const DataDirectory& directory, const fs::path& log) {
    return {
        .directory = directory.database().string(),
        .temporary = (directory.database() / "tmp").string(),
        .log = log.string()};
}

/// Until no process holds the database files.
bool wait_until_free(const fs::path& data, Clock::duration limit) {
    const auto until = Clock::now() + limit;
    while (holder_of(data) != 0) {
        if (Clock::now() > until) return false;
        std::this_thread::sleep_for(kLook);
    }
    return true;
}

}  // namespace

int open_handle(const fs::path& data) {
    return ::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
}

Endpoint endpoint_of(const fs::path& data, int data_handle) {
    Endpoint endpoint;
    endpoint.socket = (data / "s").string();
    if (endpoint.socket.size() > kSocketPathMax) {
        endpoint.socket = "/proc/self/fd/" + std::to_string(data_handle) + "/s";
    }
    endpoint.user = user_name();
    endpoint.schema = kSchema;
    return endpoint;
}

PrivateServer::PrivateServer(const DataDirectory& directory, ServerOptions options)
    : directory_(directory), options_(options) {
    require_installed();
    std::error_code error;
    fs::create_directories(directory_.database() / "tmp", error);
    if (error) {
        throw DatabaseFault(
            {"database.directory_unusable",
             {{"directory", directory_.database().string()}, {"why", error.message()}}}
        );
    }
    end_left_behind();
    if (!fs::exists(directory_.database() / "INIT_OK")) initialise();
    data_handle_ = open_handle(directory_.data());
    endpoint_ = endpoint_of(directory_.data(), data_handle_);
    keeper_ = std::thread([this] { keep(); });
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return state_ != State::starting; });
    if (state_ == State::running) return;
    lock.unlock();
    keeper_.join();
    ::close(data_handle_);
    fail(
        "database.start_failed", directory_.database() / "mariadbd.log", "the server did not start"
    );
}

PrivateServer::~PrivateServer() {
    stop();
    ::close(data_handle_);
}

pid_t PrivateServer::process() const {
    const std::lock_guard lock(mutex_);
    return process_;
}

std::int64_t PrivateServer::restarts() const {
    const std::lock_guard lock(mutex_);
    return restarts_;
}

// A half-made database is thrown away: the rename is the moment from which there is one.
void PrivateServer::initialise() {
    const fs::path making = directory_.database() / "data.tmp";
    const fs::path log = directory_.database() / "init.log";
    if (!fs::exists(directory_.data())) {
        if (!wait_until_free(making, options_.stop_max)) {
            fail("database.init_failed", log, "another process is still making it");
        }
        fs::remove_all(making);
        const std::string user = user_name();
        // From a thread of its own, which waits: the child lives no longer than it.
        int status = 0;
        std::thread([&] {
            block_signals_here();
            status = wait_for(spawn(
                {kInstaller,
                 "--no-defaults",
                 "--user=" + user,
                 "--datadir=./data.tmp",  // a shell script: no path with blanks or quotes
                 "--auth-root-authentication-method=socket",
                 "--auth-root-socket-user=" + user,
                 "--skip-test-db",
                 "--skip-name-resolve",
                 "--innodb-log-file-size=" + megabytes(options_.redo_log_megabytes),
                 "--innodb-undo-tablespaces=0",
                 "--skip-log-bin",
                 "--innodb-flush-log-at-trx-commit=0",
                 "--innodb-flush-method=nosync"},
                child_options(directory_, log)
            ));
        }).join();
        if (status != 0) fail("database.init_failed", log, describe_status(status));
        ::sync();
        fs::rename(making, directory_.data());
    }
    const std::ofstream done(directory_.database() / "INIT_OK");
    if (!done) fail("database.init_failed", log, "INIT_OK cannot be written");
    ::sync();
}

void PrivateServer::end_left_behind() {
    const pid_t holder = holder_of(directory_.data());
    if (holder == 0) return;
    const auto left = [&] {
        throw DatabaseFault(
            {"database.left_behind",
             {{"directory", directory_.data().string()}, {"process", std::to_string(holder)}}}
        );
    };
    if (holder < 0 || !is_server(holder)) left();
    spdlog::warn("database: ending server {} that an earlier process left behind", holder);
    // One that got the signal while it was starting never ends by itself. Killing loses nothing.
    constexpr std::chrono::seconds kEndWait{10};
    ::kill(holder, SIGTERM);
    if (wait_until_free(directory_.data(), kEndWait)) return;
    ::kill(holder, SIGKILL);
    if (!wait_until_free(directory_.data(), kEndWait)) left();
}

pid_t PrivateServer::start() {
    const fs::path& data = directory_.data();
    return spawn(
        {kServer,
         "--no-defaults",
         "--user=" + endpoint_.user,
         "--datadir=" + data.string(),
         "--socket=s",
         "--pid-file=pid",
         "--log-error=" + (directory_.database() / "mariadbd.log").string(),
         "--tmpdir=" + (directory_.database() / "tmp").string(),
         "--skip-networking",
         "--skip-log-bin",
         "--skip-name-resolve",
         "--performance-schema=OFF",
         "--innodb-buffer-pool-size=" + megabytes(options_.buffer_pool_megabytes),
         "--innodb-log-file-size=" + megabytes(options_.redo_log_megabytes),
         "--innodb-undo-tablespaces=0",
         "--innodb-flush-log-at-trx-commit=1",
         "--innodb-flush-method=O_DIRECT",
         // Writes given to io_uring may still be under way when the killed server's successor reads
         // the pages; those of its own threads end with the process.
         "--innodb-use-native-aio=OFF",
         "--innodb-doublewrite=ON",
         "--innodb-strict-mode=ON",
         "--innodb-autoinc-lock-mode=2",
         "--character-set-server=utf8mb4",
         "--collation-server=utf8mb4_bin",
         "--default-time-zone=+00:00",
         "--transaction-isolation=READ-COMMITTED",
         "--sql-mode=STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
         "NO_ENGINE_SUBSTITUTION",
         "--max-connections=64",
         "--max-allowed-packet=64M",
         "--aria-pagecache-buffer-size=1M",
         "--key-buffer-size=64K",
         "--table-open-cache=400",
         "--local-infile=OFF"},
        child_options(directory_, directory_.database() / "mariadbd.log")
    );
}

// Runs until stop(): a child gets SIGTERM when the thread that started it ends.
void PrivateServer::keep() {
    block_signals_here();
    constexpr milliseconds kPauseMin{100};
    constexpr milliseconds kPauseMax{5000};
    milliseconds pause = kPauseMin;
    for (bool first = true;; first = false) {
        const auto begun = Clock::now();
        pid_t server = 0;
        try {
            server = start();
        } catch (const std::system_error& error) {
            spdlog::error("database: {}", error.what());
        }
        bool answers = false;
        if (server != 0) {
            {
                const std::lock_guard lock(mutex_);
                process_ = server;
            }
            answers = wait_until_it_answers(server);
            if (answers) {
                const std::lock_guard lock(mutex_);
                state_ = State::running;
                answers_ = true;
                if (stopping_) ::kill(server, SIGTERM);
                if (!first) ++restarts_;
            }
            changed_.notify_all();
            // Reaped under the lock, so that stop() never signals a number given to another.
            siginfo_t ended{};
            while (::waitid(P_PID, static_cast<id_t>(server), &ended, WEXITED | WNOWAIT) != 0 &&
                   errno == EINTR) {
            }
        }
        std::unique_lock lock(mutex_);
        const std::string how = server == 0 ? "not started" : describe_status(wait_for(server));
        process_ = 0;
        answers_ = false;
        if (stopping_ || (first && !answers)) {
            state_ = stopping_ ? State::ended : State::failed;
            changed_.notify_all();
            return;
        }
        spdlog::error("database: the server ended ({}); starting it again", how);
        if (Clock::now() - begun > std::chrono::minutes(1)) pause = kPauseMin;
        changed_.wait_for(lock, pause, [this] { return stopping_; });
        pause = std::min(pause * 2, kPauseMax);
        if (stopping_) {
            state_ = State::ended;
            changed_.notify_all();
            return;
        }
    }
}

bool PrivateServer::wait_until_it_answers(pid_t server) {
    Endpoint endpoint = endpoint_;
    endpoint.schema.clear();
    const auto until = Clock::now() + options_.start_max;
    while (Clock::now() < until) {
        siginfo_t ended{};
        ::waitid(P_PID, static_cast<id_t>(server), &ended, WEXITED | WNOHANG | WNOWAIT);
        if (ended.si_pid == server) return false;
        try {
            Connection connection(endpoint);
            connection.execute(
                std::string("CREATE DATABASE IF NOT EXISTS ") + kSchema +
                " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
            );
            return true;
        } catch (const DatabaseError& error) {
            if (error.kind() != ErrorKind::unavailable) {
                spdlog::error("database: {}", error.what());
                break;
            }
        }
        std::this_thread::sleep_for(kLook);
    }
    ::kill(server, SIGKILL);
    return false;
}

void PrivateServer::stop() {
    if (!keeper_.joinable()) return;
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    // A server that gets the signal while it is starting never ends: keep() sends it then.
    if (answers_) ::kill(process_, SIGTERM);
    if (!changed_.wait_for(lock, options_.stop_max, [this] { return process_ == 0; })) {
        spdlog::error("database: the server does not stop; killing it");
        ::kill(process_, SIGKILL);
    }
    lock.unlock();
    keeper_.join();
}

}  // namespace jicai::sql
