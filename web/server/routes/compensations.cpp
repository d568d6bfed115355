#include <web/server/listing_papers.h>
#include <web/server/lists.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer list(const Request& request, Services& services) {
    ports::ListingRecordQuery query;
    query.product = request.parameter("product");
    query.within = request.parameter("region");
    query.page = page_of(request);
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        rows.clear();
        const auto found = transaction.listings().compensations(query);
        total = found.total;
        for (const auto& one : found.rows) {
            rows.push_back(compensation_row(services, request, one));
        }
    });
    return list_answer(
        request,
        services,
        list_of(
            "compensations",
            {"product",
             "region_text",
             "from",
             "to",
             "old_price",
             "new_price",
             "difference",
             "ground",
             "clause"},
            {},
            std::move(rows),
            total
        )
    );
}

}  // namespace

Route get_compensations() {
    return {
        .path = "/api/compensations",
        .name = "get_compensations",
        .summary = "What is owed per pack where a lower price became known late",
        .action = access::Action::see_prices,
        .parameters = list_parameters(
            {{.name = "product", .description = "code of the product, exactly"},
             {.name = "region", .description = "a region and what lies in it"}}
        ),
        .answer_schema = schema::list(compensation_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = list,
    };
}

}  // namespace jicai::web
