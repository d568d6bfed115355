#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request&, Services& services) {
    ports::AuditVerification found;
    services.store.read([&](ports::Transaction& transaction) {
        found = transaction.audit().verify();
    });
    return json_answer(Json::Object{
        {"whole", found.whole},
        {"seals", found.seals},
        {"entries", found.entries},
        {"unsealed", found.unsealed},
        {"head", found.head},
        {"broken", found.broken}});
}

}  // namespace

Route get_audit_verification() {
    return {
        .path = "/api/audit/verification",
        .name = "get_audit_verification",
        .summary = "Walks the hash chain of the audit log and names the first broken link",
        .action = access::Action::see_audit,
        .answer_schema = schema::object(
            {{"whole", schema::flag()},
             {"seals", schema::number()},
             {"entries", schema::number()},
             {"unsealed", schema::number()},
             {"head", schema::text()},
             {"broken", schema::text(1000)}}
        ),
        .handle = handle,
    };
}

}  // namespace jicai::web
