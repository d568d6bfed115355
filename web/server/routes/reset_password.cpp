#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/user_change.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const auto changed = accounts::reset_password(
        transaction, services.secrets, request.actor, request.count("id", 0), request.wall
    );
    return user_answer(services, request, transaction, changed);
}

}  // namespace

Route reset_password() {
    return {
        .method = Method::post,
        .path = "/api/users/{id}/password",
        .name = "reset_password",
        .summary = "Gives a new one-time password, unlocks and ends the log-ins",
        .action = access::Action::grant_roles,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .answer_schema = user_answer_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
