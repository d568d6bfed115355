#include <engine/access/access.h>
#include <engine/accounts/described.h>
#include <engine/accounts/kinds.h>

namespace jicai::accounts {
namespace {

using decision::Json;

Json moment(const std::optional<ports::Moment>& at) {
    return at ? Json(ports::beijing_text(*at)) : Json();
}

Json roles(const std::vector<access::Role>& list) {
    Json::Array names;
    for (const access::Role role : list) names.emplace_back(std::string(access::name_of(role)));
    return names;
}

}  // namespace

Json described(const ports::Organisation& organisation) {
    return Json::Object{
        {"code", organisation.code},
        {"name", organisation.name},
        {"kind", std::string(name_of(organisation.kind))},
        {"region", organisation.region},
        {"parent", organisation.parent},
        {"active", organisation.active}};
}

Json described(const ports::User& user) {
    return Json::Object{
        {"login", user.login},
        {"name", user.name},
        {"organisation", user.organisation},
        {"roles", roles(user.roles)},
        {"active", user.active},
        {"must_change_password", user.must_change_password},
        {"second_factor", user.second_factor_confirmed},
        {"locked_until", moment(user.locked_until)}};
}

Json described(const ports::ApiKey& key) {
    Json::Array scopes;
    for (const access::Action scope : key.scopes) {
        scopes.emplace_back(std::string(access::name_of(scope)));
    }
    std::vector<access::Role> key_roles;
    for (const std::uint8_t role : key.roles) key_roles.push_back(static_cast<access::Role>(role));
    return Json::Object{
        {"name", key.name},
        {"organisation", key.organisation},
        {"scopes", std::move(scopes)},
        {"roles", roles(key_roles)},
        {"requests_per_minute", key.requests_per_minute},
        {"expires_at", ports::beijing_text(key.expires_at)},
        {"old_expires_at", moment(key.old_expires_at)},
        {"revoked", key.revoked}};
}

ports::AuditEntry entry(
    std::string action, std::string object, const Json& before, const Json& after
) {
    ports::AuditEntry made;
    made.action = std::move(action);
    made.object = std::move(object);
    made.result = "done";
    if (!before.is_null()) made.before = before.canonical();
    if (!after.is_null()) made.after = after.canonical();
    return made;
}

std::string object_of(const ports::User& user) {
    return "user:" + std::to_string(user.id);
}
std::string object_of(const ports::Organisation& organisation) {
    return "organisation:" + std::to_string(organisation.id);
}
std::string object_of(const ports::ApiKey& key) {
    return "key:" + std::to_string(key.id);
}

std::string hex(const std::string& bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return text;
}

}  // namespace jicai::accounts
