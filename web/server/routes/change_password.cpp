#include <engine/accounts/own_account.h>
#include <web/server/answer.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/session_page.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    accounts::change_password(
        services.store,
        services.secrets,
        {session_of(request), request.text("old"), request.text("new"), origin_of(request)}
    );
    return json_answer(Json::Object{{"done", true}});
}

}  // namespace

Route change_password() {
    return {
        .method = Method::put,
        .path = "/api/session/password",
        .name = "change_password",
        .summary = "Changes the own password and ends the other log-ins",
        .action = access::Action::manage_own_account,
        .kind = Kind::act,
        .body_schema =
            schema::object({{"old", schema::secret(200, 1)}, {"new", schema::secret(200, 1)}}),
        .answer_schema = schema::object({{"done", schema::flag()}}),
        .failures = {409, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
