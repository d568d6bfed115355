#pragma once

#include <sql/connection.h>

#include <string_view>

namespace jicai::sql {

inline constexpr std::string_view kBeginSnapshot =
    "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY";

/// A transaction from here to commit(), or to the end of the scope, which rolls back.
class TransactionGuard {
public:
    explicit TransactionGuard(Connection& connection, std::string_view begin = "START TRANSACTION")
        : connection_(connection) {
        connection_.execute(begin);
    }
    ~TransactionGuard() {
        if (open_ && !connection_.broken()) roll_back();
    }
    TransactionGuard(const TransactionGuard&) = delete;
    TransactionGuard& operator=(const TransactionGuard&) = delete;

    /// Throws DatabaseError; where that is of kind unavailable, nobody knows whether it was saved.
    void commit() {
        open_ = false;
        connection_.execute("COMMIT");
    }

private:
    void roll_back() noexcept {
        try {
            connection_.execute("ROLLBACK");
        } catch (const DatabaseError&) {
            // The connection is broken now, or its next START TRANSACTION will say so.
        }
    }

    Connection& connection_;
    bool open_ = true;
};

}  // namespace jicai::sql
