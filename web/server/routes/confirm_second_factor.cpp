#include <engine/accounts/own_account.h>
#include <web/server/answer.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/session_page.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    Answer answer = json_answer(Json::Object{{"done", true}});
    answer.audit = accounts::confirm_second_factor(
        transaction, services.secrets, session_of(request), request.text("code"), request.wall
    );
    return answer;
}

}  // namespace

Route confirm_second_factor() {
    return {
        .method = Method::put,
        .path = "/api/session/second-factor",
        .name = "confirm_second_factor",
        .summary = "Confirms the second factor by a code",
        .action = access::Action::manage_own_account,
        .kind = Kind::write,
        .body_schema = schema::object({{"code", schema::secret(20, 1)}}),
        .answer_schema = schema::object({{"done", schema::flag()}}),
        .failures = {409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
