#include <engine/access/access.h>
#include <engine/accounts/keys.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    accounts::NewKey wanted;
    wanted.organisation = request.number("organisation");
    wanted.name = request.text("name");
    for (const std::string& name : request.texts("scopes")) {
        wanted.scopes.push_back(*access::find_action(name));
    }
    for (const std::string& name : request.texts("roles")) {
        wanted.roles.push_back(*access::find_role(name));
    }
    wanted.days = request.number("days");
    wanted.requests_per_minute = request.number("requests_per_minute", wanted.requests_per_minute);
    const accounts::ChangedKey made =
        accounts::add_key(transaction, services.secrets, request.actor, wanted, request.wall);
    Json::Object row = PeopleRows(services, request, transaction).row(made.key);
    row.emplace("secret", made.secret);
    Answer answer = json_answer(row, 201);
    answer.audit = made.audit;
    return answer;
}

Json answered() {
    Json::Object members = key_members();
    members.emplace("secret", schema::text());
    return schema::object(members);
}

std::vector<std::string> roles() {
    std::vector<std::string> names;
    for (const access::Role role : access::all_roles()) {
        if (role != access::Role::anyone) names.emplace_back(access::name_of(role));
    }
    return names;
}

std::vector<std::string> scopes() {
    std::vector<std::string> names;
    for (const access::Action scope : accounts::key_scopes()) {
        names.emplace_back(access::name_of(scope));
    }
    return names;
}

}  // namespace

Route add_key() {
    return {
        .method = Method::post,
        .path = "/api/keys",
        .name = "add_key",
        .summary = "Makes an API key; its secret is shown here only",
        .action = access::Action::manage_keys,
        .kind = Kind::write,
        .body_schema = schema::object(
            {{"organisation", schema::number()},
             {"name", schema::text(60, 1)},
             {"scopes", schema::array(schema::choice(scopes()), access::kActions)},
             {"roles", schema::array(schema::choice(roles()), access::kRoles)},
             {"days", schema::number()},
             {"requests_per_minute", schema::number()}},
            {"organisation", "requests_per_minute"}
        ),
        .answer_schema = answered(),
        .success = 201,
        .failures = {404, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
