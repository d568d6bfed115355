#include <engine/accounts/own_account.h>
#include <web/server/answer.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/session_page.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services&, ports::Transaction& transaction) {
    Answer answer = json_answer(Json::Object{{"done", true}});
    answer.audit = accounts::sign_out_others(transaction, session_of(request));
    return answer;
}

}  // namespace

Route end_other_sessions() {
    return {
        .method = Method::del,
        .path = "/api/session/others",
        .name = "end_other_sessions",
        .summary = "Ends all other log-ins of the same person",
        .action = access::Action::manage_own_account,
        .kind = Kind::write,
        .answer_schema = schema::object({{"done", schema::flag()}}),
        .handle_write = handle,
    };
}

}  // namespace jicai::web
