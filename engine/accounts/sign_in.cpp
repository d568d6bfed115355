#include <engine/accounts/described.h>
#include <engine/accounts/identity.h>
#include <engine/accounts/password_rules.h>
#include <engine/accounts/second_factor.h>
#include <engine/accounts/sign_in.h>
#include <engine/ports/refused.h>

#include <functional>
#include <optional>

namespace jicai::accounts {
namespace {

using ports::Moment;
using ports::User;

constexpr int kSavesMax = 20;  // log-ins of one person at the same moment wait for each other
constexpr std::size_t kSessionBytes = 32;
constexpr std::size_t kTokenBytes = 16;

ports::Refused locked(Moment until) {
    return ports::Refused({"session.locked", {{"until", ports::beijing_text(until)}}});
}

bool is_locked(const User& user, Moment wall) {
    return user.locked_until && wall < *user.locked_until;
}

void clear_an_old_lock(User& user, Moment wall) {
    if (user.locked_until && !is_locked(user, wall)) {
        user.locked_until.reset();
        user.failures = 0;
    }
}

ports::AuditEntry failed(const SignIn& request, std::string result) {
    ports::AuditEntry entry = request.origin;
    entry.action = "session.failed";
    entry.login = request.login;
    entry.result = std::move(result);
    return entry;
}

// Runs `change` on the user as it is now and saves; what was overtaken rolls back and runs again.
User change_user(
    ports::Store& store,
    std::int64_t id,
    const std::function<void(ports::Transaction&, User&)>& change
) {
    for (int attempt = 0; attempt < kSavesMax; ++attempt) {
        User user;
        try {
            store.write([&](ports::Transaction& transaction) {
                const auto found = transaction.people().user(id);
                if (!found) throw ports::Refused({"session.wrong", {}});
                user = *found;
                change(transaction, user);
                if (!transaction.people().save(user)) throw ports::Conflict("user");
            });
            return user;
        } catch (const ports::Conflict&) {
            continue;
        }
    }
    throw ports::StoreUnavailable("too many log-ins of one person at the same moment");
}

// Counts a failure; until when the account is locked now.
std::optional<Moment> count_failure(
    ports::Store& store, std::int64_t id, const ports::AuditEntry& entry, Moment wall
) {
    const User user = change_user(store, id, [&](ports::Transaction& transaction, User& now) {
        clear_an_old_lock(now, wall);
        if (!now.locked_until && ++now.failures >= kFailuresMax) {
            now.locked_until = ports::after(wall, kLockedMinutes * ports::kMinute);
        }
        ports::AuditEntry counted = entry;
        if (now.locked_until) counted.result = "session.locked";
        transaction.audit().append(counted);
    });
    return user.locked_until;
}

void append(ports::Store& store, const ports::AuditEntry& entry) {
    store.write([&](ports::Transaction& transaction) { transaction.audit().append(entry); });
}

struct Known {
    std::optional<User> user;
    bool usable = false;  // person and organisation are active
};

Known find(ports::Store& store, const std::string& login) {
    Known known;
    store.read([&](ports::Transaction& transaction) {
        known.user = transaction.people().user_by_login(login);
        if (!known.user || !known.user->active) return;
        const auto organisation = transaction.people().organisation(known.user->organisation);
        known.usable = organisation && organisation->active;
    });
    return known;
}

ports::Session new_session(
    ports::Secrets& secrets, const User& user, const std::string& cookie, const SignIn& request
) {
    const Moment wall = request.origin.at;
    ports::Session session;
    session.id_digest = secrets.digest(cookie);
    session.csrf = hex(secrets.random_bytes(kTokenBytes));
    session.user = user.id;
    session.second_factor = user.second_factor_confirmed;
    session.address = request.origin.address;
    session.created_at = wall;
    session.seen_at = wall;
    session.expires_at = ports::after(wall, kSessionHours * ports::kHour);
    return session;
}

std::optional<std::int64_t> step_of(
    ports::Secrets& secrets, const User& user, const std::string& code, Moment wall
) {
    const auto secret = secrets.open(user.second_factor_secret);
    if (!secret) return std::nullopt;
    return accepted_step(secrets, *secret, code, wall, user.second_factor_used_step);
}

// A refusal that counts: the answer is `key`, or session.locked after the fifth.
ports::Refused counted(
    ports::Store& store, std::int64_t id, const SignIn& request, const char* key
) {
    const auto until = count_failure(store, id, failed(request, key), request.origin.at);
    return until ? locked(*until) : ports::Refused({key, {}});
}

}  // namespace

SignedIn sign_in(
    ports::Store& store,
    ports::Secrets& secrets,
    ports::UnknownLogins& unknown,
    const SignIn& request
) {
    const Moment wall = request.origin.at;
    const Known known = find(store, request.login);
    // Also for those who are locked or unknown: the time tells nothing.
    const bool right =
        secrets.verify_password(known.user ? known.user->password_hash : "", request.password);

    if (!known.usable) {
        const auto until = unknown.fail(request.login, wall);
        append(store, failed(request, until ? "session.locked" : "session.wrong"));
        throw until ? locked(*until) : ports::Refused({"session.wrong", {}});
    }
    if (is_locked(*known.user, wall)) {
        append(store, failed(request, "session.locked"));
        throw locked(*known.user->locked_until);
    }
    if (!right) throw counted(store, known.user->id, request, "session.wrong");
    if (known.user->second_factor_confirmed) {
        if (request.code.empty()) {
            append(store, failed(request, "session.code_needed"));
            throw ports::Refused({"session.code_needed", {}});
        }
        if (!step_of(secrets, *known.user, request.code, wall)) {
            throw counted(store, known.user->id, request, "session.code_wrong");
        }
    }

    SignedIn signed_in;
    signed_in.cookie = hex(secrets.random_bytes(kSessionBytes));
    const auto log_in = [&](ports::Transaction& transaction, User& user) {
        // Between the check and now: the same code used, the password changed, locked, disabled.
        if (is_locked(user, wall)) throw locked(*user.locked_until);
        if (!user.active || user.password_hash != known.user->password_hash ||
            user.second_factor_confirmed != known.user->second_factor_confirmed) {
            throw ports::Refused({"session.wrong", {}});
        }
        if (user.second_factor_confirmed) {
            const auto step = step_of(secrets, user, request.code, wall);
            if (!step) throw ports::Refused({"session.code_wrong", {}});
            user.second_factor_used_step = *step;
        }
        user.failures = 0;
        user.locked_until.reset();
        user.last_login_at = wall;
        signed_in.session = new_session(secrets, user, signed_in.cookie, request);
        transaction.sessions().replace_of(user.id);
        transaction.sessions().add(signed_in.session);
        ports::AuditEntry entry = request.origin;
        entry.action = "session.created";
        entry.object = object_of(user);
        entry.user = user.id;
        entry.login = user.login;
        entry.organisation = user.organisation;
        entry.result = "done";
        transaction.audit().append(entry);
    };
    signed_in.user = change_user(store, known.user->id, log_in);
    return signed_in;
}

void confirm_password(
    ports::Store& store,
    ports::Secrets& secrets,
    std::int64_t id,
    const std::string& password,
    const ports::AuditEntry& origin
) {
    std::optional<User> user;
    store.read([&](ports::Transaction& transaction) { user = transaction.people().user(id); });
    if (!user) throw ports::Refused({"session.needed", {}});
    const bool right = secrets.verify_password(user->password_hash, password);
    if (is_locked(*user, origin.at)) throw locked(*user->locked_until);
    if (right) return;
    ports::AuditEntry entry = origin;
    entry.action = "account.password_wrong";
    entry.object = object_of(*user);
    entry.result = "account.password_wrong";
    const auto until = count_failure(store, id, entry, origin.at);
    throw until ? locked(*until) : ports::Refused({"account.password_wrong", {}});
}

}  // namespace jicai::accounts
