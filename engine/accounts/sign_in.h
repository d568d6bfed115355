#pragma once

#include <engine/ports/secrets.h>
#include <engine/ports/store.h>

#include <string>

namespace jicai::accounts {

struct SignIn {
    std::string login;
    std::string password;
    std::string code;          ///< of the second factor; empty: not given
    ports::AuditEntry origin;  ///< address, request and time of the request, as the log keeps them
};

struct SignedIn {
    std::string cookie;  ///< the session's id, to be sent once; only its digest is stored
    ports::Session session;
    ports::User user;
};

/// Logs a person in. Runs its own transactions: the password is verified outside of any.
/// Every log-in gets a new id and ends the person's older ones. A success clears the failures.
///
/// Refused, in this order: session.locked {until} where the fifth failure in a row lies less than
/// 30 minutes back (the attempt does not count); session.wrong for a wrong password, an unknown
/// login, a disabled person or organisation, all in the same time and with the same answers;
/// session.code_needed where the password is right and a second factor is enrolled;
/// session.code_wrong for a wrong, older or already used code. Wrong passwords and codes count as
/// failures; the fifth in a row is answered with session.locked.
/// Success and refusal are in the audit log: session.created, session.failed.
/// Errors: StoreUnavailable; request.busy of Secrets.
[[nodiscard]] SignedIn sign_in(
    ports::Store& store,
    ports::Secrets& secrets,
    ports::UnknownLogins& unknown,
    const SignIn& request
);

/// Verifies the password of somebody who is logged in, before a change of it or of the second
/// factor. Refused with session.locked, account.password_wrong; failures count as in sign_in.
void confirm_password(
    ports::Store& store,
    ports::Secrets& secrets,
    std::int64_t user,
    const std::string& password,
    const ports::AuditEntry& origin
);

}  // namespace jicai::accounts
