#pragma once

#include <sql/endpoint.h>
#include <sql/error.h>
#include <sql/value.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jicai::sql {

enum class Isolation : std::uint8_t { read_committed, repeatable_read };

/// One connection; used by one thread at a time. Statements with parameters are prepared once and
/// kept. Transactions are begun and ended by execute("START TRANSACTION"), execute("COMMIT"),
/// execute("ROLLBACK"): the connector's own commit() and rollback() swallow errors.
/// Errors of every method: DatabaseError. After one of kind unavailable the connection is broken.
class Connection {
public:
    /// Connects to the first host that answers. Session: strict mode, UTC, READ COMMITTED, lock
    /// wait of `lock_wait_seconds`.
    explicit Connection(const Endpoint& endpoint, int lock_wait_seconds = 5);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// A statement as it is, without parameters.
    void execute(std::string_view statement);
    /// The rows of a SELECT, all in memory.
    [[nodiscard]] std::vector<Row> query(
        std::string_view statement, const std::vector<Value>& values = {}
    );
    /// How many rows an INSERT, UPDATE or DELETE touched.
    std::int64_t change(std::string_view statement, const std::vector<Value>& values = {});
    /// Rows one by one, without keeping them. No other statement may run meanwhile.
    void stream(std::string_view statement, const std::function<void(const Row&)>& take);
    /// Id that the last INSERT of this connection was given.
    [[nodiscard]] std::int64_t last_id();

    /// Isolation of the following transactions; asks the server only where it changes.
    void set_isolation(Isolation isolation);
    [[nodiscard]] Isolation isolation() const;
    [[nodiscard]] bool broken() const;
    /// Asks the server.
    [[nodiscard]] bool answers();
    /// The server's number of this connection, as KILL takes it.
    [[nodiscard]] std::int64_t server_id();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace jicai::sql
