#pragma once

#include <engine/access/action.h>
#include <engine/ports/clock.h>
#include <engine/ports/page.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jicai::ports {

/// A log-in. Only digests of its secrets are stored.
struct Session {
    std::string id_digest;  ///< SHA-256 of the cookie's value, hex; unique
    std::string csrf;       ///< the token every write must repeat
    std::int64_t user = 0;
    bool second_factor = false;  ///< was given
    std::string address;
    Moment created_at;
    Moment seen_at;  ///< kept to the minute
    Moment expires_at;
};

/// An organisation's key for its own systems. "jk_<id>_<secret>"; only the digest is stored.
struct ApiKey {
    std::int64_t id = 0;
    std::int64_t organisation = 0;
    std::string name;
    std::string secret_digest;      ///< SHA-256, hex
    std::string old_secret_digest;  ///< after a rotation, until old_expires_at
    std::optional<Moment> old_expires_at;
    std::vector<access::Action> scopes;
    std::vector<std::uint8_t> roles;  ///< numbers of the roles the key acts in
    std::int64_t requests_per_minute = 600;
    Moment created_at;
    Moment expires_at;
    std::optional<Moment> used_at;  ///< kept to the minute
    bool revoked = false;
    std::int64_t version = 1;
};

class SessionStore {
public:
    virtual ~SessionStore() = default;
    virtual void add(const Session& session) = 0;
    virtual std::optional<Session> session(const std::string& id_digest) = 0;
    virtual void touch(const std::string& id_digest, Moment seen_at) = 0;
    virtual void remove(const std::string& id_digest) = 0;
    /// All of a user's; returns how many.
    virtual std::int64_t remove_of(std::int64_t user) = 0;
    /// All of a user's end because there is a newer log-in. They are log-ins no more; until they
    /// would have expired, was_replaced() knows them.
    virtual void replace_of(std::int64_t user) = 0;
    virtual bool was_replaced(const std::string& id_digest) = 0;
    virtual std::int64_t remove_expired(Moment now, Moment idle_since) = 0;
    virtual Found<Session> live(Page page) = 0;

    virtual std::int64_t add(const ApiKey& key) = 0;
    virtual bool save(const ApiKey& key) = 0;
    virtual std::optional<ApiKey> key(std::int64_t id) = 0;
    /// Of one organisation, or of all (0).
    virtual Found<ApiKey> keys(std::int64_t organisation, Page page) = 0;
    virtual void touch_key(std::int64_t id, Moment used_at) = 0;
};

}  // namespace jicai::ports
