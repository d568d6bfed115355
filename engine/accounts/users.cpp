#include <engine/accounts/described.h>
#include <engine/accounts/kinds.h>
#include <engine/accounts/password_rules.h>
#include <engine/accounts/users.h>
#include <engine/ports/refused.h>

#include <algorithm>
#include <array>

namespace jicai::accounts {
namespace {

using access::Role;
using decision::Json;
using ports::Refused;
using ports::User;

constexpr std::array kAdministrators{
    Role::system_administrator, Role::security_administrator, Role::audit_administrator};
constexpr std::size_t kLoginShortest = 3;
constexpr std::size_t kLoginLongest = 32;
constexpr std::int64_t kPeopleMax = 100'000;

User user_of(ports::Transaction& transaction, std::int64_t id) {
    const auto user = transaction.people().user(id);
    if (!user) throw Refused({"user.not_found", {{"id", std::to_string(id)}}});
    return *user;
}

// A user somebody else changes: nobody resets, unlocks or disables themselves.
User somebody_else(ports::Transaction& transaction, const access::Actor& actor, std::int64_t id) {
    User user = user_of(transaction, id);
    if (user.id == actor.user) throw Refused({"user.own_account", {}});
    return user;
}

ports::Organisation active_organisation(ports::Transaction& transaction, std::int64_t id) {
    const auto organisation = transaction.people().organisation(id);
    if (!organisation) throw Refused({"organisation.not_found", {{"id", std::to_string(id)}}});
    if (!organisation->active) {
        throw Refused({"organisation.disabled", {{"name", organisation->name}}});
    }
    return *organisation;
}

void save(ports::Transaction& transaction, const User& user) {
    if (!transaction.people().save(user)) throw Refused({"people.changed", {{"name", user.name}}});
}

bool holds(const std::vector<Role>& roles, Role role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

// Two changes that both take an administrator away must not pass each other: the second waits here
// and then sees what the first did.
void one_at_a_time(ports::Transaction& transaction) {
    transaction.settings().set("administrators", "changing");
}

bool is_other_active_administrator(
    ports::Transaction& transaction, const User& candidate, std::int64_t but
) {
    if (!candidate.active || candidate.id == but) return false;
    const auto organisation = transaction.people().organisation(candidate.organisation);
    return organisation && organisation->active;
}

// Refuses to take away the last active administrator of a kind.
void keep_administrators(
    ports::Transaction& transaction, const User& before, const std::vector<Role>& remaining
) {
    if (!before.active) return;
    for (const Role role : kAdministrators) {
        if (!holds(before.roles, role) || holds(remaining, role)) continue;
        ports::UserQuery query;
        query.role = role;
        query.page.size = kPeopleMax;
        const auto found = transaction.people().find(query);
        const bool another =
            std::any_of(found.rows.begin(), found.rows.end(), [&](const User& candidate) {
                return is_other_active_administrator(transaction, candidate, before.id);
            });
        if (!another) {
            throw Refused(
                {"user.last_administrator", {{"role", std::string(access::name_of(role))}}}
            );
        }
    }
}

void check_login(const std::string& login) {
    const bool form =
        login.size() >= kLoginShortest && login.size() <= kLoginLongest &&
        login.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
    if (!form) {
        const decision::Message why{"user.login_form", {{"value", login}}};
        throw Refused(why, {{"/login", login, why}});
    }
}

void check_name(const std::string& name) {
    if (name.find_first_not_of(' ') == std::string::npos) {
        const decision::Message why{"user.name_missing", {}};
        throw Refused(why, {{"/name", name, why}});
    }
}

void check_roles(const std::vector<Role>& roles, ports::OrganisationKind kind) {
    for (const Role role : roles) {
        if (role == Role::anyone) throw Refused({"user.role_unknown", {{"role", "anyone"}}});
        if (!holds(roles_of(kind), role)) {
            throw Refused(
                {"user.role_kind",
                 {{"role", std::string(access::name_of(role))},
                  {"organisation_kind", std::string(name_of(kind))}}}
            );
        }
        for (const Role other : roles) {
            if (access::compatible(role, other)) continue;
            throw Refused(
                {"user.roles_incompatible", {{"role", std::string(access::name_of(role))}}}
            );
        }
    }
}

ChangedUser changed(const char* action, const Json& before, const User& user) {
    return {user, "", {entry(action, object_of(user), before, described(user))}};
}

}  // namespace

ChangedUser add_user(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const NewUser& wanted,
    ports::Moment wall
) {
    check_login(wanted.login);
    check_name(wanted.name);
    const ports::Organisation organisation = active_organisation(transaction, wanted.organisation);
    const decision::Message taken{"user.login_taken", {{"value", wanted.login}}};
    if (transaction.people().user_by_login(wanted.login)) {
        throw Refused(taken, {{"/login", wanted.login, taken}});
    }
    const std::string password = one_time_password(secrets, wanted.login);
    User user;
    user.login = wanted.login;
    user.name = wanted.name;
    user.organisation = organisation.id;
    user.password_hash = secrets.hash_password(password);
    user.password_set_at = wall;
    user.must_change_password = true;
    user.id = transaction.people().add(user);
    return {user, password, {entry("user.created", object_of(user), {}, described(user))}};
}

ChangedUser change_user(
    ports::Transaction& transaction, const access::Actor& actor, const UserChange& change
) {
    if (!change.active) one_at_a_time(transaction);
    User user = user_of(transaction, change.id);
    const bool moves = change.organisation != user.organisation;
    if (user.id == actor.user && (moves || !change.active)) {
        throw Refused({"user.own_account", {}});
    }
    check_name(change.name);
    if (moves) {
        one_at_a_time(transaction);
        active_organisation(transaction, change.organisation);
    }
    if (user.version != change.version) throw Refused({"people.changed", {{"name", user.name}}});
    const User before = user;
    user.name = change.name;
    user.organisation = change.organisation;
    user.active = change.active;
    if (moves) user.roles.clear();
    keep_administrators(transaction, before, change.active ? user.roles : std::vector<Role>{});
    save(transaction, user);
    ++user.version;
    if (moves || !user.active) transaction.sessions().remove_of(user.id);
    const bool disables = before.active && !user.active;
    const bool enables = !before.active && user.active;
    return changed(
        disables  ? "user.disabled"
        : enables ? "user.enabled"
                  : "user.changed",
        described(before),
        user
    );
}

ChangedUser grant_roles(
    ports::Transaction& transaction,
    const access::Actor& actor,
    std::int64_t id,
    const std::vector<Role>& roles,
    std::int64_t version
) {
    one_at_a_time(transaction);
    User user = user_of(transaction, id);
    if (user.id == actor.user) throw Refused({"user.own_roles", {}});
    const auto organisation = transaction.people().organisation(user.organisation);
    if (!organisation) {
        throw Refused({"organisation.not_found", {{"id", std::to_string(user.organisation)}}});
    }
    std::vector<Role> sorted = roles;
    std::sort(sorted.begin(), sorted.end());
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    check_roles(sorted, organisation->kind);
    if (user.version != version) throw Refused({"people.changed", {{"name", user.name}}});
    keep_administrators(transaction, user, sorted);
    const Json before = described(user);
    user.roles = sorted;
    save(transaction, user);
    ++user.version;
    transaction.sessions().remove_of(user.id);
    return changed("user.roles_granted", before, user);
}

ChangedUser reset_password(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const access::Actor& actor,
    std::int64_t id,
    ports::Moment wall
) {
    User user = somebody_else(transaction, actor, id);
    const Json before = described(user);
    const std::string password = one_time_password(secrets, user.login);
    user.old_password_hashes.insert(user.old_password_hashes.begin(), user.password_hash);
    if (user.old_password_hashes.size() >= kPasswordsNotReused) {
        user.old_password_hashes.resize(kPasswordsNotReused - 1);
    }
    user.password_hash = secrets.hash_password(password);
    user.password_set_at = wall;
    user.must_change_password = true;
    user.failures = 0;
    user.locked_until.reset();
    save(transaction, user);
    ++user.version;
    transaction.sessions().remove_of(user.id);
    ChangedUser result = changed("user.password_reset", before, user);
    result.password = password;
    return result;
}

ChangedUser unlock(ports::Transaction& transaction, const access::Actor& actor, std::int64_t id) {
    User user = somebody_else(transaction, actor, id);
    const Json before = described(user);
    user.failures = 0;
    user.locked_until.reset();
    save(transaction, user);
    ++user.version;
    return changed("user.unlocked", before, user);
}

ChangedUser reset_second_factor(
    ports::Transaction& transaction, const access::Actor& actor, std::int64_t id
) {
    User user = somebody_else(transaction, actor, id);
    if (user.second_factor_secret.empty()) throw Refused({"second_factor.none", {}});
    const Json before = described(user);
    user.second_factor_secret.clear();
    user.second_factor_confirmed = false;
    user.second_factor_used_step = 0;
    save(transaction, user);
    ++user.version;
    transaction.sessions().remove_of(user.id);
    return changed("user.second_factor_reset", before, user);
}

ChangedUser end_sessions(ports::Transaction& transaction, std::int64_t id) {
    const User user = user_of(transaction, id);
    const std::int64_t ended = transaction.sessions().remove_of(user.id);
    return {
        user,
        "",
        {entry("user.sessions_ended", object_of(user), Json::Object{{"sessions", ended}}, {})}};
}

}  // namespace jicai::accounts
