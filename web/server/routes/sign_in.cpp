#include <engine/accounts/identity.h>
#include <engine/accounts/sign_in.h>
#include <engine/ports/refused.h>
#include <web/server/answer.h>
#include <web/server/passwords.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/session_page.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    const accounts::SignedIn signed_in = accounts::sign_in(
        services.store,
        services.secrets,
        services.passwords.unknown_names(),
        {request.text("login"), request.text("password"), request.text("code"), origin_of(request)}
    );
    std::optional<accounts::Caller> caller;
    services.store.read([&](ports::Transaction& transaction) {
        caller =
            accounts::caller_of_session(transaction, signed_in.session.id_digest, request.wall);
    });
    // Another log-in of the same person may have ended this one already.
    if (!caller) throw ports::Refused({"session.needed", {}});
    Answer answer = json_answer(session_page(services, request, *caller));
    set_session_cookie(answer, request, signed_in.cookie);
    return answer;
}

}  // namespace

Route sign_in() {
    return {
        .method = Method::post,
        .path = "/api/session",
        .name = "sign_in",
        .summary = "Logs in; always a new session, which ends the person's older ones",
        .action = access::Action::log_in,
        .kind = Kind::act,
        .body_schema = schema::object(
            {{"login", schema::text(64, 1)},
             {"password", schema::secret(200, 1)},
             {"code", schema::secret(20)}},
            {"code"}
        ),
        .answer_schema = session_page_schema(),
        .handle = handle,
    };
}

}  // namespace jicai::web
