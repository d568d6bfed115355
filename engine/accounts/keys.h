#pragma once

#include <engine/access/access.h>
#include <engine/ports/secrets.h>
#include <engine/ports/store.h>

#include <string>
#include <vector>

/// \file
/// API keys of an organisation's own systems. A key acts for the organisation, in roles that need
/// no second factor, and does at most what its scopes name.

namespace jicai::accounts {

inline constexpr std::int64_t kOldSecretHours = 24;  ///< after a rotation the old one still works
inline constexpr std::int64_t kKeyDaysMax = 365;
inline constexpr std::int64_t kRequestsPerMinuteMax = 6000;

/// What a key may be made for: looking at rounds, rulebooks and organisations. Accounts, keys,
/// audit and operations need a person.
[[nodiscard]] const std::vector<access::Action>& key_scopes();

struct ChangedKey {
    ports::ApiKey key;
    std::string secret;  ///< "jk_<id>_<secret>", to be shown once; empty: none was made
    std::vector<ports::AuditEntry> audit;
};

struct NewKey {
    std::int64_t organisation = 0;  ///< 0: the actor's own
    std::string name;
    std::vector<access::Action> scopes;
    std::vector<access::Role> roles;
    std::int64_t days = 0;
    std::int64_t requests_per_minute = 600;
};

/// Makes a key. Refused, in this order: access.denied (an organisation out of the actor's reach),
/// organisation.not_found, organisation.disabled, key.name_missing, key.role {role} (not of such an
/// organisation, needs a second factor, or not the actor's own where that is all the actor may give
/// away), key.scope {scope} (not for keys, or none of its roles may do it), key.scopes_missing,
/// key.days, key.requests.
[[nodiscard]] ChangedKey add_key(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const access::Actor& actor,
    const NewKey& key,
    ports::Moment wall
);

/// A new secret; the old one works for 24 hours more. Refused: key.not_found (or out of reach),
/// key.revoked, key.expired, people.changed.
[[nodiscard]] ChangedKey rotate_key(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const access::Actor& actor,
    std::int64_t id,
    ports::Moment wall
);

/// Ends a key at once, both secrets. Refused: key.not_found, key.revoked, people.changed.
[[nodiscard]] ChangedKey revoke_key(
    ports::Transaction& transaction, const access::Actor& actor, std::int64_t id
);

}  // namespace jicai::accounts
