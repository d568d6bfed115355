#include <engine/access/access.h>
#include <engine/ports/refused.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    const std::int64_t id = request.count("id", 0);
    Json row;
    services.store.read([&](ports::Transaction& transaction) {
        const auto found = transaction.people().user(id);
        if (!found || !access::may(
                          request.actor,
                          access::Action::see_users,
                          {found->id, found->organisation, 0, "", std::nullopt}
                      )) {
            throw ports::Refused({"user.not_found", {{"id", std::to_string(id)}}});
        }
        row = PeopleRows(services, request, transaction).row(*found);
    });
    return json_answer(row);
}

}  // namespace

Route get_user() {
    return {
        .path = "/api/users/{id}",
        .name = "get_user",
        .summary = "One person's account",
        .action = access::Action::see_users,
        .parameters = {id_parameter()},
        .answer_schema = schema::object(user_members()),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
