#pragma once

#include <engine/accounts/identity.h>
#include <engine/ports/secrets.h>
#include <engine/ports/store.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace jicai::web {

/// Who stands behind cookies and API keys, remembered for a second: a busy page costs the database
/// nothing, and what another process changed is seen a second later. What this process changed is
/// seen at once: forget(). Safe to use from many threads.
class Callers {
public:
    Callers(ports::Store& store, ports::Secrets& secrets) : store_(store), secrets_(secrets) {}

    using Caller = std::shared_ptr<const accounts::Caller>;
    /// Of the session's cookie. Null: nobody. Throws StoreUnavailable.
    [[nodiscard]] Caller of_cookie(const std::string& cookie, ports::Moment wall);
    /// Of "jk_<id>_<secret>". Null: nobody. Throws StoreUnavailable.
    [[nodiscard]] Caller of_key(const std::string& text, ports::Moment wall);
    /// Whether the session of that cookie ended because its user logged in anew. Throws
    /// StoreUnavailable.
    [[nodiscard]] bool was_replaced(const std::string& cookie);
    /// Everybody is looked up anew.
    void forget();
    /// Sessions that were used in the last minute, by this process.
    [[nodiscard]] std::int64_t lively() const;

private:
    struct Entry {
        Caller caller;
        std::int64_t looked_up = 0;  ///< steady milliseconds
    };
    template <typename Find>
    Caller look_up(const std::string& digest, Find find);
    void touch(const accounts::Caller& caller, ports::Moment wall);

    ports::Store& store_;
    ports::Secrets& secrets_;
    mutable std::mutex mutex_;
    std::map<std::string, Entry> known_;
    std::int64_t generation_ = 0;
};

}  // namespace jicai::web
