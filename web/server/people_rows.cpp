#include <catalogs/builtin/builtin.h>
#include <catalogs/messages/words.h>
#include <engine/access/access.h>
#include <engine/accounts/kinds.h>
#include <web/server/people_rows.h>
#include <web/server/schema.h>

#include <algorithm>
#include <utility>

namespace jicai::web {

using decision::Json;

namespace {

Json moment(const std::optional<ports::Moment>& at) {
    return at ? Json(ports::beijing_text(*at)) : Json("");
}

/// GB/T 2260 as the binary carries it: name by code.
const std::map<std::string_view, std::string_view>& region_names() {
    static const std::map<std::string_view, std::string_view> names = [] {
        std::map<std::string_view, std::string_view> all;
        for (const catalogs::BuiltinFile& file : catalogs::builtin_regions()) {
            std::string_view text = file.text;
            while (!text.empty()) {
                const std::string_view line = text.substr(0, text.find('\n'));
                text.remove_prefix(std::min(text.size(), line.size() + 1));
                const std::size_t comma = line.find(',');
                if (comma == 6) {
                    const std::string_view rest = line.substr(comma + 1);
                    all.emplace(line.substr(0, comma), rest.substr(0, rest.find(',')));
                }
            }
        }
        return all;
    }();
    return names;
}

const char* state_of(const ports::User& user, ports::Moment wall) {
    if (!user.active) return "disabled";
    if (user.locked_until && wall < *user.locked_until) return "locked";
    return user.must_change_password ? "initial" : "active";
}

const char* state_of(const ports::ApiKey& key, ports::Moment wall) {
    if (key.revoked) return "revoked";
    if (wall >= key.expires_at) return "expired";
    return key.old_expires_at && wall < *key.old_expires_at ? "rotating" : "active";
}

}  // namespace

const std::vector<std::string>& region_codes() {
    static const std::vector<std::string> codes = [] {
        std::vector<std::string> all;
        for (const auto& [code, name] : region_names()) all.emplace_back(code);
        return all;
    }();
    return codes;
}

std::string word(
    const Services& services, const Request& request, const char* kind, std::string_view value
) {
    return catalogs::Words(services.words, request.language).word(kind, std::string(value));
}

std::string region_name(const Services& services, const Request& request, const std::string& code) {
    if (services.words.contains("word.region_code." + code)) {
        return word(services, request, "region_code", code);
    }
    return region_full_name(code);
}

std::string region_full_name(const std::string& code) {
    const auto found = region_names().find(code);
    return found == region_names().end() ? code : std::string(found->second);
}

const std::string& PeopleRows::organisation_name(std::int64_t id) {
    const auto known = names_.find(id);
    if (known != names_.end()) return known->second;
    const auto organisation = id == 0 ? std::nullopt : transaction_.people().organisation(id);
    return names_.emplace(id, organisation ? organisation->name : "").first->second;
}

std::string PeopleRows::joined(const std::vector<std::string>& words) const {
    const std::string separator =
        services_.words.render(request_.language, {"people.list_separator", {}});
    std::string text;
    for (const std::string& each : words) text += (text.empty() ? "" : separator) + each;
    return text;
}

Json::Object PeopleRows::row(const ports::Organisation& organisation) {
    const std::string kind(accounts::name_of(organisation.kind));
    return {
        {"id", organisation.id},
        {"code", organisation.code},
        {"name", organisation.name},
        {"kind", kind},
        {"kind_text", word(services_, request_, "organisation_kind", kind)},
        {"region", organisation.region},
        {"region_text", region_name(services_, request_, organisation.region)},
        {"parent", organisation.parent},
        {"active", organisation.active},
        {"active_text",
         word(services_, request_, "account_state", organisation.active ? "active" : "disabled")},
        {"version", organisation.version}};
}

Json::Object PeopleRows::row(const ports::User& user) {
    Json::Array roles;
    std::vector<std::string> words;
    for (const access::Role role : user.roles) {
        roles.emplace_back(std::string(access::name_of(role)));
        words.push_back(word(services_, request_, "role", access::name_of(role)));
    }
    const char* const state = state_of(user, request_.wall);
    return {
        {"id", user.id},
        {"login", user.login},
        {"name", user.name},
        {"organisation", user.organisation},
        {"organisation_name", organisation_name(user.organisation)},
        {"roles", std::move(roles)},
        {"roles_text", joined(words)},
        {"state", state},
        {"state_text", word(services_, request_, "account_state", state)},
        {"active", user.active},
        {"locked", user.locked_until && request_.wall < *user.locked_until},
        {"second_factor", user.second_factor_confirmed},
        {"last_login_at", moment(user.last_login_at)},
        {"version", user.version}};
}

Json::Object PeopleRows::row(const ports::Session& session) {
    const auto user = transaction_.people().user(session.user);
    return {
        {"user", session.user},
        {"login", user ? user->login : ""},
        {"name", user ? user->name : ""},
        {"organisation_name", user ? organisation_name(user->organisation) : ""},
        {"address", session.address},
        {"created_at", moment(session.created_at)},
        {"seen_at", moment(session.seen_at)}};
}

Json::Object PeopleRows::row(const ports::ApiKey& key) {
    Json::Array scopes;
    std::vector<std::string> scope_words;
    for (const access::Action scope : key.scopes) {
        scopes.emplace_back(std::string(access::name_of(scope)));
        scope_words.push_back(word(services_, request_, "action", access::name_of(scope)));
    }
    Json::Array roles;
    for (const std::uint8_t role : key.roles) {
        roles.emplace_back(std::string(access::name_of(static_cast<access::Role>(role))));
    }
    const char* const state = state_of(key, request_.wall);
    return {
        {"id", key.id},
        {"name", key.name},
        {"organisation", key.organisation},
        {"organisation_name", organisation_name(key.organisation)},
        {"scopes", std::move(scopes)},
        {"scopes_text", joined(scope_words)},
        {"roles", std::move(roles)},
        {"requests_per_minute", key.requests_per_minute},
        {"created_at", moment(key.created_at)},
        {"expires_at", moment(key.expires_at)},
        {"old_expires_at", moment(key.old_expires_at)},
        {"used_at", moment(key.used_at)},
        {"state", state},
        {"state_text", word(services_, request_, "key_state", state)},
        {"version", key.version}};
}

Json::Object PeopleRows::row(const ports::AuditEntry& entry) {
    const std::string action = "audit." + entry.action;
    const bool done = entry.result == "done";
    return {
        {"id", entry.id},
        {"at", moment(entry.at)},
        {"login", entry.login},
        {"organisation", entry.organisation},
        {"organisation_name", organisation_name(entry.organisation)},
        {"key", entry.key},
        {"address", entry.address},
        {"request_id", entry.request_id},
        {"action", entry.action},
        {"action_text",
         services_.words.contains(action) ? services_.words.render(request_.language, {action, {}})
                                          : entry.action},
        {"object", entry.object},
        {"result", entry.result},
        {"result_text",
         services_.words.render(
             request_.language, {done ? "audit_result.done" : "audit_result.refused", {}}
         )},
        {"before", entry.before},
        {"after", entry.after},
        {"seal", entry.seal == 0 ? Json() : Json(entry.seal)},
        {"hash", entry.hash}};
}

Json::Object organisation_members() {
    return {
        {"id", schema::number()},
        {"code", schema::text()},
        {"name", schema::text(500)},
        {"kind", schema::text()},
        {"kind_text", schema::text()},
        {"region", schema::text()},
        {"region_text", schema::text()},
        {"parent", schema::number()},
        {"active", schema::flag()},
        {"active_text", schema::text()},
        {"version", schema::number()}};
}

Json::Object user_members() {
    return {
        {"id", schema::number()},
        {"login", schema::text()},
        {"name", schema::text(500)},
        {"organisation", schema::number()},
        {"organisation_name", schema::text(500)},
        {"roles", schema::array(schema::text())},
        {"roles_text", schema::text(1000)},
        {"state", schema::text()},
        {"state_text", schema::text()},
        {"active", schema::flag()},
        {"locked", schema::flag()},
        {"second_factor", schema::flag()},
        {"last_login_at", schema::text()},
        {"version", schema::number()}};
}

Json::Object session_members() {
    return {
        {"user", schema::number()},
        {"login", schema::text()},
        {"name", schema::text(500)},
        {"organisation_name", schema::text(500)},
        {"address", schema::text()},
        {"created_at", schema::text()},
        {"seen_at", schema::text()}};
}

Json::Object key_members() {
    return {
        {"id", schema::number()},
        {"name", schema::text(500)},
        {"organisation", schema::number()},
        {"organisation_name", schema::text(500)},
        {"scopes", schema::array(schema::text())},
        {"scopes_text", schema::text(1000)},
        {"roles", schema::array(schema::text())},
        {"requests_per_minute", schema::number()},
        {"created_at", schema::text()},
        {"expires_at", schema::text()},
        {"old_expires_at", schema::text()},
        {"used_at", schema::text()},
        {"state", schema::text()},
        {"state_text", schema::text()},
        {"version", schema::number()}};
}

Json::Object audit_members() {
    return {
        {"id", schema::number()},
        {"at", schema::text()},
        {"login", schema::text()},
        {"organisation", schema::number()},
        {"organisation_name", schema::text(500)},
        {"key", schema::number()},
        {"address", schema::text()},
        {"request_id", schema::text()},
        {"action", schema::text()},
        {"action_text", schema::text()},
        {"object", schema::text(500)},
        {"result", schema::text()},
        {"result_text", schema::text()},
        {"before", schema::text(1'000'000)},
        {"after", schema::text(1'000'000)},
        {"seal", schema::nullable(schema::number())},
        {"hash", schema::text()}};
}

Parameter id_parameter() {
    return {
        .name = "id",
        .place = Parameter::Place::path,
        .kind = Parameter::Kind::count,
        .required = true,
        .description = "its number"};
}

List list_of(
    const std::string& name,
    const std::vector<std::string>& columns,
    const std::vector<std::string>& counts,
    std::vector<Json::Object> rows,
    std::int64_t total
) {
    List list;
    list.table.name = name;
    list.total = total;
    for (const std::string& column : columns) {
        const bool count = std::find(counts.begin(), counts.end(), column) != counts.end();
        list.table.columns.push_back(
            {column, count ? reports::ColumnKind::count : reports::ColumnKind::text}
        );
    }
    for (const Json::Object& row : rows) {
        std::vector<std::string> cells;
        for (const std::string& column : columns) {
            const Json& value = row.at(column);
            cells.push_back(
                value.is_number() ? std::to_string(value.number())
                : value.is_text() ? value.text()
                                  : ""
            );
        }
        list.table.rows.push_back(std::move(cells));
    }
    list.more = std::move(rows);
    return list;
}

}  // namespace jicai::web
