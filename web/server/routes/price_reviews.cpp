#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/price_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    ports::ReviewQuery query;
    query.text = request.parameter("text");
    const std::string& state = request.parameter("state");
    if (state == "pending") query.state = ports::ReviewState::pending;
    if (state == "accepted") query.state = ports::ReviewState::accepted;
    if (state == "rejected") query.state = ports::ReviewState::rejected;
    query.page = page_of(request);
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        rows.clear();
        const auto found = transaction.prices().reviews(query);
        total = found.total;
        for (const auto& one : found.rows) rows.push_back(review_row(services, request, one));
    });
    return list_answer(
        request,
        services,
        list_of(
            "price_reviews",
            {"product",
             "name",
             "spec",
             "maker",
             "region_text",
             "source_text",
             "price",
             "pack_units",
             "unit_price",
             "median_unit",
             "hold_text",
             "slip_text",
             "suggested_price",
             "state_text",
             "held_at",
             "decided_login"},
            {},
            std::move(rows),
            total
        )
    );
}

}  // namespace

Route get_price_reviews() {
    return {
        .path = "/api/price-reviews",
        .name = "get_price_reviews",
        .summary =
            "Observations held for review, with the slip that is probable; those that wait "
            "come first",
        .action = access::Action::see_prices,
        .parameters = list_parameters(
            {{.name = "text",
              .description = "part of the product's code, name, initials or maker, or of the "
                             "document"},
             {.name = "state",
              .kind = Parameter::Kind::choice,
              .choices = {"pending", "accepted", "rejected"}}}
        ),
        .answer_schema = schema::list(review_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = handle,
    };
}

}  // namespace jicai::web
