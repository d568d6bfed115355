#include <engine/ports/refused.h>
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
    query.only = request.count("id", 0);
    Json row;
    services.store.read([&](ports::Transaction& transaction) {
        const auto found = transaction.audit().find(query);
        if (query.only == 0 || found.rows.empty()) {
            throw ports::Refused({"audit_entry.not_found", {{"id", std::to_string(query.only)}}});
        }
        row = PeopleRows(services, request, transaction).row(found.rows.front());
    });
    return json_answer(row);
}

}  // namespace

Route get_audit_entry() {
    return {
        .path = "/api/audit/{id}",
        .name = "get_audit_entry",
        .summary = "One entry of the audit log, with what was before and after",
        .action = access::Action::see_audit,
        .parameters = {id_parameter()},
        .answer_schema = schema::object(audit_members()),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
