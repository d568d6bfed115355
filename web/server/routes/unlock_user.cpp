#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/user_change.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const auto changed = accounts::unlock(transaction, request.actor, request.count("id", 0));
    return user_answer(services, request, transaction, changed);
}

}  // namespace

Route unlock_user() {
    return {
        .method = Method::post,
        .path = "/api/users/{id}/unlock",
        .name = "unlock_user",
        .summary = "Ends a lock before its time",
        .action = access::Action::grant_roles,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .answer_schema = user_answer_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
