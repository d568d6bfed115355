#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    page.need(page.view().volumes && page.view().results, access::Action::see_volumes);
    return page.kept_list("volumes", [&] {
        return reports::volume_list(page.round().need().round, page.round().decided, page.filter());
    });
}

}  // namespace

Route get_volumes() {
    decision::Json::Object members = row_members(reports::volume_columns());
    return {
        .path = "/api/rounds/{round}/volumes",
        .name = "get_volumes",
        .summary = "Agreed first-year volume of every spec and region, in smallest units",
        .action = access::Action::see_volumes,
        .parameters = list_parameters(
            {round_parameter(),
             {.name = "lot", .description = "number of a lot"},
             {.name = "region", .description = "name of a supply region"}}
        ),
        .answer_schema = schema::list(members),
        .answer_types = list_types(),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
