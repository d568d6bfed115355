#pragma once

#include <engine/access/access.h>
#include <engine/accounts/sign_in.h>
#include <engine/ports/refused.h>
#include <engine/ports/secrets.h>

#include <gtest/gtest.h>
#include <tests/accounts/memory_store.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace jicai::accounts::test {

/// Secrets that can be read in a failing test. Fails where a password is hashed or verified within
/// a transaction, unless that is allowed.
class OpenSecrets final : public ports::Secrets {
public:
    explicit OpenSecrets(const MemoryStore& store) : store_(store) {}
    std::string hash_password(const std::string& password) override;
    bool verify_password(const std::string& hash, const std::string& password) override;
    std::string random_bytes(std::size_t count) override;
    std::string digest(const std::string& text) override { return "digest of " + text; }
    std::string code_at(const std::string& secret, std::int64_t step) override;
    std::string seal(const std::string& plain) override { return "sealed " + plain; }
    std::optional<std::string> open(const std::string& sealed) override;

    int verified = 0;  ///< how often a password was verified
    bool hash_within_transaction = false;

private:
    const MemoryStore& store_;
    std::uint32_t state_ = 12345;
};

class FewUnknownLogins final : public ports::UnknownLogins {
public:
    std::optional<ports::Moment> fail(const std::string& login, ports::Moment wall) override;
    std::map<std::string, int> failures;
};

/// An operator with three administrators, a procurement office and a hospital with one person each.
/// Everybody's password is kPassword.
struct World {
    static constexpr const char* kPassword = "Spring-2026";
    static constexpr const char* kSecret = "SECRET";

    World();
    std::int64_t add_person(
        const std::string& login, std::int64_t organisation, std::vector<access::Role> roles
    );
    ports::User& user(std::int64_t id) { return store.held.users.at(id); }
    void enrol(std::int64_t id);

    /// Tries to log in; the cookie, or "" with `refusal` set.
    std::string sign_in(
        const std::string& login, const std::string& password, const std::string& code = ""
    );
    SignedIn signed_in(const std::string& login, const std::string& code = "");
    /// The code of the second factor `steps` away from now.
    std::string code(std::int64_t steps = 0);
    void wait(std::int64_t micros) { wall.micros += micros; }
    ports::AuditEntry origin() const;
    access::Actor actor(std::int64_t id);
    /// Runs `work` in a transaction; "" or the key of the refusal.
    std::string refusal_of(const std::function<void(ports::Transaction&)>& work);

    MemoryStore store;
    OpenSecrets secrets{store};
    FewUnknownLogins unknown;
    ports::Moment wall{1'800'000'015'000'000};
    ports::Refused refusal{{"", {}}};

    std::int64_t operator_ = 0;
    std::int64_t office = 0;
    std::int64_t hospital = 0;
    std::int64_t system = 0;
    std::int64_t security = 0;
    std::int64_t audit = 0;
    std::int64_t officer = 0;
    std::int64_t reporter = 0;
};

}  // namespace jicai::accounts::test
