#include <engine/access/access.h>
#include <web/server/http_status.h>
#include <web/server/openapi.h>
#include <web/server/problem.h>
#include <web/server/router.h>
#include <web/server/schema.h>

#include <algorithm>
#include <set>
#include <utility>

namespace jicai::web {
namespace {

using decision::Json;

Json reference(const std::string& to) {
    return Json::Object{{"$ref", "#/components/" + to}};
}

Json schema_of(const Parameter& parameter) {
    switch (parameter.kind) {
        case Parameter::Kind::text:
            return schema::text(500);
        case Parameter::Kind::count:
            return schema::number();
        case Parameter::Kind::choice:
            return schema::choice(parameter.choices);
        case Parameter::Kind::day:
            return Json::Object{{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
    }
    return {};
}

Json described(const Parameter& parameter) {
    const bool path = parameter.place == Parameter::Place::path;
    Json::Object object{
        {"name", parameter.name},
        {"in", path ? "path" : "query"},
        {"required", path || parameter.required},
        {"schema", schema_of(parameter)}};
    if (!parameter.description.empty()) object.emplace("description", parameter.description);
    return object;
}

Json parameters_of(const Route& route) {
    Json::Array array;
    std::set<std::string> seen;
    for (const Parameter& parameter : route.parameters) {
        array.push_back(described(parameter));
        if (parameter.place == Parameter::Place::path) seen.insert(parameter.name);
    }
    for (const std::string& segment : segments_of(route.path)) {
        if (segment.size() < 3 || segment.front() != '{') continue;
        const std::string name = segment.substr(1, segment.size() - 2);
        if (seen.contains(name)) continue;
        array.push_back(described({.name = name, .place = Parameter::Place::path}));
    }
    array.push_back(reference("parameters/lang"));
    if (route.kind == Kind::write) array.push_back(reference("parameters/idempotency_key"));
    return array;
}

Json roles_of(access::Action action) {
    Json::Array roles;
    for (const access::Role role : access::all_roles()) {
        access::Actor actor;
        if (role != access::Role::anyone) {
            actor.user = 1;
            actor.organisation = 1;
            actor.region = "000000";
            actor.roles = {role};
        }
        if (access::reach_of(actor, action) == access::Reach::none) continue;
        roles.emplace_back(std::string(access::name_of(role)));
    }
    return roles;
}

bool public_may(access::Action action) {
    return access::reach_of(access::Actor{}, action) != access::Reach::none;
}

std::string words_of(int status) {
    std::string line(status_line(status).substr(4));
    line.resize(line.size() - 2);
    return line;
}

Json answers_of(const Route& route) {
    Json::Object content;
    for (const std::string& type : route.answer_types) {
        Json::Object body;
        const bool json = type == "application/json";
        if (json && !route.answer_schema.is_null()) body.emplace("schema", route.answer_schema);
        content.emplace(type, std::move(body));
    }
    Json::Object success{{"description", words_of(route.success)}};
    if (route.success != 204) success.emplace("content", std::move(content));
    Json::Object answers{{std::to_string(route.success), std::move(success)}};
    std::vector<int> failures{400, 401, 403, 429, 500, 503};
    failures.insert(failures.end(), route.failures.begin(), route.failures.end());
    if (!route.body_schema.is_null() || route.open_body) {
        failures.insert(failures.end(), {413, 415});
    }
    if (route.kind == Kind::write) failures.insert(failures.end(), {409, 422});
    if (route.answer_types.size() > 1) failures.push_back(422);
    for (const int status : failures) {
        answers.emplace(std::to_string(status), reference("responses/problem"));
    }
    return answers;
}

Json operation_of(const Route& route) {
    Json::Object operation{
        {"operationId", route.name},
        {"summary", route.summary},
        {"tags", Json::Array{std::string(access::name_of(route.action))}},
        {"parameters", parameters_of(route)},
        {"responses", answers_of(route)},
        {"x-action", std::string(access::name_of(route.action))},
        {"x-roles", roles_of(route.action)}};
    if (route.key_scope) {
        operation.emplace("x-key-scope", std::string(access::name_of(*route.key_scope)));
    }
    Json::Array security;
    if (public_may(route.action)) security.emplace_back(Json::Object{});
    Json::Object session{{"session", Json::Array{}}};
    if (route.method != Method::get) session.emplace("csrf", Json::Array{});
    security.emplace_back(std::move(session));
    security.emplace_back(Json::Object{{"key", Json::Array{}}});
    operation.emplace("security", std::move(security));
    if (!route.body_schema.is_null()) {
        operation.emplace(
            "requestBody",
            Json::Object{
                {"required", true},
                {"content",
                 Json::Object{{"application/json", Json::Object{{"schema", route.body_schema}}}}}}
        );
    } else if (route.open_body) {
        operation.emplace(
            "requestBody",
            Json::Object{
                {"required", true},
                {"content", Json::Object{{"application/octet-stream", Json::Object{}}}}}
        );
    }
    return operation;
}

Json components() {
    Parameter language{.name = "lang", .kind = Parameter::Kind::choice, .choices = {"zh", "en"}};
    language.description =
        "of texts in the answer; else the cookie jicai_lang, Accept-Language, zh";
    const Json key = Json::Object{
        {"name", "Idempotency-Key"},
        {"in", "header"},
        {"required", true},
        {"description", "the same key with the same request gives the first answer again"},
        {"schema", Json::Object{{"type", "string"}, {"pattern", "^[A-Za-z0-9_-]{8,64}$"}}}};
    const Json problem = Json::Object{
        {"description", "What is wrong, and what to do next"},
        {"content",
         Json::Object{
             {"application/problem+json",
              Json::Object{{"schema", reference("schemas/problem")}}}}}};
    const auto scheme = [](const char* place, const char* name, const char* description) {
        return Json(Json::Object{
            {"type", "apiKey"}, {"in", place}, {"name", name}, {"description", description}});
    };
    return Json::Object{
        {"parameters", Json::Object{{"lang", described(language)}, {"idempotency_key", key}}},
        {"responses", Json::Object{{"problem", problem}}},
        {"schemas", Json::Object{{"problem", problem_schema()}}},
        {"securitySchemes",
         Json::Object{
             {"session", scheme("cookie", "jicai_session", "from POST /api/session")},
             {"csrf",
              scheme("header", "X-CSRF-Token", "csrf of GET /api/session, for all but GET")},
             {"key",
              Json::Object{
                  {"type", "http"},
                  {"scheme", "bearer"},
                  {"description", "jk_<id>_<secret>, from POST /api/keys"}}}}}};
}

const char* word_in_paths(Method method) {
    switch (method) {
        case Method::get:
            return "get";
        case Method::post:
            return "post";
        case Method::put:
            return "put";
        case Method::del:
            return "delete";
    }
    return "";
}

}  // namespace

Json openapi_of(const std::vector<Route>& table, const std::string& version) {
    Json::Object paths;
    for (const Route& route : table) {
        Json& path = paths[route.path];
        if (path.is_null()) path = Json::Object{};
        path.object().emplace(word_in_paths(route.method), operation_of(route));
    }
    return Json::Object{
        {"openapi", "3.1.0"},
        {"info",
         Json::Object{
             {"title", "Jicai"},
             {"version", version},
             {"description",
              "Centralised drug procurement. Decimals are strings; times are Beijing time."},
             {"license", Json::Object{{"name", "Apache-2.0"}, {"identifier", "Apache-2.0"}}}}},
        {"paths", std::move(paths)},
        {"components", components()}};
}

}  // namespace jicai::web
