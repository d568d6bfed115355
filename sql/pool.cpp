#include <engine/ports/page.h>
#include <sql/pool.h>

#include <algorithm>
#include <utility>

namespace jicai::sql {

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection)
    : pool_(pool), connection_(std::move(connection)) {}

Pool::Lease::~Lease() {
    pool_.give_back(std::move(connection_), distrusted_);
}

Pool::Pool(Endpoint endpoint, std::size_t connections_max)
    : endpoint_(std::move(endpoint)), connections_max_(connections_max) {}

Pool::Lease Pool::acquire(Isolation isolation, std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    if (idle_.empty() && open_ >= connections_max_) {
        ++waits_total_;
        const auto free = [this] { return !idle_.empty() || open_ < connections_max_; };
        if (!freed_.wait_for(lock, wait, free)) {
            ++refusals_total_;
            throw ports::StoreUnavailable("all connections to the database are in use");
        }
    }
    if (!idle_.empty()) {
        const auto fits = std::find_if(idle_.rbegin(), idle_.rend(), [&](const auto& connection) {
            return connection->isolation() == isolation;
        });
        const auto taken = fits == idle_.rend() ? idle_.end() - 1 : fits.base() - 1;
        std::unique_ptr<Connection> connection = std::move(*taken);
        idle_.erase(taken);
        lock.unlock();
        return lease_of(std::move(connection), isolation);
    }
    ++open_;
    ++opened_total_;
    lock.unlock();
    return lease_of(nullptr, isolation);
}

// One after another, as the driver makes them. Where the server is there but does not answer, each
// attempt takes its whole time; whoever waited for one shares its failure instead of the queue.
std::unique_ptr<Connection> Pool::open() {
    const auto asked = std::chrono::steady_clock::now();
    const std::lock_guard lock(opening_);
    if (failure_ && failed_at_ > asked) throw DatabaseError(*failure_);
    try {
        return std::make_unique<Connection>(endpoint_);
    } catch (const DatabaseError& error) {
        failure_ = error;
        failed_at_ = std::chrono::steady_clock::now();
        throw;
    }
}

Pool::Lease Pool::lease_of(std::unique_ptr<Connection> connection, Isolation isolation) {
    try {
        if (connection == nullptr) connection = open();
        connection->set_isolation(isolation);
    } catch (const std::exception&) {
        give_back(nullptr, true);
        throw;
    }
    return {*this, std::move(connection)};
}

void Pool::give_back(std::unique_ptr<Connection> connection, bool distrusted) {
    const bool keep = connection != nullptr && !distrusted && !connection->broken();
    {
        const std::lock_guard lock(mutex_);
        if (keep) {
            idle_.push_back(std::move(connection));
        } else {
            --open_;
            ++dropped_total_;
        }
    }
    freed_.notify_one();
}

void Pool::forget_idle() {
    std::vector<std::unique_ptr<Connection>> closing;
    {
        const std::lock_guard lock(mutex_);
        closing.swap(idle_);
        open_ -= closing.size();
        dropped_total_ += static_cast<std::int64_t>(closing.size());
    }
    freed_.notify_all();
}

std::map<std::string, std::int64_t> Pool::figures() const {
    const std::lock_guard lock(mutex_);
    return {
        {"connections_max", static_cast<std::int64_t>(connections_max_)},
        {"connections_open", static_cast<std::int64_t>(open_)},
        {"connections_busy", static_cast<std::int64_t>(open_ - idle_.size())},
        {"connections_opened_total", opened_total_},
        {"connections_dropped_total", dropped_total_},
        {"connection_waits_total", waits_total_},
        {"connection_refusals_total", refusals_total_},
    };
}

}  // namespace jicai::sql
