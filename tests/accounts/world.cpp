#include <engine/accounts/second_factor.h>

#include <tests/accounts/world.h>

namespace jicai::accounts::test {

using access::Role;

std::string OpenSecrets::hash_password(const std::string& password) {
    EXPECT_TRUE(!store_.in_transaction || hash_within_transaction);
    return "hash of " + password;
}

bool OpenSecrets::verify_password(const std::string& hash, const std::string& password) {
    EXPECT_FALSE(store_.in_transaction);
    ++verified;
    return hash == "hash of " + password;
}

std::string OpenSecrets::random_bytes(std::size_t count) {
    std::string bytes;
    for (std::size_t i = 0; i < count; ++i) {
        state_ = state_ * 1664525U + 1013904223U;
        bytes += static_cast<char>(state_ >> 24U);
    }
    return bytes;
}

std::string OpenSecrets::code_at(const std::string& secret, std::int64_t step) {
    return secret + "@" + std::to_string(step);
}

std::optional<std::string> OpenSecrets::open(const std::string& sealed) {
    if (sealed.rfind("sealed ", 0) != 0) return std::nullopt;
    return sealed.substr(7);
}

std::optional<ports::Moment> FewUnknownLogins::fail(const std::string& login, ports::Moment wall) {
    if (++failures[login] < 5) return std::nullopt;
    return ports::after(wall, 30 * ports::kMinute);
}

World::World() {
    const auto organisation = [&](const char* code, const char* name, ports::OrganisationKind kind
                              ) {
        const auto id = static_cast<std::int64_t>(store.held.organisations.size()) + 1;
        store.held.organisations[id] = {id, code, name, kind, "230100", 0, true, 1};
        return id;
    };
    operator_ = organisation("91440300708461136T", "运营单位", ports::OrganisationKind::operator_);
    office = organisation(
        "91110000802100433B", "联合采购办公室", ports::OrganisationKind::procurement_office
    );
    hospital = organisation("H23010000001", "医院", ports::OrganisationKind::hospital);
    system = add_person("system", operator_, {Role::system_administrator});
    security = add_person("security", operator_, {Role::security_administrator});
    audit = add_person("audit", operator_, {Role::audit_administrator});
    officer = add_person("officer", office, {Role::procurement_officer});
    reporter = add_person("reporter", hospital, {Role::hospital_reporter});
}

std::int64_t World::add_person(
    const std::string& login, std::int64_t organisation, std::vector<Role> roles
) {
    ports::User person;
    person.id = static_cast<std::int64_t>(store.held.users.size()) + 1;
    person.login = login;
    person.name = "姓名" + login;
    person.organisation = organisation;
    person.roles = std::move(roles);
    person.password_hash = std::string("hash of ") + kPassword;
    person.password_set_at = wall;
    store.held.users[person.id] = person;
    return person.id;
}

void World::enrol(std::int64_t id) {
    user(id).second_factor_secret = secrets.seal(kSecret);
    user(id).second_factor_confirmed = true;
}

ports::AuditEntry World::origin() const {
    ports::AuditEntry entry;
    entry.at = wall;
    entry.address = "192.0.2.7";
    entry.request_id = "request-1";
    return entry;
}

SignedIn World::signed_in(const std::string& login, const std::string& code) {
    return accounts::sign_in(store, secrets, unknown, {login, kPassword, code, origin()});
}

std::string World::sign_in(
    const std::string& login, const std::string& password, const std::string& code
) {
    refusal = ports::Refused({"", {}});
    try {
        return accounts::sign_in(store, secrets, unknown, {login, password, code, origin()}).cookie;
    } catch (const ports::Refused& refused) {
        refusal = refused;
        return "";
    }
}

std::string World::code(std::int64_t steps) {
    return secrets.code_at(kSecret, wall.micros / (kStepSeconds * ports::kSecond) + steps);
}

access::Actor World::actor(std::int64_t id) {
    const ports::User& person = user(id);
    return {
        id,
        person.organisation,
        store.held.organisations.at(person.organisation).region,
        person.roles,
        0,
        {}};
}

std::string World::refusal_of(const std::function<void(ports::Transaction&)>& work) {
    try {
        store.write(work);
    } catch (const ports::Refused& refused) {
        refusal = refused;
        return refused.why().key;
    }
    return "";
}

}  // namespace jicai::accounts::test
