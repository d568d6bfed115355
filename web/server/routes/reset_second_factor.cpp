#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/user_change.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const auto changed =
        accounts::reset_second_factor(transaction, request.actor, request.count("id", 0));
    return user_answer(services, request, transaction, changed);
}

}  // namespace

Route reset_second_factor() {
    return {
        .method = Method::del,
        .path = "/api/users/{id}/second-factor",
        .name = "reset_second_factor",
        .summary = "Takes a person's second factor away; they enrol a new one at the next log-in",
        .action = access::Action::grant_roles,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .answer_schema = user_answer_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
