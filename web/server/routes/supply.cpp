#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    page.need(page.view().results, access::Action::see_award);
    return page.kept_list("supply", [&] {
        return reports::supply_list(page.round().need().round, page.round().decided, page.filter());
    });
}

}  // namespace

Route get_supply() {
    decision::Json::Object members = row_members(reports::supply_columns());
    members.emplace("supplier", schema::text());
    members.emplace("product", schema::text());
    return {
        .path = "/api/rounds/{round}/supply",
        .name = "get_supply",
        .summary = "Every pack the winners supply, with its price",
        .action = access::Action::see_award,
        .parameters = list_parameters(
            {round_parameter(),
             {.name = "text", .description = "a lot's number, part of its name or of the winner's"},
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
