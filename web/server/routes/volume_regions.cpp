#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    page.need(page.view().volumes, access::Action::see_volumes);
    const decision::LotDecision& lot = page.round().lot(request.parameter("lot"));
    return page.kept("volume_regions", [&] {
        return json_answer(reports::volumes_by_region(
            page.round().need().round, lot, page.view().results, page.say()
        ));
    });
}

}  // namespace

Route get_volume_regions() {
    return {
        .path = "/api/rounds/{round}/volumes/regions",
        .name = "get_volume_regions",
        .summary = "Reported and agreed volume of a lot by region",
        .action = access::Action::see_volumes,
        .parameters =
            {round_parameter(),
             {.name = "lot", .required = true, .description = "number of a lot"}},
        .answer_schema = schema::object(
            {{"unit", schema::text()},
             {"regions",
              schema::array(schema::object(
                  {{"region", schema::text()},
                   {"region_text", schema::text()},
                   {"reported", schema::text()},
                   {"agreed", schema::text()}}
              ))},
             {"total_reported", schema::text()},
             {"total_agreed", schema::text()}}
        ),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
