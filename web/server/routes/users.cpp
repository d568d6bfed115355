#include <engine/access/access.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    ports::UserQuery query;
    query.text = request.parameter("text");
    query.role = access::find_role(request.parameter("role"));
    query.organisation = request.count("organisation", 0);
    query.page = page_of(request);
    if (request.reach == access::Reach::region) query.within = request.actor.region;
    if (request.reach == access::Reach::organisation) {
        query.organisation = request.actor.organisation;
    }
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        const auto found = transaction.people().find(query);
        total = found.total;
        rows.clear();
        PeopleRows people(services, request, transaction);
        for (const auto& user : found.rows) rows.push_back(people.row(user));
    });
    return list_answer(
        request,
        services,
        list_of(
            "users",
            {"login", "name", "organisation_name", "roles_text", "state_text", "last_login_at"},
            {},
            std::move(rows),
            total
        )
    );
}

std::vector<std::string> roles() {
    std::vector<std::string> names;
    for (const access::Role role : access::all_roles()) {
        if (role != access::Role::anyone) names.emplace_back(access::name_of(role));
    }
    return names;
}

}  // namespace

Route get_users() {
    return {
        .path = "/api/users",
        .name = "get_users",
        .summary = "People and their accounts",
        .action = access::Action::see_users,
        .parameters = list_parameters(
            {{.name = "text", .description = "part of login or name"},
             {.name = "role", .kind = Parameter::Kind::choice, .choices = roles()},
             {.name = "organisation", .kind = Parameter::Kind::count}}
        ),
        .answer_schema = schema::list(user_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = handle,
    };
}

}  // namespace jicai::web
