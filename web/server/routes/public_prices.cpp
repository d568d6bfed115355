#include <catalogs/messages/words.h>
#include <engine/listing/price_line.h>
#include <web/server/listing_rows.h>
#include <web/server/lists.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer list(const Request& request, Services& services) {
    ports::ListingQuery query;
    query.text = request.parameter("text");
    query.region = listing::province_of(request.parameter("region"));
    query.state = listing::ListingState::listed;
    query.page = page_of(request);
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        rows.clear();
        const auto found = transaction.listings().listings(query);
        total = found.total;
        const auto full = listing_rows(
            services, request, transaction, found.rows, listing::beijing_day(request.now)
        );
        for (const Json::Object& one : full) {
            const auto text = [&](const char* name) { return one.at(name).text(); };
            const bool begun = !text("price").empty();
            decision::Message said{
                begun ? "listing.public_price" : "listing.public_coming",
                {{"name", text("name")},
                 {"spec", text("spec")},
                 {"packs", text("pack_units")},
                 {"holder", text("holder")},
                 {"region", text("region_text")},
                 {"price", text("price")},
                 {"kind", text("kind_text")},
                 {"day", begun ? text("price_from") : text("state_from")}}};
            rows.push_back(
                {{"product", text("product")},
                 {"name", text("name")},
                 {"spec", text("spec")},
                 {"pack_units", text("pack_units")},
                 {"holder", text("holder")},
                 {"region_text", text("region_text")},
                 {"kind_text", text("kind_text")},
                 {"price", text("price")},
                 {"from", begun ? text("price_from") : text("state_from")},
                 {"text",
                  catalogs::Words(services.words, request.language).render(std::move(said))}}
            );
        }
    });
    return list_answer(
        request,
        services,
        list_of(
            "public_prices",
            {"name",
             "spec",
             "pack_units",
             "holder",
             "region_text",
             "kind_text",
             "price",
             "from",
             "text"},
            {},
            std::move(rows),
            total
        )
    );
}

}  // namespace

Route get_public_prices() {
    return {
        .path = "/api/public-prices",
        .name = "get_public_prices",
        .summary = "What is listed at which price, in plain words, for everyone",
        .action = access::Action::see_listings,
        .parameters = list_parameters(
            {{.name = "text",
              .description = "part of the name, of its initials, of the code or of the holder"},
             {.name = "region", .description = "a region; its province counts"}}
        ),
        .answer_schema = schema::list(
            {{"product", schema::text()},
             {"name", schema::text(500)},
             {"spec", schema::text(500)},
             {"pack_units", schema::text()},
             {"holder", schema::text(500)},
             {"region_text", schema::text()},
             {"kind_text", schema::text()},
             {"price", schema::text()},
             {"from", schema::text()},
             {"text", schema::text(4000)}}
        ),
        .answer_types = list_types(),
        .failures = {422},
        .handle = list,
    };
}

}  // namespace jicai::web
