// A disk that is full: refused cleanly, readable meanwhile, undamaged afterwards.
#include <sql/connection.h>

#include <fcntl.h>
#include <sys/mount.h>
#include <tests/sql/fixture.h>
#include <unistd.h>

#include <chrono>
#include <thread>

namespace jicai::sql::testing {
namespace {

using ports::Transaction;

/// A file system of its own in memory; empty path where it cannot be mounted.
class SmallDisk {
public:
    SmallDisk() {
        if (::mount("tmpfs", place_.path().c_str(), "tmpfs", 0, "size=180m") == 0) mounted_ = true;
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(place_.path().c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool mounted() const { return mounted_; }
    [[nodiscard]] const std::filesystem::path& path() const { return place_.path(); }

    /// Takes all space there is left.
    void fill() const {
        const int file = ::open((path() / "filler").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        const std::string block(4096, 'x');
        while (::write(file, block.data(), block.size()) > 0) {
        }
        ::close(file);
    }
    void empty() const { std::filesystem::remove(path() / "filler"); }

private:
    TemporaryDirectory place_;
    bool mounted_ = false;
};

TEST(FullDisk, IsSaidReadableAndHarmless) {
    const SmallDisk disk;
    if (!disk.mounted()) GTEST_SKIP() << "a small disk can be mounted by root only";
    const std::string directory = (disk.path() / "data").string();
    const std::string piece(500'000, 'x');
    int kept = 0;
    {
        const auto database = Database::open({.data_dir = directory}, small_options());
        const auto put = [&](int number) {
            database->store().write([&](Transaction& transaction) {
                transaction.settings().set("piece " + std::to_string(number), piece);
                ports::AuditEntry entry;
                entry.at = kNow;
                entry.action = "test.piece";
                transaction.audit().append(entry);
            });
        };
        // First by our own writing, until there is no room for more.
        const auto put_until_full = [&] {
            for (;;) {
                try {
                    put(kept);
                    ++kept;
                } catch (const ports::StoreFull&) {
                    return;
                }
                ASSERT_LT(kept, 1000);
            }
        };
        put_until_full();
        EXPECT_GT(kept, 10);
        // Then by somebody else, to the last byte.
        disk.fill();
        std::this_thread::sleep_for(std::chrono::seconds(1));
        put_until_full();
        database->store().ping();
        database->store().read([&](Transaction& transaction) {
            EXPECT_EQ(transaction.settings().get("piece 0"), piece);
            EXPECT_FALSE(transaction.settings().get("piece " + std::to_string(kept)));
        });
        EXPECT_EQ(database->store().figures().at("server_restarts_total"), 0);
    }
    {  // Even started on the full disk it can be read.
        const auto database = Database::open({.data_dir = directory}, small_options());
        database->store().read([&](Transaction& transaction) {
            EXPECT_EQ(transaction.settings().get("piece 0"), piece);
        });
        EXPECT_THROW(
            database->store().write([](Transaction& t) { t.settings().set("no", "room"); }),
            ports::StoreFull
        );
        disk.empty();
        database->store().write([](Transaction& t) { t.settings().set("room", "again"); });
    }
    const auto database = Database::open({.data_dir = directory}, small_options());
    database->store().read([&](Transaction& transaction) {
        for (int i = 0; i < kept; ++i) {
            EXPECT_EQ(transaction.settings().get("piece " + std::to_string(i)), piece) << i;
        }
        EXPECT_EQ(transaction.audit().find({.action = "test.piece"}).total, kept);
        const auto chain = transaction.audit().verify();
        EXPECT_TRUE(chain.whole) << chain.broken;
    });
}

}  // namespace
}  // namespace jicai::sql::testing
