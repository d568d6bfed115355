#pragma once

#include <engine/access/access.h>
#include <engine/ports/secrets.h>
#include <engine/ports/store.h>

#include <string>
#include <vector>

/// \file
/// What people do with their own account. Each function returns or appends what the audit log
/// keeps.

namespace jicai::accounts {

/// Ends one log-in, its owner's.
[[nodiscard]] std::vector<ports::AuditEntry> sign_out(
    ports::Transaction& transaction, const ports::Session& session
);
/// Ends all log-ins of the session's owner but this one.
[[nodiscard]] std::vector<ports::AuditEntry> sign_out_others(
    ports::Transaction& transaction, const ports::Session& session
);
/// "zh" or "en". Refused with account.language for another.
[[nodiscard]] std::vector<ports::AuditEntry> change_language(
    ports::Transaction& transaction, std::int64_t user, const std::string& language
);

struct PasswordChange {
    ports::Session session;  ///< stays; all others of its owner end
    std::string old_password;
    std::string new_password;
    ports::AuditEntry origin;  ///< who, from where, when
};

/// Runs its own transactions: hashes are computed outside of any. Refused, in this order:
/// account.password_wrong (a failure, see sign_in), what fault_of_password says, password.reused
/// where it is one of the last five, people.changed where the account changed meanwhile.
void change_password(ports::Store& store, ports::Secrets& secrets, const PasswordChange& change);

struct Enrolment {
    std::string secret;  ///< base32, shown once
    std::string uri;     ///< for a QR code
};

/// Begins a second factor; it counts once confirmed. Beginning again replaces one not confirmed.
/// Refused: account.password_wrong; second_factor.enrolled where one counts already (the security
/// administrator resets it).
[[nodiscard]] Enrolment enrol_second_factor(
    ports::Store& store,
    ports::Secrets& secrets,
    std::int64_t user,
    const std::string& password,
    const ports::AuditEntry& origin
);

/// Confirms it by a code; the session counts as logged in with it from now on. Refused:
/// second_factor.none, second_factor.enrolled, second_factor.code_wrong.
[[nodiscard]] std::vector<ports::AuditEntry> confirm_second_factor(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const ports::Session& session,
    const std::string& code,
    ports::Moment wall
);

}  // namespace jicai::accounts
