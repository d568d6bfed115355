#include <engine/accounts/password_rules.h>
#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <web/server/passwords.h>

#include <sodium.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <new>

namespace jicai::web {
namespace {

constexpr std::size_t kUnknownNamesMax = 10'000;
constexpr auto kWaitMax = std::chrono::seconds(10);

std::string hash_now(const std::string& password) {
    std::array<char, crypto_pwhash_STRBYTES> encoded{};
    if (crypto_pwhash_str_alg(
            encoded.data(),
            password.data(),
            password.size(),
            crypto_pwhash_OPSLIMIT_INTERACTIVE,
            crypto_pwhash_MEMLIMIT_INTERACTIVE,
            crypto_pwhash_ALG_ARGON2ID13
        ) != 0) {
        throw std::bad_alloc();  // the only way it fails
    }
    return encoded.data();
}

}  // namespace

std::optional<ports::Moment> UnknownNames::fail(const std::string& login, ports::Moment wall) {
    const std::lock_guard lock(mutex_);
    if (counts_.size() >= kUnknownNamesMax && !counts_.contains(login)) {
        counts_.erase(std::min_element(
            counts_.begin(),
            counts_.end(),
            [](const auto& a, const auto& b) { return a.second.last < b.second.last; }
        ));
    }
    Count& count = counts_[login];
    count.last = wall;
    if (count.locked_until && wall < *count.locked_until) return count.locked_until;
    if (count.locked_until) {
        count.locked_until.reset();
        count.failures = 0;
    }
    if (++count.failures >= accounts::kFailuresMax) {
        count.locked_until = ports::after(wall, accounts::kLockedMinutes * ports::kMinute);
    }
    return count.locked_until;
}

/// One of the places at once; waits for it.
class Passwords::Slot {
public:
    explicit Slot(Passwords& passwords) : passwords_(passwords) {
        std::unique_lock lock(passwords_.mutex_);
        if (passwords_.running_ >= passwords_.limits_.at_once) {
            if (passwords_.waiting_ >= passwords_.limits_.waiting) refuse();
            ++passwords_.waiting_;
            const bool free = passwords_.freed_.wait_for(lock, kWaitMax, [&] {
                return passwords_.running_ < passwords_.limits_.at_once;
            });
            --passwords_.waiting_;
            if (!free) refuse();
        }
        ++passwords_.running_;
    }
    ~Slot() {
        {
            const std::lock_guard lock(passwords_.mutex_);
            --passwords_.running_;
        }
        passwords_.freed_.notify_one();
    }
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;

private:
    [[noreturn]] static void refuse() { throw ports::Refused({"request.busy", {}}); }
    Passwords& passwords_;
};

Passwords::Passwords(PasswordLimits limits) : limits_(limits) {
    JICAI_CHECK(sodium_init() >= 0);
}

std::string Passwords::hash(const std::string& password) {
    const Slot slot(*this);
    return hash_now(password);
}

bool Passwords::verify(const std::string& hash, const std::string& password) {
    const Slot slot(*this);
    if (hash.empty()) {
        std::call_once(nobody_made_, [this] {
            std::array<char, 32> secret{};
            randombytes_buf(secret.data(), secret.size());
            nobody_ = hash_now(std::string(secret.data(), secret.size()));
        });
    }
    const std::string& compared = hash.empty() ? nobody_ : hash;
    const bool same =
        crypto_pwhash_str_verify(compared.c_str(), password.data(), password.size()) == 0;
    return same && !hash.empty();
}

}  // namespace jicai::web
