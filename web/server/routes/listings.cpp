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
    query.product = request.parameter("product");
    query.region = listing::province_of(request.parameter("region"));
    query.kind = listing::find_listing_kind(request.parameter("kind"));
    query.state = listing::find_state(request.parameter("state"));
    query.page = page_of(request);
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        const auto found = transaction.listings().listings(query);
        total = found.total;
        rows = listing_rows(
            services, request, transaction, found.rows, listing::beijing_day(request.now)
        );
    });
    return list_answer(
        request,
        services,
        list_of(
            "listings",
            {"product",
             "name",
             "spec",
             "pack_units",
             "holder",
             "region_text",
             "kind_text",
             "state_text",
             "state_from",
             "price",
             "price_from",
             "clause"},
            {},
            std::move(rows),
            total
        )
    );
}

Answer one(const Request& request, Services& services) {
    Json::Object detail;
    services.store.read([&](ports::Transaction& transaction) {
        detail = listing_detail(services, request, transaction, request.count("id", 0));
    });
    return json_answer(std::move(detail));
}

}  // namespace

Route get_listings() {
    return {
        .path = "/api/listings",
        .name = "get_listings",
        .summary = "The listing register, with today's enforced prices",
        .action = access::Action::see_listings,
        .parameters = list_parameters(
            {{.name = "text",
              .description = "part of the name, of its initials, of the code or of the holder"},
             {.name = "product", .description = "code of the product, exactly"},
             {.name = "region", .description = "a province, or what lies in it"},
             {.name = "kind", .kind = Parameter::Kind::choice, .choices = listing_kind_names()},
             {.name = "state", .kind = Parameter::Kind::choice, .choices = listing_state_names()}}
        ),
        .answer_schema = schema::list(listing_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = list,
    };
}

Route get_listing() {
    return {
        .path = "/api/listings/{id}",
        .name = "get_listing",
        .summary = "An entry of the register: prices, events, ceilings, compensations, and why",
        .action = access::Action::see_listings,
        .parameters =
            {{.name = "id", .place = Parameter::Place::path, .kind = Parameter::Kind::count}},
        .answer_schema = schema::object(listing_detail_members()),
        .failures = {404},
        .handle = one,
    };
}

}  // namespace jicai::web
