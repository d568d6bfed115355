#pragma once

#include <engine/ports/store.h>
#include <sql/pool.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace jicai::sql {

class DiskSpace;
class KeyedLocks;
class SqlTransaction;

/// ports::Store over a pool of connections. Retries as the port promises: a transaction at most six
/// times, for about three seconds. Where a connection is lost at COMMIT, the last audit entry the
/// work appended tells whether it was saved; if it was not, the work runs once more, and an audit
/// entry (action database.commit_repeated) says so.
class SqlStore final : public ports::Store {
public:
    SqlStore(Endpoint endpoint, std::size_t connections_max);
    ~SqlStore() override;

    void write(const std::function<void(ports::Transaction&)>& work) override;
    void read(const std::function<void(ports::Transaction&)>& work) override;
    void ping() override;
    [[nodiscard]] std::map<std::string, std::int64_t> figures() const override;

    /// Removes answers older than seven days before the database's own time, at most
    /// `answers_max`; returns how many.
    std::int64_t purge_answers(std::int64_t answers_max);
    [[nodiscard]] Pool& pool() { return pool_; }
    /// Asked before every write; where there is not enough, the write is StoreFull.
    void watch_space(const DiskSpace* space) { space_ = space; }
    [[nodiscard]] const DiskSpace* space() const { return space_; }

    /// Tests: runs on the connection just before its COMMIT.
    std::function<void(Connection&)> before_commit = {};

private:
    enum class Outcome { saved, unknown };
    struct Attempt;
    void run_once(const std::function<void(ports::Transaction&)>& work, Attempt& attempt);
    bool was_saved(const Attempt& attempt);

    Pool pool_;
    std::unique_ptr<KeyedLocks> claims_;
    const DiskSpace* space_ = nullptr;
    std::timed_mutex ping_mutex_;
    std::unique_ptr<Connection> ping_connection_;
    std::atomic<std::int64_t> commits_{0};
    std::atomic<std::int64_t> rollbacks_{0};
    std::atomic<std::int64_t> retries_{0};
    std::atomic<std::int64_t> lost_commits_{0};
    std::atomic<std::int64_t> failures_{0};
};

}  // namespace jicai::sql
