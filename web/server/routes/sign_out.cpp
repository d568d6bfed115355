#include <engine/accounts/own_account.h>
#include <web/server/answer.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/session_page.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    Answer answer = json_answer(public_session_page());
    set_session_cookie(answer, request, "");
    if (!request.session) return answer;
    services.store.write([&](ports::Transaction& transaction) {
        answer.audit = accounts::sign_out(transaction, *request.session);
        for (const ports::AuditEntry& entry : answer.audit) {
            transaction.audit().append(filled_in(entry, request));
        }
    });
    answer.audit.clear();  // appended with what it tells about
    return answer;
}

}  // namespace

Route sign_out() {
    return {
        .method = Method::del,
        .path = "/api/session",
        .name = "sign_out",
        .summary = "Logs out; does nothing for those who are not logged in",
        .action = access::Action::log_in,
        .kind = Kind::act,
        .answer_schema = session_page_schema(),
        .handle = handle,
    };
}

}  // namespace jicai::web
