#include <catalogs/sha256/sha256.h>
#include <web/server/callers.h>
#include <web/server/connections.h>

#include <iterator>

namespace jicai::web {
namespace {

constexpr std::int64_t kFreshMillis = 1000;
constexpr std::int64_t kLivelyMillis = 60'000;
constexpr std::size_t kKnownMax = 20'000;
constexpr std::size_t kSecretBytesMax = 200;

}  // namespace

template <typename Find>
Callers::Caller Callers::look_up(const std::string& digest, Find find) {
    const std::int64_t now = steady_millis();
    std::int64_t generation = 0;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto known = known_.find(digest);
        if (known != known_.end() && now - known->second.looked_up < kFreshMillis) {
            return known->second.caller;
        }
        generation = generation_;
    }
    Caller caller;
    store_.read([&](ports::Transaction& transaction) {
        const std::optional<accounts::Caller> found = find(transaction);
        caller = found ? std::make_shared<const accounts::Caller>(*found) : nullptr;
    });
    const std::lock_guard<std::mutex> lock(mutex_);
    if (known_.size() >= kKnownMax) {
        for (auto at = known_.begin(); at != known_.end();) {
            at = now - at->second.looked_up > kFreshMillis ? known_.erase(at) : std::next(at);
        }
    }
    if (caller == nullptr) {
        known_.erase(digest);
    } else if (generation == generation_ && known_.size() < kKnownMax) {
        known_[digest] = {caller, now};
    }
    return caller;
}

Callers::Caller Callers::of_cookie(const std::string& cookie, ports::Moment wall) {
    if (cookie.empty() || cookie.size() > kSecretBytesMax) return nullptr;
    const std::string digest = secrets_.digest(cookie);
    const Caller caller = look_up("cookie:" + digest, [&](ports::Transaction& transaction) {
        return accounts::caller_of_session(transaction, digest, wall);
    });
    if (caller != nullptr && caller->touch) touch(*caller, wall);
    return caller;
}

bool Callers::was_replaced(const std::string& cookie) {
    if (cookie.empty() || cookie.size() > kSecretBytesMax) return false;
    const std::string digest = secrets_.digest(cookie);
    bool replaced = false;
    store_.read([&](ports::Transaction& transaction) {
        replaced = transaction.sessions().was_replaced(digest);
    });
    return replaced;
}

Callers::Caller Callers::of_key(const std::string& text, ports::Moment wall) {
    if (text.size() > kSecretBytesMax) return nullptr;
    const Caller caller =
        look_up("key:" + secrets_.digest(text), [&](ports::Transaction& transaction) {
            return accounts::caller_of_key(transaction, secrets_, text, wall);
        });
    if (caller != nullptr && caller->touch) touch(*caller, wall);
    return caller;
}

// Once a minute for each. Where the database can be read but not written (a full disk), reading
// goes on without it.
void Callers::touch(const accounts::Caller& caller, ports::Moment wall) {
    const std::string name = caller.key ? "touch:" + std::to_string(caller.key->id)
                                        : "touch:" + caller.session->id_digest;
    const std::int64_t now = steady_millis();
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        Entry& last = known_[name];
        if (last.looked_up != 0 && now - last.looked_up < kLivelyMillis) return;
        last.looked_up = now;
    }
    try {
        store_.write([&](ports::Transaction& transaction) {
            if (caller.key) {
                transaction.sessions().touch_key(caller.key->id, wall);
            } else {
                transaction.sessions().touch(caller.session->id_digest, wall);
            }
        });
    } catch (const ports::StoreUnavailable&) {
        const std::lock_guard<std::mutex> lock(mutex_);
        known_.erase(name);
    }
}

void Callers::forget() {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++generation_;
    known_.clear();
}

std::int64_t Callers::lively() const {
    const std::int64_t now = steady_millis();
    const std::lock_guard<std::mutex> lock(mutex_);
    std::int64_t count = 0;
    for (const auto& [name, entry] : known_) {
        const bool session = entry.caller != nullptr && entry.caller->session.has_value();
        if (session && now - entry.looked_up < kLivelyMillis) ++count;
    }
    return count;
}

}  // namespace jicai::web
