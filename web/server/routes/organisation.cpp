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
        const auto found = transaction.people().organisation(id);
        // Whoever may not see it learns no more than that.
        if (!found || !access::may(
                          request.actor,
                          access::Action::see_organisations,
                          {0, found->id, 0, found->region, std::nullopt}
                      )) {
            throw ports::Refused({"organisation.not_found", {{"id", std::to_string(id)}}});
        }
        row = PeopleRows(services, request, transaction).row(*found);
    });
    return json_answer(row);
}

}  // namespace

Route get_organisation() {
    return {
        .path = "/api/organisations/{id}",
        .name = "get_organisation",
        .summary = "One organisation",
        .action = access::Action::see_organisations,
        .parameters = {id_parameter()},
        .answer_schema = schema::object(organisation_members()),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
