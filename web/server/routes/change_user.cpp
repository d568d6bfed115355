#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>
#include <web/server/user_change.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const auto changed = accounts::change_user(
        transaction,
        request.actor,
        {request.count("id", 0),
         request.text("name"),
         request.number("organisation"),
         request.flag("active"),
         request.number("version")}
    );
    return user_answer(services, request, transaction, changed);
}

}  // namespace

Route change_user() {
    return {
        .method = Method::put,
        .path = "/api/users/{id}",
        .name = "change_user",
        .summary =
            "Changes name, organisation, whether active; another organisation means no roles",
        .action = access::Action::manage_users,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .body_schema = schema::object(
            {{"name", schema::text(100, 1)},
             {"organisation", schema::number(1)},
             {"active", schema::flag()},
             {"version", schema::number(1)}}
        ),
        .answer_schema = user_answer_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
