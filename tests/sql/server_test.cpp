// The private server: one per directory, dies with us, comes back when it dies, loses nothing.
#include <sql/connection.h>
#include <sql/data_directory.h>

#include <signal.h>
#include <sys/wait.h>
#include <tests/sql/fixture.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <random>
#include <set>
#include <thread>
#include <vector>

namespace jicai::sql::testing {
namespace {

using namespace std::chrono_literals;
using ports::Transaction;

void expect_fault(const std::string& key, const std::string& directory) {
    try {
        (void)Database::open({.data_dir = directory}, small_options());
        FAIL() << "opened";
    } catch (const DatabaseFault& fault) {
        EXPECT_EQ(fault.why().key, key) << fault.what();
    }
}

bool runs(pid_t process) {
    return ::kill(process, 0) == 0;
}

void set(Database& database, const std::string& name, const std::string& value) {
    database.store().write([&](Transaction& transaction) {
        transaction.settings().set(name, value);
    });
}

std::string get(Database& database, const std::string& name) {
    std::string value;
    database.store().read([&](Transaction& transaction) {
        value = transaction.settings().get(name).value_or("");
    });
    return value;
}

TEST(Server, StopsCleanlyAndKeepsEverything) {
    const TemporaryDirectory directory;
    pid_t process = 0;
    {
        const auto database =
            Database::open({.data_dir = directory.path().string()}, small_options());
        process = static_cast<pid_t>(database->server_process());
        EXPECT_TRUE(runs(process));
        set(*database, "kept", "是");
    }
    EXPECT_FALSE(runs(process));
    const auto database = Database::open({.data_dir = directory.path().string()}, small_options());
    EXPECT_EQ(get(*database, "kept"), "是");
}

TEST(Server, SecondOneOnTheDirectoryIsRefusedAtOnce) {
    const TemporaryDirectory directory;
    const auto database = Database::open({.data_dir = directory.path().string()}, small_options());
    const auto begun = std::chrono::steady_clock::now();
    expect_fault("database.directory_in_use", directory.path().string());
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
    set(*database, "still", "works");
}

TEST(Server, ToolJoinsTheRunningOne) {
    const TemporaryDirectory directory;
    const auto database = Database::open({.data_dir = directory.path().string()}, small_options());
    set(*database, "seen", "yes");
    DatabaseOptions options = small_options();
    options.join_running = true;
    const auto tool = Database::open({.data_dir = directory.path().string()}, options);
    EXPECT_TRUE(tool->joined());
    EXPECT_EQ(tool->server_process(), 0);
    EXPECT_EQ(get(*tool, "seen"), "yes");
}

TEST(Server, MustExistMakesNothing) {
    const TemporaryDirectory directory;
    DatabaseOptions options = small_options();
    options.must_exist = true;
    const std::filesystem::path missing = directory.path() / "missing";
    try {
        (void)Database::open({.data_dir = missing.string()}, options);
        FAIL() << "opened";
    } catch (const DatabaseFault& fault) {
        EXPECT_EQ(fault.why().key, "database.directory_empty");
    }
    EXPECT_FALSE(std::filesystem::exists(missing));
}

TEST(Server, PathsWithBlanksQuotesAndGreatLengthWork) {
    const TemporaryDirectory directory;
    const std::filesystem::path path = directory.path() / "数据 目录's $x" / std::string(120, 'l');
    const auto database = Database::open({.data_dir = path.string()}, small_options());
    set(*database, "long", "path");
    EXPECT_EQ(get(*database, "long"), "path");
}

TEST(Server, HalfMadeDatabaseIsMadeAnew) {
    const TemporaryDirectory directory;
    const std::filesystem::path half = directory.path() / "db" / "data.tmp";
    std::filesystem::create_directories(half / "mysql");
    std::ofstream(half / "ibdata1") << "half";
    const auto database = Database::open({.data_dir = directory.path().string()}, small_options());
    set(*database, "made", "anew");
    EXPECT_FALSE(std::filesystem::exists(half));
}

TEST(Server, DamagedFilesAreExplainedWithTheLog) {
    const TemporaryDirectory directory;
    { (void)Database::open({.data_dir = directory.path().string()}, small_options()); }
    std::ofstream(directory.path() / "db" / "data" / "ibdata1", std::ios::trunc) << "no database";
    try {
        (void)Database::open({.data_dir = directory.path().string()}, small_options());
        FAIL() << "opened";
    } catch (const DatabaseFault& fault) {
        EXPECT_EQ(fault.why().key, "database.start_failed");
        EXPECT_EQ(fault.why().arguments.back().first, "excerpt");
        EXPECT_NE(fault.why().arguments.back().second.find("ibdata1"), std::string::npos)
            << fault.why().arguments.back().second;
    }
}

/// Writers with idempotency keys, as clients are: each repeats its key until it is answered.
class Clients {
public:
    explicit Clients(Database& database, int count) : database_(database) {
        for (int i = 0; i < count; ++i) {
            threads_.emplace_back([this, i] { run(i); });
        }
    }
    void stop() {
        going_ = false;
        for (std::thread& thread : threads_) thread.join();
        threads_.clear();
    }
    [[nodiscard]] std::int64_t acknowledged() const { return acknowledged_; }
    [[nodiscard]] std::int64_t refused() const { return refused_; }

private:
    void run(int client) {
        for (int number = 0; going_; ++number) {
            const std::string key = std::to_string(client) + "-" + std::to_string(number);
            for (bool answered = false; !answered;) {
                try {
                    post(key);
                    answered = true;
                    ++acknowledged_;
                } catch (const ports::StoreUnavailable&) {
                    ++refused_;
                    std::this_thread::sleep_for(10ms);
                }
            }
        }
    }
    void post(const std::string& key) {
        database_.store().write([&](Transaction& transaction) {
            if (transaction.claim("client", key)) return;
            ports::AuditEntry entry;
            entry.at = kNow;
            entry.action = "test.posted";
            entry.object = key;
            transaction.audit().append(entry);
            transaction.answer("client", key, {"", 201, key}, kNow);
        });
    }

    Database& database_;
    std::atomic<bool> going_{true};
    std::atomic<std::int64_t> acknowledged_{0};
    std::atomic<std::int64_t> refused_{0};
    std::vector<std::thread> threads_;
};

void expect_posted_once(Database& database, std::int64_t acknowledged) {
    Connection connection(database.sql_store().pool().endpoint());
    const auto number = [&](const char* statement) {
        return connection.query(statement).at(0).number(0);
    };
    EXPECT_EQ(
        number("SELECT COUNT(*) FROM audit_entries WHERE action = 'test.posted'"), acknowledged
    );
    EXPECT_EQ(
        number("SELECT COUNT(DISTINCT object) FROM audit_entries WHERE action = 'test.posted'"),
        acknowledged
    );
    EXPECT_EQ(
        number("SELECT COUNT(*) FROM idempotency_keys WHERE answered_at IS NOT NULL"), acknowledged
    );
}

void wait_for_server(Database& database, std::int64_t killed) {
    for (int i = 0; i < 6000; ++i) {
        const std::int64_t now = database.server_process();
        if (now != 0 && now != killed) break;
        std::this_thread::sleep_for(10ms);
    }
    for (int i = 0; i < 600; ++i) {
        try {
            database.store().ping();
            return;
        } catch (const ports::StoreUnavailable&) {
            std::this_thread::sleep_for(100ms);
        }
    }
    FAIL() << "the server did not come back";
}

// Seeded: the moments differ from kill to kill, not from run to run.
void kill_server_during_writes(int kills) {
    const TemporaryDirectory directory;
    const auto database = Database::open({.data_dir = directory.path().string()}, small_options());
    std::minstd_rand moments(20261123);
    std::uniform_int_distribution<int> pause(1, 300);
    Clients clients(*database, 6);
    for (int i = 0; i < kills; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(pause(moments)));
        const std::int64_t process = database->server_process();
        ASSERT_NE(process, 0);
        ASSERT_EQ(::kill(static_cast<pid_t>(process), SIGKILL), 0);
        wait_for_server(*database, process);
    }
    clients.stop();
    EXPECT_GE(database->store().figures().at("server_restarts_total"), kills);
    EXPECT_GT(clients.acknowledged(), kills);
    expect_posted_once(*database, clients.acknowledged());
    database->store().read([](Transaction& transaction) {
        const auto found = transaction.audit().verify();
        EXPECT_TRUE(found.whole) << found.broken;
    });
}

TEST(Server, KilledDuringWritesLosesAndDoublesNothing) {
    kill_server_during_writes(3);
}

TEST(ServerLong, KilledOftenDuringWritesLosesAndDoublesNothing) {
    kill_server_during_writes(25);
}

TEST(Server, IsUnavailableWhileItIsAwayAndThenBack) {
    const TemporaryDirectory directory;
    const auto database = Database::open({.data_dir = directory.path().string()}, small_options());
    const std::int64_t process = database->server_process();
    // Stopped, not dead: it takes connections and answers none.
    ASSERT_EQ(::kill(static_cast<pid_t>(process), SIGSTOP), 0);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_THROW(database->store().ping(), ports::StoreUnavailable);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 8s);
    ASSERT_EQ(::kill(static_cast<pid_t>(process), SIGKILL), 0);
    wait_for_server(*database, process);
    set(*database, "back", "yes");
    EXPECT_EQ(get(*database, "back"), "yes");
}

/// A service in a process of its own, writing; says each acknowledged key on its pipe.
struct OtherProcess {
    pid_t process = 0;
    int pipe = -1;
};

OtherProcess start_writer(const std::string& directory) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("pipe");
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        const auto database = Database::open({.data_dir = directory}, small_options());
        for (int number = 0;; ++number) {
            const std::string key = std::to_string(::getpid()) + "-" + std::to_string(number);
            set(*database, key, "x");
            const std::string line = key + "\n";
            if (::write(ends[1], line.data(), line.size()) < 0) ::_exit(1);
        }
    }
    ::close(ends[1]);
    return {child, ends[0]};
}

std::set<std::string> lines_of(int pipe, std::size_t wanted) {
    std::set<std::string> lines;
    std::string line;
    char letter = 0;
    while (lines.size() < wanted && ::read(pipe, &letter, 1) == 1) {
        if (letter != '\n') {
            line += letter;
            continue;
        }
        lines.insert(line);
        line.clear();
    }
    return lines;
}

TEST(Server, KilledOwnerLeavesADirectoryThatOpensAtOnce) {
    const TemporaryDirectory directory;
    std::set<std::string> acknowledged;
    for (int round = 0; round < 2; ++round) {
        const OtherProcess other = start_writer(directory.path().string());
        std::set<std::string> lines = lines_of(other.pipe, 20);
        ASSERT_EQ(lines.size(), 20U);
        expect_fault("database.directory_in_use", directory.path().string());
        ASSERT_EQ(::kill(other.process, SIGKILL), 0);
        ASSERT_EQ(::waitpid(other.process, nullptr, 0), other.process);
        const std::set<std::string> rest = lines_of(other.pipe, 1'000'000);
        ::close(other.pipe);
        acknowledged.insert(lines.begin(), lines.end());
        acknowledged.insert(rest.begin(), rest.end());
        const auto database =
            Database::open({.data_dir = directory.path().string()}, small_options());
        for (const std::string& key : acknowledged) EXPECT_EQ(get(*database, key), "x") << key;
    }
}

// As after a crash without the death signal: a server holds the files, and nobody owns it.
TEST(Server, OrphanIsEndedFirst) {
    const TemporaryDirectory directory;
    const std::string copy = (directory.path() / "db").string();
    { (void)Database::open({.data_dir = directory.path().string()}, small_options()); }
    const std::string data = copy + "/data";
    const pid_t orphan = ::fork();
    if (orphan == 0) {
        const std::string datadir = "--datadir=" + data;
        const std::string user = "--user=" + user_name();
        const std::string log = "--log-error=" + copy + "/orphan.log";
        ::execl(
            "/usr/sbin/mariadbd",
            "mariadbd",
            "--no-defaults",
            datadir.c_str(),
            user.c_str(),
            log.c_str(),
            "--socket=s",
            "--skip-networking",
            static_cast<char*>(nullptr)
        );
        ::_exit(127);
    }
    for (int i = 0; i < 3000 && holder_of(data) != orphan; ++i) std::this_thread::sleep_for(10ms);
    ASSERT_EQ(holder_of(data), orphan);
    std::thread reaper([&] { ::waitpid(orphan, nullptr, 0); });
    const auto database = Database::open({.data_dir = directory.path().string()}, small_options());
    reaper.join();
    EXPECT_NE(database->server_process(), orphan);
    set(*database, "after", "the orphan");
}

TEST(Server, WorksAsAnOrdinaryUser) {
    if (::geteuid() != 0) GTEST_SKIP() << "every other test runs as one already";
    constexpr uid_t kNobody = 65534;
    const TemporaryDirectory directory;
    std::filesystem::permissions(directory.path(), std::filesystem::perms::all);
    for (auto above = directory.path().parent_path(); above != above.root_path();
         above = above.parent_path()) {
        if ((std::filesystem::status(above).permissions() & std::filesystem::perms::others_exec) ==
            std::filesystem::perms::none) {
            GTEST_SKIP() << "other users cannot reach " << above;
        }
    }
    const pid_t child = ::fork();
    if (child == 0) {
        if (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0) ::_exit(3);
        try {
            const auto database =
                Database::open({.data_dir = (directory.path() / "own").string()}, small_options());
            set(*database, "who", "nobody");
            ::_exit(get(*database, "who") == "nobody" ? 0 : 4);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s\n", error.what());
            ::_exit(5);
        }
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    expect_fault("database.directory_foreign", (directory.path() / "own").string());
}

}  // namespace
}  // namespace jicai::sql::testing
