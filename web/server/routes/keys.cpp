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
    const std::int64_t organisation =
        request.reach == access::Reach::all ? 0 : request.actor.organisation;
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        const auto found = transaction.sessions().keys(organisation, page_of(request));
        total = found.total;
        rows.clear();
        PeopleRows people(services, request, transaction);
        for (const auto& key : found.rows) rows.push_back(people.row(key));
    });
    return list_answer(
        request,
        services,
        list_of(
            "keys",
            {"id",
             "name",
             "organisation_name",
             "scopes_text",
             "created_at",
             "expires_at",
             "used_at",
             "state_text"},
            {"id"},
            std::move(rows),
            total
        )
    );
}

}  // namespace

Route get_keys() {
    return {
        .path = "/api/keys",
        .name = "get_keys",
        .summary = "API keys of the own organisation, or of all",
        .action = access::Action::manage_keys,
        .parameters = list_parameters(),
        .answer_schema = schema::list(key_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = handle,
    };
}

}  // namespace jicai::web
