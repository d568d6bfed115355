#include <web/server/answer.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/user_change.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const auto changed = accounts::add_user(
        transaction,
        services.secrets,
        {request.text("login"), request.text("name"), request.number("organisation")},
        request.wall
    );
    return user_answer(services, request, transaction, changed, 201);
}

}  // namespace

Route add_user() {
    return {
        .method = Method::post,
        .path = "/api/users",
        .name = "add_user",
        .summary = "Makes an account without roles; its one-time password is shown here only",
        .action = access::Action::manage_users,
        .kind = Kind::write,
        .body_schema = schema::object(
            {{"login", schema::text(64, 1)},
             {"name", schema::text(100, 1)},
             {"organisation", schema::number(1)}}
        ),
        .answer_schema = user_answer_schema(),
        .success = 201,
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
