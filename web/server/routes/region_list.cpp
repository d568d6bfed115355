#include <engine/catalogue/kinds.h>
#include <web/server/answer.h>
#include <web/server/catalogue_rows.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    ports::RegionQuery query;
    query.text = request.parameter("text");
    query.parent = request.parameter("parent");
    query.level = catalogue::find_region_level(request.parameter("level"));
    query.page = page_of(request);
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        rows.clear();
        const auto found = transaction.catalogue().regions(query);
        total = found.total;
        CatalogueRows all(services, request, transaction);
        for (const auto& one : found.rows) rows.push_back(all.row(one));
    });
    return list_answer(
        request,
        services,
        list_of(
            "region_list",
            {"code", "name", "level_text", "path_text", "own_text"},
            {},
            std::move(rows),
            total
        )
    );
}

}  // namespace

Route get_region_list() {
    return {
        .path = "/api/region-list",
        .name = "get_region_list",
        .summary = "Regions of GB/T 2260, and those entered here",
        .action = access::Action::see_catalogues,
        .parameters = list_parameters(
            {{.name = "text", .description = "part of the name, of its initials, or of the code"},
             {.name = "parent", .description = "code; the regions right below it"},
             {.name = "level",
              .kind = Parameter::Kind::choice,
              .choices = {"country", "province", "city", "county"}}}
        ),
        .answer_schema = schema::list(region_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = handle,
    };
}

}  // namespace jicai::web
