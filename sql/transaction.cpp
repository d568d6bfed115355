#include <engine/money/check.h>
#include <sql/transaction.h>

namespace jicai::sql {
namespace {

constexpr std::chrono::milliseconds kClaimWait{5000};

}  // namespace

std::optional<ports::StoredAnswer> SqlTransaction::claim(
    const std::string& actor, const std::string& key
) {
    JICAI_CHECK(!held_);
    const std::string name = actor + "\n" + key;
    if (!claims_.take(name, kClaimWait)) {
        throw ports::StoreUnavailable("an earlier request with this key is still being worked on");
    }
    held_.emplace(claims_, name);
    try {
        connection_.change(
            "INSERT INTO idempotency_keys (actor, idempotency_key, request_digest, status, body, "
            "answered_at) VALUES (?, ?, '', 0, '', NULL)",
            {actor, key}
        );
        return std::nullopt;
    } catch (const DatabaseError& error) {
        if (error.kind() != ErrorKind::duplicate) throw;
    }
    // A locking read: it sees what was committed after this transaction began.
    const std::vector<Row> rows = connection_.query(
        "SELECT request_digest, status, body FROM idempotency_keys "
        "WHERE actor = ? AND idempotency_key = ? LOCK IN SHARE MODE",
        {actor, key}
    );
    // Purged between the two statements: as if the lock had been waited for in vain.
    if (rows.empty()) throw DatabaseError(1205, "HY000", "the stored answer was purged just now");
    return ports::StoredAnswer{rows[0].text(0), rows[0].number(1), rows[0].text(2)};
}

void SqlTransaction::answer(
    const std::string& actor,
    const std::string& key,
    const ports::StoredAnswer& answer,
    ports::Moment now
) {
    JICAI_CHECK(held_.has_value());
    const std::int64_t changed = connection_.change(
        "UPDATE idempotency_keys SET request_digest = ?, status = ?, body = ?, answered_at = ? "
        "WHERE actor = ? AND idempotency_key = ?",
        {answer.request_digest, answer.status, answer.body, now, actor, key}
    );
    JICAI_CHECK(changed == 1);
}

}  // namespace jicai::sql
