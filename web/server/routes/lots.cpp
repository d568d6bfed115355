#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    return page.kept_list("lots", [&] {
        const DecidedRound& round = page.round();
        return reports::lot_list(
            round.need().round, round.decided, page.filter(), page.view().results, page.say()
        );
    });
}

}  // namespace

Route get_lots() {
    decision::Json::Object members = row_members(reports::lot_columns());
    members.emplace("status", schema::choice({"", "decided", "failed", "pending", "cancelled"}));
    return {
        .path = "/api/rounds/{round}/lots",
        .name = "get_lots",
        .summary = "Lots of a round; what was decided about them once it may be told",
        .action = access::Action::see_rounds,
        .parameters = list_parameters(
            {round_parameter(),
             {.name = "text", .description = "a lot's number, part of its name or of the winner's"},
             {.name = "status",
              .kind = Parameter::Kind::choice,
              .choices = {"decided", "failed", "pending", "cancelled"}}}
        ),
        .answer_schema = schema::list(members),
        .answer_types = list_types(),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
