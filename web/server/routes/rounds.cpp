#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    return kept(request, services, "rounds", rounds_key(request, services), [&] {
        return list_answer(request, services, page_of(request, rounds_list(request, services)));
    });
}

std::vector<std::string> stage_names() {
    std::vector<std::string> names;
    for (const access::Stage stage : access::all_stages()) names.emplace_back(name_of(stage));
    return names;
}

}  // namespace

Route get_rounds() {
    return {
        .path = "/api/rounds",
        .name = "get_rounds",
        .summary = "Rounds and where they stand",
        .action = access::Action::see_rounds,
        .parameters = list_parameters(
            {{.name = "text", .description = "part of id or title"},
             {.name = "stage", .kind = Parameter::Kind::choice, .choices = stage_names()},
             {.name = "kind",
              .kind = Parameter::Kind::choice,
              .choices = {"drug", "consumable", "reagent"}}}
        ),
        .answer_schema = schema::list(rounds_row_members()),
        .answer_types = list_types(),
        .handle = handle,
    };
}

}  // namespace jicai::web
