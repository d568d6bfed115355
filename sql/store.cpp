#include <sql/audit_chain.h>
#include <sql/disk_space.h>
#include <sql/store.h>
#include <sql/transaction.h>
#include <sql/transaction_guard.h>

#include <spdlog/spdlog.h>

#include <array>
#include <chrono>
#include <thread>

namespace jicai::sql {
namespace {

using std::chrono::milliseconds;

// Between attempts: together about three seconds, in which a private server is back.
constexpr std::array<milliseconds, 5> kPauses{
    milliseconds(10), milliseconds(60), milliseconds(250), milliseconds(800), milliseconds(1800)};
/// A database that does not answer at all is not asked again after so long.
constexpr std::chrono::seconds kRepeatMax{10};
constexpr milliseconds kPoolWait{3000};
/// Somebody waits for every question of the store; a migration or a backup may take longer.
constexpr int kAnswerSeconds = 10;
constexpr int kPingSeconds = 2;

// Two that met once should not meet again: their connections have different numbers.
Endpoint for_requests(Endpoint endpoint) {
    endpoint.answer_seconds_max = kAnswerSeconds;
    return endpoint;
}

milliseconds pause_of(std::size_t attempt, std::int64_t spread) {
    return kPauses.at(attempt) + milliseconds(spread % 16 * kPauses.at(attempt).count() / 32);
}

[[noreturn]] void give_up(const DatabaseError& error) {
    switch (error.kind()) {
        case ErrorKind::full:
            throw ports::StoreFull(error.what());
        case ErrorKind::conflict:
        case ErrorKind::unavailable:
            throw ports::StoreUnavailable(error.what());
        case ErrorKind::duplicate:
        case ErrorKind::other:
            break;
    }
    throw error;
}

bool worth_repeating(const DatabaseError& error) {
    return error.kind() == ErrorKind::conflict || error.kind() == ErrorKind::unavailable;
}

}  // namespace

/// One run of a work and what is known about its end.
struct SqlStore::Attempt {
    bool lost_at_commit = false;
    bool loss_noted = false;  ///< counted and logged
    bool repeated_after_loss = false;
    AppendedEntry appended = {};
};

SqlStore::SqlStore(Endpoint endpoint, std::size_t connections_max)
    : pool_(for_requests(std::move(endpoint)), connections_max),
      claims_(std::make_unique<KeyedLocks>()) {}

SqlStore::~SqlStore() = default;

void SqlStore::run_once(const std::function<void(ports::Transaction&)>& work, Attempt& attempt) {
    attempt.lost_at_commit = false;
    Pool::Lease connection = pool_.acquire(Isolation::read_committed, kPoolWait);
    SqlTransaction transaction(*connection, *claims_);
    TransactionGuard guard(*connection);
    work(transaction);
    if (attempt.repeated_after_loss) {
        ports::AuditEntry entry;
        entry.at = connection->query("SELECT UTC_TIMESTAMP(6)").at(0).moment(0);
        entry.action = "database.commit_repeated";
        entry.result = "done";
        transaction.audit().append(entry);
    }
    attempt.appended = transaction.last_appended();
    if (before_commit) before_commit(*connection);
    try {
        guard.commit();
    } catch (const DatabaseError& error) {
        if (error.kind() == ErrorKind::unavailable) {
            attempt.lost_at_commit = true;
            connection.distrust();
        }
        throw;
    }
}

bool SqlStore::was_saved(const Attempt& attempt) {
    if (attempt.appended.id == 0) return false;
    Pool::Lease connection = pool_.acquire(Isolation::read_committed, kPoolWait);
    TransactionGuard guard(*connection);
    // Locking: where the lost transaction is still ending, its end is waited for.
    const std::vector<Row> rows = connection->query(
        "SELECT " + entry_columns() + " FROM audit_entries e WHERE e.id = ? LOCK IN SHARE MODE",
        {attempt.appended.id}
    );
    return !rows.empty() && hash_of(entry_of(rows[0])) == attempt.appended.hash;
}

void SqlStore::write(const std::function<void(ports::Transaction&)>& work) {
    if (space_ != nullptr && !space_->enough()) {
        ++failures_;
        throw ports::StoreFull("the disk of the database is full");
    }
    Attempt attempt;
    const auto until = std::chrono::steady_clock::now() + kRepeatMax;
    for (std::size_t number = 0;; ++number) {
        try {
            if (attempt.lost_at_commit) {
                if (was_saved(attempt)) break;
                attempt.lost_at_commit = false;
                attempt.loss_noted = false;
                attempt.repeated_after_loss = true;
            }
            run_once(work, attempt);
            break;
        } catch (const DatabaseError& error) {
            ++rollbacks_;
            if (error.kind() == ErrorKind::unavailable) pool_.forget_idle();
            if (attempt.lost_at_commit && !attempt.loss_noted) {
                attempt.loss_noted = true;
                ++lost_commits_;
                spdlog::warn("database: connection lost at COMMIT: {}", error.what());
            }
            const bool again = worth_repeating(error) && number < kPauses.size() &&
                               std::chrono::steady_clock::now() < until;
            if (!again) {
                ++failures_;
                give_up(error);
            }
            ++retries_;
            spdlog::debug("database: transaction runs again: {}", error.what());
            std::this_thread::sleep_for(pause_of(number, retries_.load()));
        } catch (const std::exception&) {
            ++rollbacks_;
            throw;
        }
    }
    ++commits_;
}

void SqlStore::read(const std::function<void(ports::Transaction&)>& work) {
    const auto until = std::chrono::steady_clock::now() + kRepeatMax;
    for (std::size_t number = 0;; ++number) {
        try {
            Pool::Lease connection = pool_.acquire(Isolation::repeatable_read, kPoolWait);
            SqlTransaction transaction(*connection, *claims_);
            TransactionGuard guard(*connection, kBeginSnapshot);
            work(transaction);
            guard.commit();
            return;
        } catch (const DatabaseError& error) {
            if (error.kind() == ErrorKind::unavailable) pool_.forget_idle();
            if (!worth_repeating(error) || number >= kPauses.size() ||
                std::chrono::steady_clock::now() >= until) {
                ++failures_;
                give_up(error);
            }
            ++retries_;
            std::this_thread::sleep_for(pause_of(number, retries_.load()));
        }
    }
}

void SqlStore::ping() {
    const std::unique_lock lock(ping_mutex_, std::chrono::seconds(kPingSeconds));
    if (!lock.owns_lock()) throw ports::StoreUnavailable("the database does not answer");
    try {
        // The kept connection may be one to a server that has been restarted since.
        if (ping_connection_ && !ping_connection_->answers()) ping_connection_.reset();
        if (!ping_connection_) {
            Endpoint endpoint = pool_.endpoint();
            endpoint.connect_seconds_max = kPingSeconds;
            endpoint.answer_seconds_max = kPingSeconds;
            ping_connection_ = std::make_unique<Connection>(endpoint);
        }
        (void)ping_connection_->query("SELECT number FROM audit_head WHERE id = 1");
    } catch (const DatabaseError& error) {
        ping_connection_.reset();
        throw ports::StoreUnavailable(error.what());
    }
}

std::int64_t SqlStore::purge_answers(std::int64_t answers_max) {
    const Pool::Lease connection = pool_.acquire(Isolation::read_committed, kPoolWait);
    return connection->change(
        "DELETE FROM idempotency_keys WHERE answered_at < "
        "UTC_TIMESTAMP(6) - INTERVAL 7 DAY ORDER BY answered_at LIMIT " +
        std::to_string(answers_max)
    );
}

std::map<std::string, std::int64_t> SqlStore::figures() const {
    std::map<std::string, std::int64_t> figures = pool_.figures();
    figures["commits_total"] = commits_.load();
    figures["rollbacks_total"] = rollbacks_.load();
    figures["retries_total"] = retries_.load();
    figures["lost_commits_total"] = lost_commits_.load();
    figures["failures_total"] = failures_.load();
    return figures;
}

}  // namespace jicai::sql
