#include <engine/accounts/described.h>
#include <engine/accounts/own_account.h>
#include <engine/accounts/password_rules.h>
#include <engine/accounts/second_factor.h>
#include <engine/accounts/sign_in.h>
#include <engine/ports/refused.h>

namespace jicai::accounts {
namespace {

using ports::Refused;
using ports::User;

User user_of(ports::Transaction& transaction, std::int64_t id) {
    const auto user = transaction.people().user(id);
    if (!user) throw Refused({"session.needed", {}});
    return *user;
}

void save(ports::Transaction& transaction, const User& user) {
    if (!transaction.people().save(user)) throw Refused({"people.changed", {{"name", user.name}}});
}

// Whether the password is the current one or one of those kept before it.
bool is_reused(ports::Secrets& secrets, const User& user, const std::string& password) {
    if (secrets.verify_password(user.password_hash, password)) return true;
    for (std::size_t i = 0; i < user.old_password_hashes.size() && i + 1 < kPasswordsNotReused;
         ++i) {
        if (secrets.verify_password(user.old_password_hashes[i], password)) return true;
    }
    return false;
}

}  // namespace

std::vector<ports::AuditEntry> sign_out(
    ports::Transaction& transaction, const ports::Session& session
) {
    transaction.sessions().remove(session.id_digest);
    return {entry("session.ended", "user:" + std::to_string(session.user))};
}

std::vector<ports::AuditEntry> sign_out_others(
    ports::Transaction& transaction, const ports::Session& session
) {
    transaction.sessions().remove_of(session.user);
    transaction.sessions().add(session);
    return {entry("session.others_ended", "user:" + std::to_string(session.user))};
}

std::vector<ports::AuditEntry> change_language(
    ports::Transaction& transaction, std::int64_t id, const std::string& language
) {
    if (language != "zh" && language != "en") {
        throw Refused({"account.language", {{"value", language}}});
    }
    User user = user_of(transaction, id);
    const std::string before = user.language;
    user.language = language;
    save(transaction, user);
    return {entry(
        "account.language_changed",
        object_of(user),
        decision::Json::Object{{"language", before}},
        decision::Json::Object{{"language", language}}
    )};
}

void change_password(ports::Store& store, ports::Secrets& secrets, const PasswordChange& change) {
    const std::int64_t id = change.session.user;
    confirm_password(store, secrets, id, change.old_password, change.origin);
    User read;
    store.read([&](ports::Transaction& transaction) { read = user_of(transaction, id); });
    if (const auto fault = fault_of_password(change.new_password, read.login)) {
        throw Refused(*fault, {{"/new", "", *fault}});
    }
    if (is_reused(secrets, read, change.new_password)) {
        const decision::Message reused{
            "password.reused", {{"count", std::to_string(kPasswordsNotReused)}}};
        throw Refused(reused, {{"/new", "", reused}});
    }
    const std::string hash = secrets.hash_password(change.new_password);

    store.write([&](ports::Transaction& transaction) {
        User user = user_of(transaction, id);
        if (user.password_hash != read.password_hash) {
            throw Refused({"people.changed", {{"name", user.name}}});
        }
        user.old_password_hashes.insert(user.old_password_hashes.begin(), user.password_hash);
        if (user.old_password_hashes.size() >= kPasswordsNotReused) {
            user.old_password_hashes.resize(kPasswordsNotReused - 1);
        }
        user.password_hash = hash;
        user.password_set_at = change.origin.at;
        user.must_change_password = false;
        user.failures = 0;
        save(transaction, user);
        transaction.sessions().remove_of(id);
        transaction.sessions().add(change.session);
        ports::AuditEntry changed = change.origin;
        changed.action = "account.password_changed";
        changed.object = object_of(user);
        changed.result = "done";
        transaction.audit().append(changed);
    });
}

Enrolment enrol_second_factor(
    ports::Store& store,
    ports::Secrets& secrets,
    std::int64_t id,
    const std::string& password,
    const ports::AuditEntry& origin
) {
    confirm_password(store, secrets, id, password, origin);
    Enrolment enrolment;
    enrolment.secret = new_second_factor(secrets);
    const std::string sealed = secrets.seal(enrolment.secret);
    store.write([&](ports::Transaction& transaction) {
        User user = user_of(transaction, id);
        if (user.second_factor_confirmed) throw Refused({"second_factor.enrolled", {}});
        user.second_factor_secret = sealed;
        user.second_factor_used_step = 0;
        save(transaction, user);
        enrolment.uri = second_factor_uri(user.login, enrolment.secret);
        ports::AuditEntry begun = origin;
        begun.action = "second_factor.begun";
        begun.object = object_of(user);
        begun.result = "done";
        transaction.audit().append(begun);
    });
    return enrolment;
}

std::vector<ports::AuditEntry> confirm_second_factor(
    ports::Transaction& transaction,
    ports::Secrets& secrets,
    const ports::Session& session,
    const std::string& code,
    ports::Moment wall
) {
    User user = user_of(transaction, session.user);
    if (user.second_factor_confirmed) throw Refused({"second_factor.enrolled", {}});
    const auto secret = secrets.open(user.second_factor_secret);
    if (!secret) throw Refused({"second_factor.none", {}});
    const auto step = accepted_step(secrets, *secret, code, wall, user.second_factor_used_step);
    if (!step) throw Refused({"second_factor.code_wrong", {}});
    user.second_factor_confirmed = true;
    user.second_factor_used_step = *step;
    save(transaction, user);
    ports::Session stronger = session;
    stronger.second_factor = true;
    transaction.sessions().remove(session.id_digest);
    transaction.sessions().add(stronger);
    return {entry("second_factor.confirmed", object_of(user))};
}

}  // namespace jicai::accounts
