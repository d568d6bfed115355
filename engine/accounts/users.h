#pragma once

#include <engine/access/access.h>
#include <engine/ports/secrets.h>
#include <engine/ports/store.h>

#include <string>
#include <vector>

/// \file
/// People. The system administrator makes and disables accounts and grants nothing; the security
/// administrator grants, unlocks and resets and makes none. Who may call what is decided by the
/// access table; here stand the rules between people.

namespace jicai::accounts {

struct ChangedUser {
    ports::User user;
    std::string password;  ///< one-time, to be shown once; empty: none was made
    std::vector<ports::AuditEntry> audit;
};

struct NewUser {
    std::string login;
    std::string name;
    std::int64_t organisation = 0;
};

/// An account without roles, with a one-time password. Refused: user.login_form, user.name_missing,
/// organisation.not_found, organisation.disabled, user.login_taken.
[[nodiscard]] ChangedUser add_user(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const NewUser& user,
    ports::Moment wall
);

struct UserChange {
    std::int64_t id = 0;
    std::string name;
    std::int64_t organisation = 0;
    bool active = true;
    std::int64_t version = 0;  ///< that was read
};

/// Changes name, organisation, whether the account is active. Another organisation means no roles
/// until they are granted anew. Disabling and another organisation end the log-ins. Refused:
/// user.not_found, user.own_account (disabling or moving oneself), user.name_missing,
/// organisation.not_found, organisation.disabled, user.last_administrator {role}, people.changed.
[[nodiscard]] ChangedUser change_user(
    ports::Transaction& transaction, const access::Actor& actor, const UserChange& change
);

/// Gives exactly these roles; ends the log-ins. Refused: user.not_found, user.own_roles,
/// user.role_unknown, user.role_kind {role, organisation_kind}, user.roles_incompatible {role},
/// user.last_administrator {role}, people.changed.
[[nodiscard]] ChangedUser grant_roles(
    ports::Transaction& transaction,
    const access::Actor& actor,
    std::int64_t id,
    const std::vector<access::Role>& roles,
    std::int64_t version
);

/// A new one-time password; ends the log-ins, unlocks. Refused: user.not_found, user.own_account.
[[nodiscard]] ChangedUser reset_password(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const access::Actor& actor,
    std::int64_t id,
    ports::Moment wall
);

/// Ends a lock before its time. Refused: user.not_found, user.own_account.
[[nodiscard]] ChangedUser unlock(
    ports::Transaction& transaction, const access::Actor& actor, std::int64_t id
);

/// Takes the second factor away, so that the person enrols a new one at the next log-in; ends the
/// log-ins. Refused: user.not_found, user.own_account, second_factor.none.
[[nodiscard]] ChangedUser reset_second_factor(
    ports::Transaction& transaction, const access::Actor& actor, std::int64_t id
);

/// Ends all log-ins of a person. Refused: user.not_found.
[[nodiscard]] ChangedUser end_sessions(ports::Transaction& transaction, std::int64_t id);

}  // namespace jicai::accounts
