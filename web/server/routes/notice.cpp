#include <web/server/answer.h>
#include <web/server/notice_rows.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    Json::Object page;
    services.store.read([&](ports::Transaction& transaction) {
        const auto read = notices::open(transaction, request.actor, request.count("id", 0));
        page = notice_page(services, request, transaction, read);
    });
    return json_answer(page);
}

}  // namespace

Route get_notice() {
    return {
        .path = "/api/notices/{id}",
        .name = "get_notice",
        .summary = "One notice with its text; for who may send: how many have received it",
        .action = access::Action::read_notices,
        .parameters = {id_parameter()},
        .answer_schema = schema::object(notice_page_members()),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
