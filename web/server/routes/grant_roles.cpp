#include <engine/access/access.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/user_change.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    std::vector<access::Role> roles;
    for (const std::string& name : request.texts("roles")) {
        roles.push_back(*access::find_role(name));
    }
    const auto changed = accounts::grant_roles(
        transaction, request.actor, request.count("id", 0), roles, request.number("version")
    );
    return user_answer(services, request, transaction, changed);
}

std::vector<std::string> names() {
    std::vector<std::string> all;
    for (const access::Role role : access::all_roles()) {
        if (role != access::Role::anyone) all.emplace_back(access::name_of(role));
    }
    return all;
}

}  // namespace

Route grant_roles() {
    return {
        .method = Method::put,
        .path = "/api/users/{id}/roles",
        .name = "grant_roles",
        .summary = "Gives a person exactly these roles and ends their log-ins",
        .action = access::Action::grant_roles,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .body_schema = schema::object(
            {{"roles", schema::array(schema::choice(names()), access::kRoles)},
             {"version", schema::number(1)}}
        ),
        .answer_schema = user_answer_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
