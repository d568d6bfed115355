#pragma once

#include <sql/endpoint.h>
#include <sql/store.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace jicai::sql {

/// What has to be done to a database all the time: sealing the audit log every 200 ms, and removing
/// old answers in small portions. A thread with a connection of its own; where the database is
/// away it goes on when it is back.
class Keeper {
public:
    explicit Keeper(SqlStore& store);
    /// Seals what is left, then ends.
    ~Keeper();
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    [[nodiscard]] std::int64_t seals() const { return seals_.load(); }
    [[nodiscard]] std::int64_t purged() const { return purged_.load(); }

private:
    void run();

    SqlStore& store_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::atomic<std::int64_t> seals_{0};
    std::atomic<std::int64_t> purged_{0};
    std::thread thread_;
};

}  // namespace jicai::sql
