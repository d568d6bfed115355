#include <engine/accounts/identity.h>
#include <engine/accounts/kinds.h>
#include <engine/accounts/password_rules.h>
#include <engine/ports/refused.h>
#include <web/server/answer.h>
#include <web/server/notice_parts.h>
#include <web/server/people_rows.h>
#include <web/server/schema.h>
#include <web/server/session_page.h>

#include <algorithm>

namespace jicai::web {

using decision::Json;

namespace {

Json actions_of(const access::Actor& actor) {
    Json::Array names;
    for (const access::Action action : access::all_actions()) {
        if (access::reach_of(actor, action) == access::Reach::none) continue;
        names.emplace_back(std::string(access::name_of(action)));
    }
    return names;
}

}  // namespace

Json session_page(
    const Services& services, const Request& request, const accounts::Caller& caller
) {
    const ports::Session& session = *caller.session;
    const ports::Organisation& organisation = caller.organisation;
    Json::Array roles;
    for (const access::Role role : caller.actor.roles) {
        roles.emplace_back(Json::Object{
            {"role", std::string(access::name_of(role))},
            {"text", word(services, request, "role", access::name_of(role))}});
    }
    const bool needed = std::any_of(
        caller.actor.roles.begin(), caller.actor.roles.end(), access::needs_second_factor
    );
    const ports::NoticeCounts notices = services.notice_parts.unread.of(caller.actor);
    return Json::Object{
        {"logged_in", true},
        {"login", caller.login},
        {"name", caller.name},
        {"language", caller.language},
        {"roles", std::move(roles)},
        {"organisation",
         Json::Object{
             {"id", organisation.id},
             {"code", organisation.code},
             {"name", organisation.name},
             {"kind", std::string(accounts::name_of(organisation.kind))},
             {"region", organisation.region}}},
        {"csrf", session.csrf},
        {"actions", actions_of(caller.actor)},
        {"must_change_password", caller.must_change_password},
        {"second_factor",
         Json::Object{
             {"needed", needed},
             {"enrolled", caller.second_factor_enrolled},
             {"given", session.second_factor}}},
        {"unread", notices.unread},
        {"to_sign", notices.to_sign},
        {"idle_minutes", accounts::kIdleMinutes},
        {"expires_at", ports::beijing_text(session.expires_at)}};
}

Json public_session_page(bool replaced) {
    return Json::Object{{"logged_in", false}, {"replaced", replaced}, {"actions", actions_of({})}};
}

Json session_page_schema() {
    const Json organisation = schema::object(
        {{"id", schema::number()},
         {"code", schema::text()},
         {"name", schema::text(500)},
         {"kind", schema::text()},
         {"region", schema::text()}}
    );
    const Json second_factor = schema::object(
        {{"needed", schema::flag()}, {"enrolled", schema::flag()}, {"given", schema::flag()}}
    );
    return schema::object(
        {{"logged_in", schema::flag()},
         {"replaced", schema::flag()},
         {"login", schema::text()},
         {"name", schema::text(500)},
         {"language", schema::choice({"zh", "en"})},
         {"roles",
          schema::array(schema::object({{"role", schema::text()}, {"text", schema::text()}}))},
         {"organisation", organisation},
         {"csrf", schema::text()},
         {"actions", schema::array(schema::text())},
         {"must_change_password", schema::flag()},
         {"second_factor", second_factor},
         {"unread", schema::number()},
         {"to_sign", schema::number()},
         {"idle_minutes", schema::number()},
         {"expires_at", schema::text()}},
        {"replaced",
         "login",
         "name",
         "language",
         "roles",
         "organisation",
         "csrf",
         "must_change_password",
         "second_factor",
         "unread",
         "to_sign",
         "idle_minutes",
         "expires_at"}
    );
}

ports::AuditEntry origin_of(const Request& request) {
    return filled_in({}, request);
}

const ports::Session& session_of(const Request& request) {
    if (!request.session) throw ports::Refused({"session.needed", {}});
    return *request.session;
}

}  // namespace jicai::web
