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
    const accounts::Enrolment enrolment = accounts::enrol_second_factor(
        services.store,
        services.secrets,
        session_of(request).user,
        request.text("password"),
        origin_of(request)
    );
    return json_answer(Json::Object{{"secret", enrolment.secret}, {"uri", enrolment.uri}});
}

}  // namespace

Route enrol_second_factor() {
    return {
        .method = Method::post,
        .path = "/api/session/second-factor",
        .name = "enrol_second_factor",
        .summary = "Begins a second factor (RFC 6238); it counts once confirmed",
        .action = access::Action::manage_own_account,
        .kind = Kind::act,
        .body_schema = schema::object({{"password", schema::secret(200, 1)}}),
        .answer_schema = schema::object({{"secret", schema::text()}, {"uri", schema::text(500)}}),
        .failures = {409, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
