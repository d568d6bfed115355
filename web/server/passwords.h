#pragma once

#include <engine/ports/secrets.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace jicai::web {

/// How many hashes are computed at once and how many may wait for it.
struct PasswordLimits {
    int at_once = 2;   ///< each takes 64 MiB
    int waiting = 20;  ///< more are refused with request.busy (503, try again)
};

/// Failed log-ins under names that nobody has; bounded, forgotten when the service ends. Safe to
/// use from many threads.
class UnknownNames final : public ports::UnknownLogins {
public:
    /// Counts as accounts::sign_in does for real ones.
    [[nodiscard]] std::optional<ports::Moment> fail(const std::string& login, ports::Moment wall)
        override;

private:
    struct Count {
        std::int64_t failures = 0;
        std::optional<ports::Moment> locked_until;
        ports::Moment last;
    };
    std::mutex mutex_;
    std::map<std::string, Count> counts_;
};

/// argon2id of libsodium with its interactive limits (64 MiB), capped in memory and processors.
/// Safe to use from many threads.
class Passwords {
public:
    explicit Passwords(PasswordLimits limits = {});
    /// Encoded with salt and parameters. Refused with request.busy.
    [[nodiscard]] std::string hash(const std::string& password);
    /// Whether `password` has this hash; an empty hash costs the same and is nobody's.
    /// Refused with request.busy.
    [[nodiscard]] bool verify(const std::string& hash, const std::string& password);
    /// Names that nobody has, and how often they failed.
    [[nodiscard]] UnknownNames& unknown_names() { return unknown_names_; }

private:
    class Slot;
    const PasswordLimits limits_;
    std::mutex mutex_;
    std::condition_variable freed_;
    int running_ = 0;
    int waiting_ = 0;
    std::once_flag nobody_made_;
    std::string nobody_;  ///< a hash of a password nobody knows
    UnknownNames unknown_names_;
};

}  // namespace jicai::web
