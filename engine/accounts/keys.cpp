#include <engine/accounts/described.h>
#include <engine/accounts/keys.h>
#include <engine/accounts/kinds.h>
#include <engine/ports/refused.h>

#include <algorithm>

namespace jicai::accounts {
namespace {

using access::Action;
using access::Reach;
using access::Role;
using ports::ApiKey;
using ports::Refused;

constexpr std::size_t kSecretBytes = 32;

template <typename Value>
bool holds(const std::vector<Value>& values, Value value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

bool reaches(const access::Actor& actor, std::int64_t organisation) {
    return access::may(actor, Action::manage_keys, {0, organisation, 0, "", std::nullopt});
}

ApiKey key_of(ports::Transaction& transaction, const access::Actor& actor, std::int64_t id) {
    const auto key = transaction.sessions().key(id);
    // Whoever may not see it learns no more than that.
    if (!key || !reaches(actor, key->organisation)) {
        throw Refused({"key.not_found", {{"id", std::to_string(id)}}});
    }
    if (key->revoked) throw Refused({"key.revoked", {{"name", key->name}}});
    return *key;
}

void save(ports::Transaction& transaction, ApiKey& key) {
    if (!transaction.sessions().save(key)) throw Refused({"people.changed", {{"name", key.name}}});
    ++key.version;
}

void check_roles(const access::Actor& actor, const NewKey& wanted, ports::OrganisationKind kind) {
    const bool gives_anything = access::reach_of(actor, Action::manage_keys) == Reach::all;
    for (const Role role : wanted.roles) {
        if (!holds(roles_of(kind), role) || access::needs_second_factor(role) ||
            (!gives_anything && !holds(actor.roles, role))) {
            throw Refused({"key.role", {{"role", std::string(access::name_of(role))}}});
        }
    }
}

void check_scopes(const NewKey& wanted) {
    access::Actor in_its_roles;
    in_its_roles.organisation = 1;
    in_its_roles.roles = wanted.roles;
    for (const Action scope : wanted.scopes) {
        if (!holds(key_scopes(), scope) || access::reach_of(in_its_roles, scope) == Reach::none) {
            throw Refused({"key.scope", {{"scope", std::string(access::name_of(scope))}}});
        }
    }
    if (wanted.scopes.empty()) throw Refused({"key.scopes_missing", {}});
    // A report is found by way of its round and shown when it was saved.
    if (!holds(wanted.scopes, Action::report_volumes)) return;
    for (const Action also : {Action::see_rounds, Action::see_hospital_volumes}) {
        if (holds(wanted.scopes, also)) continue;
        throw Refused(
            {"key.scope_alone",
             {{"scope", std::string(access::name_of(Action::report_volumes))},
              {"also", std::string(access::name_of(also))}}}
        );
    }
}

void check_range(const char* why, std::int64_t value, std::int64_t high) {
    if (value >= 1 && value <= high) return;
    throw Refused({why, {{"value", std::to_string(value)}, {"high", std::to_string(high)}}});
}

}  // namespace

const std::vector<Action>& key_scopes() {
    static const std::vector<Action> scopes{
        Action::see_rounds,
        Action::see_bids,
        Action::see_volumes,
        Action::see_award,
        Action::verify_award,
        Action::see_rulebooks,
        Action::see_organisations,
        Action::count_bids,
        Action::see_hospital_volumes,
        Action::report_volumes};
    return scopes;
}

ChangedKey add_key(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const access::Actor& actor,
    const NewKey& wanted,
    ports::Moment wall
) {
    const std::int64_t id = wanted.organisation == 0 ? actor.organisation : wanted.organisation;
    if (!reaches(actor, id)) throw Refused({"access.denied", {{"action", "manage_keys"}}});
    const auto organisation = transaction.people().organisation(id);
    if (!organisation) throw Refused({"organisation.not_found", {{"id", std::to_string(id)}}});
    if (!organisation->active) {
        throw Refused({"organisation.disabled", {{"name", organisation->name}}});
    }
    if (wanted.name.find_first_not_of(' ') == std::string::npos) {
        throw Refused({"key.name_missing", {}});
    }
    check_roles(actor, wanted, organisation->kind);
    check_scopes(wanted);
    check_range("key.days", wanted.days, kKeyDaysMax);
    check_range("key.requests", wanted.requests_per_minute, kRequestsPerMinuteMax);

    const std::string secret = hex(secrets.random_bytes(kSecretBytes));
    ApiKey key;
    key.organisation = organisation->id;
    key.name = wanted.name;
    key.secret_digest = secrets.digest(secret);
    key.scopes = wanted.scopes;
    for (const Role role : wanted.roles) key.roles.push_back(static_cast<std::uint8_t>(role));
    key.requests_per_minute = wanted.requests_per_minute;
    key.created_at = wall;
    key.expires_at = ports::after(wall, wanted.days * ports::kDay);
    key.id = transaction.sessions().add(key);
    return {
        key,
        "jk_" + std::to_string(key.id) + "_" + secret,
        {entry("key.created", object_of(key), {}, described(key))}};
}

ChangedKey rotate_key(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const access::Actor& actor,
    std::int64_t id,
    ports::Moment wall
) {
    ApiKey key = key_of(transaction, actor, id);
    if (wall >= key.expires_at) throw Refused({"key.expired", {{"name", key.name}}});
    const decision::Json before = described(key);
    const std::string secret = hex(secrets.random_bytes(kSecretBytes));
    key.old_secret_digest = key.secret_digest;
    key.old_expires_at = ports::after(wall, kOldSecretHours * ports::kHour);
    key.secret_digest = secrets.digest(secret);
    save(transaction, key);
    return {
        key,
        "jk_" + std::to_string(key.id) + "_" + secret,
        {entry("key.rotated", object_of(key), before, described(key))}};
}

ChangedKey revoke_key(
    ports::Transaction& transaction, const access::Actor& actor, std::int64_t id
) {
    ApiKey key = key_of(transaction, actor, id);
    const decision::Json before = described(key);
    key.revoked = true;
    key.old_secret_digest.clear();
    key.old_expires_at.reset();
    save(transaction, key);
    return {key, "", {entry("key.revoked", object_of(key), before, described(key))}};
}

}  // namespace jicai::accounts
