// Saved while others write, restored the same; whatever is damaged leaves nothing behind.
#include <sql/backup.h>
#include <sql/backup_file.h>
#include <sql/connection.h>

#include <tests/sql/fixture.h>

#include <atomic>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>
#include <vector>

namespace jicai::sql::testing {
namespace {

namespace fs = std::filesystem;
using ports::Transaction;

class Backup : public DatabaseTest {
protected:
    static void SetUpTestSuite() {
        DatabaseTest::SetUpTestSuite();
        store().write([](Transaction& transaction) {
            for (int i = 0; i < 300; ++i) {
                const std::int64_t id =
                    transaction.people().add(organisation("B" + std::to_string(1000 + i)));
                transaction.people().add(user("b" + std::to_string(i), id));
            }
            std::string bytes;
            std::minstd_rand noise(7);  // nothing in it repeats, so that every bit counts
            for (int i = 0; i < 3'000'000; ++i) bytes += static_cast<char>(noise() % 256);
            ports::StoredRound round;
            round.id = "BACKUP";
            round.changed_at = kNow;
            transaction.rounds().add(round, {{"a.csv", bytes}, {"空.csv", ""}});
        });
    }
    void SetUp() override { work_ = std::make_unique<TemporaryDirectory>(); }

    [[nodiscard]] fs::path file() const { return work_->path() / "backup.gz"; }
    [[nodiscard]] fs::path target() const { return work_->path() / "restored"; }
    void refused(const std::string& key) {
        try {
            (void)restore(file(), target(), small_options());
            FAIL() << "restored";
        } catch (const DatabaseFault& fault) {
            EXPECT_EQ(fault.why().key, key) << fault.what();
        }
        for (const auto& entry : fs::directory_iterator(work_->path())) {
            EXPECT_EQ(entry.path(), file());  // nothing left behind
        }
    }
    static std::string bytes_of(const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static void write_bytes(const fs::path& path, const std::string& bytes) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    }

    std::unique_ptr<TemporaryDirectory> work_;
};

TEST_F(Backup, UnderLoadRestoresToTheDigestsOfItsSnapshot) {
    std::atomic<bool> writing{true};
    std::atomic<int> written{0};
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 3; ++writer) {
        writers.emplace_back([&, writer] {
            for (int i = 0; writing; ++i) {
                store().write([&](Transaction& transaction) {
                    // Two rows that must be saved both or not at all.
                    const std::string name = std::to_string(writer) + "-" + std::to_string(i);
                    transaction.settings().set("left " + name, "𠮷");
                    ports::AuditEntry entry;
                    entry.at = kNow;
                    entry.action = "test.loaded";
                    entry.object = "left " + name;
                    transaction.audit().append(entry);
                });
                ++written;
            }
        });
    }
    while (written < 50) std::this_thread::yield();
    const int before = written;
    const SavedBackup saved = back_up(database(), file(), "9.9.9");
    const int after = written;
    writing = false;
    for (std::thread& writer : writers) writer.join();
    EXPECT_GT(saved.bytes, 1000);
    EXPECT_EQ(saved.manifest.version, "9.9.9");

    const RestoredBackup restored = restore(file(), target(), small_options());
    ASSERT_EQ(restored.manifest.tables.size(), saved.manifest.tables.size());
    for (std::size_t i = 0; i < saved.manifest.tables.size(); ++i) {
        EXPECT_EQ(restored.manifest.tables[i].name, saved.manifest.tables[i].name);
        EXPECT_EQ(restored.manifest.tables[i].rows, saved.manifest.tables[i].rows);
        EXPECT_EQ(restored.manifest.tables[i].digest, saved.manifest.tables[i].digest);
    }
    EXPECT_TRUE(restored.audit.whole) << restored.audit.broken;
    EXPECT_EQ(restored.audit.head, saved.manifest.audit_head);

    const auto copy = Database::open({.data_dir = target().string()}, small_options());
    Connection connection(copy->sql_store().pool().endpoint());
    const auto number = [&](const char* from) {
        return connection.query(std::string("SELECT COUNT(*) FROM ") + from).at(0).number(0);
    };
    const std::int64_t settings = number("settings WHERE name LIKE 'left %'");
    EXPECT_EQ(settings, number("audit_entries WHERE action = 'test.loaded'"));
    EXPECT_GE(settings, before);
    EXPECT_LE(settings, after + 3);
    EXPECT_EQ(number("users"), 300);
    std::map<std::string, std::string> files;
    store().read([&](Transaction& t) { files = t.rounds().files("BACKUP"); });
    copy->store().read([&](Transaction& t) { EXPECT_EQ(t.rounds().files("BACKUP"), files); });
    // And it goes on: new ids follow the old ones, new seals the old head.
    copy->store().write([&](Transaction& transaction) {
        EXPECT_GT(transaction.people().add(organisation("AFTER-RESTORE")), 300);
    });
}

TEST_F(Backup, ExistingFileIsKept) {
    write_bytes(file(), "mine");
    EXPECT_THROW((void)back_up(database(), file(), "1"), DatabaseFault);
    EXPECT_EQ(bytes_of(file()), "mine");
}

TEST_F(Backup, UnwritableFolderLeavesNothing) {
    try {
        (void)back_up(database(), work_->path() / "missing" / "backup.gz", "1");
        FAIL() << "saved";
    } catch (const DatabaseFault& fault) {
        EXPECT_EQ(fault.why().key, "database.backup_write_failed");
    }
    EXPECT_TRUE(fs::is_empty(work_->path()));
}

TEST_F(Backup, DirectoryWithContentIsRefused) {
    (void)back_up(database(), file(), "1");
    fs::create_directories(target());
    write_bytes(target() / "mine", "mine");
    try {
        (void)restore(file(), target(), small_options());
        FAIL() << "restored";
    } catch (const DatabaseFault& fault) {
        EXPECT_EQ(fault.why().key, "database.restore_not_empty");
    }
    EXPECT_EQ(bytes_of(target() / "mine"), "mine");
}

TEST_F(Backup, TruncatedOnesAreRefused) {
    (void)back_up(database(), file(), "1");
    const std::string whole = bytes_of(file());
    for (const std::size_t cut : {std::size_t{1}, std::size_t{8}, whole.size() / 2, whole.size()}) {
        SCOPED_TRACE(cut);
        write_bytes(file(), whole.substr(0, whole.size() - cut));
        refused("database.backup_damaged");
    }
}

TEST_F(Backup, DamagedBytesAreRefused) {
    (void)back_up(database(), file(), "1");
    const std::string whole = bytes_of(file());
    for (std::size_t i = 1; i < 12; ++i) {
        std::string damaged = whole;
        const std::size_t at = whole.size() * i / 12;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        SCOPED_TRACE(at);
        write_bytes(file(), damaged);
        refused("database.backup_damaged");
    }
    write_bytes(file(), whole + whole.substr(0, 40));
    refused("database.backup_damaged");
    write_bytes(file(), "no backup at all");
    refused("database.backup_damaged");
}

TEST_F(Backup, MissingFileIsSaid) {
    refused("database.backup_unreadable");
}

// Whole by its own digests, but not what this binary's migrations make.
TEST_F(Backup, OneOfALaterVersionIsRefused) {
    BackupWriter writer(file());
    writer.write("manifest version 99.0.0\n");
    writer.write("manifest migration " + std::string(64, 'a') + "\n");
    (void)writer.finish();
    refused("database.backup_newer");
}

TEST_F(Backup, OtherTablesThanOursAreRefused) {
    {
        BackupWriter writer(file());
        const std::string line = row_line({"1", std::nullopt});
        writer.write("table strangers id name\n");
        writer.write(line);
        writer.write("end strangers 1 " + std::string(64, 'a') + "\n");
        writer.write("manifest version 1\n");
        (void)writer.finish();
    }
    refused("database.backup_damaged");
    fs::remove(file());
    BackupWriter writer(file());
    writer.write("manifest version 1\n");
    const auto migrations = connect()->query("SELECT checksum FROM migrations");
    for (const Row& row : migrations) writer.write("manifest migration " + row.text(0) + "\n");
    (void)writer.finish();
    refused("database.restore_differs");
}

}  // namespace
}  // namespace jicai::sql::testing
