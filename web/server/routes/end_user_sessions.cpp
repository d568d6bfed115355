#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/user_change.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const auto changed = accounts::end_sessions(transaction, request.count("id", 0));
    return user_answer(services, request, transaction, changed);
}

}  // namespace

Route end_user_sessions() {
    return {
        .method = Method::del,
        .path = "/api/users/{id}/sessions",
        .name = "end_user_sessions",
        .summary = "Ends all log-ins of a person",
        .action = access::Action::grant_roles,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .answer_schema = user_answer_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
