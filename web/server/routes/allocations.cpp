#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    page.need(page.view().results, access::Action::see_award);
    return page.kept_list("allocations", [&] {
        return reports::allocation_list(
            page.round().need().round, page.round().decided, page.filter(), page.say()
        );
    });
}

}  // namespace

Route get_allocations() {
    decision::Json::Object members = row_members(reports::allocation_columns());
    members.emplace("supplier", schema::text());
    members.emplace("role", schema::text());
    return {
        .path = "/api/rounds/{round}/allocations",
        .name = "get_allocations",
        .summary = "Who supplies which region; pending until regions are picked",
        .action = access::Action::see_award,
        .parameters = list_parameters(
            {round_parameter(),
             {.name = "lot", .description = "number of a lot"},
             {.name = "region", .description = "name of a supply region"},
             {.name = "supplier", .description = "id or name of a supplier"}}
        ),
        .answer_schema = schema::list(members),
        .answer_types = list_types(),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
