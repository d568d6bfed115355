#pragma once

#include <sql/connection.h>
#include <sql/error.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace jicai::sql {

/// A bounded number of connections to one endpoint, opened when needed and kept. Safe to use from
/// many threads; must outlive its leases.
class Pool {
public:
    /// A connection for as long as it is held.
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection);
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        [[nodiscard]] Connection& operator*() const { return *connection_; }
        [[nodiscard]] Connection* operator->() const { return connection_.get(); }
        /// It is in an unknown state: it will be closed, not kept.
        void distrust() { distrusted_ = true; }

    private:
        Pool& pool_;
        std::unique_ptr<Connection> connection_;
        bool distrusted_ = false;
    };

    Pool(Endpoint endpoint, std::size_t connections_max);

    /// A connection whose isolation is `isolation`; waits while all are in use.
    /// Throws ports::StoreUnavailable after `wait`, or DatabaseError where none can be opened.
    [[nodiscard]] Lease acquire(Isolation isolation, std::chrono::milliseconds wait);
    /// Closes what nobody uses, so that the next ones are new.
    void forget_idle();
    [[nodiscard]] std::map<std::string, std::int64_t> figures() const;
    [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }

private:
    /// \p connection null: a new one.
    Lease lease_of(std::unique_ptr<Connection> connection, Isolation isolation);
    std::unique_ptr<Connection> open();
    void give_back(std::unique_ptr<Connection> connection, bool distrusted);

    const Endpoint endpoint_;
    const std::size_t connections_max_;
    mutable std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Connection>> idle_;  ///< last used last
    std::size_t open_ = 0;
    std::int64_t opened_total_ = 0;
    std::int64_t dropped_total_ = 0;
    std::int64_t waits_total_ = 0;
    std::int64_t refusals_total_ = 0;
    std::mutex opening_;
    std::optional<DatabaseError> failure_;  ///< of the last attempt to connect
    std::chrono::steady_clock::time_point failed_at_;
};

}  // namespace jicai::sql
