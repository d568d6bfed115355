#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        const auto found = transaction.sessions().live(page_of(request));
        total = found.total;
        rows.clear();
        PeopleRows people(services, request, transaction);
        for (const auto& session : found.rows) rows.push_back(people.row(session));
    });
    return list_answer(
        request,
        services,
        list_of(
            "sessions",
            {"login", "name", "organisation_name", "address", "created_at", "seen_at"},
            {},
            std::move(rows),
            total
        )
    );
}

}  // namespace

Route get_sessions() {
    return {
        .path = "/api/sessions",
        .name = "get_sessions",
        .summary = "Who is logged in, from where, since when",
        .action = access::Action::grant_roles,
        .parameters = list_parameters(),
        .answer_schema = schema::list(session_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = handle,
    };
}

}  // namespace jicai::web
