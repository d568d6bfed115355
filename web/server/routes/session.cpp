#include <web/server/answer.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/session_page.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    if (!request.session) {
        bool replaced = false;
        if (!request.cookie.empty()) {
            services.store.read([&](ports::Transaction& transaction) {
                replaced =
                    transaction.sessions().was_replaced(services.secrets.digest(request.cookie));
            });
        }
        return json_answer(public_session_page(replaced));
    }
    return json_answer(session_page(services, request, *request.caller));
}

}  // namespace

Route get_session() {
    return {
        .path = "/api/session",
        .name = "get_session",
        .summary = "Who is logged in, what they may, and the token every write must repeat",
        .action = access::Action::log_in,
        .answer_schema = session_page_schema(),
        .handle = handle,
    };
}

}  // namespace jicai::web
