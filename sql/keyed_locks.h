#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <utility>

namespace jicai::sql {

/// One holder per text at a time. Requests with one idempotency key queue up here instead of on the
/// row, where a roll-back of the first makes the others deadlock.
class KeyedLocks {
public:
    class Hold {
    public:
        Hold(KeyedLocks& locks, std::string key) : locks_(&locks), key_(std::move(key)) {}
        ~Hold() {
            if (locks_ != nullptr) locks_->release(key_);
        }
        Hold(Hold&& other) noexcept
            : locks_(std::exchange(other.locks_, nullptr)), key_(std::move(other.key_)) {}
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;
        Hold& operator=(Hold&&) = delete;

    private:
        KeyedLocks* locks_;
        std::string key_;
    };

    /// False after `wait`: another one still holds it.
    bool take(const std::string& key, std::chrono::milliseconds wait) {
        std::unique_lock lock(mutex_);
        if (!released_.wait_for(lock, wait, [&] { return held_.count(key) == 0; })) return false;
        held_.insert(key);
        return true;
    }

private:
    void release(const std::string& key) {
        {
            const std::lock_guard lock(mutex_);
            held_.erase(key);
        }
        released_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable released_;
    std::set<std::string> held_;
};

}  // namespace jicai::sql
