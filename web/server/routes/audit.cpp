#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    ports::AuditQuery query;
    query.from = ports::read_beijing_day(request.parameter("from"));
    query.until = ports::read_beijing_day(request.parameter("until"));
    if (query.until) query.until = ports::after(*query.until, ports::kDay);  // the day included
    query.login = request.parameter("login");
    query.action = request.parameter("action");
    query.object = request.parameter("object");
    query.page = page_of(request);
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        const auto found = transaction.audit().find(query);
        total = found.total;
        rows.clear();
        PeopleRows people(services, request, transaction);
        for (const auto& entry : found.rows) rows.push_back(people.row(entry));
    });
    return list_answer(
        request,
        services,
        list_of(
            "audit",
            {"at",
             "login",
             "organisation_name",
             "address",
             "action_text",
             "object",
             "result_text",
             "seal"},
            {"seal"},
            std::move(rows),
            total
        )
    );
}

}  // namespace

Route get_audit() {
    return {
        .path = "/api/audit",
        .name = "get_audit",
        .summary = "The audit log, newest first",
        .action = access::Action::see_audit,
        .parameters = list_parameters(
            {{.name = "from", .kind = Parameter::Kind::day},
             {.name = "until", .kind = Parameter::Kind::day, .description = "this day included"},
             {.name = "login"},
             {.name = "action", .description = "its first letters, such as user. or user.created"},
             {.name = "object", .description = "such as user:17"}}
        ),
        .answer_schema = schema::list(audit_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = handle,
    };
}

}  // namespace jicai::web
