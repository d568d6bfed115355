#include <engine/listing/papers.h>
#include <engine/ports/refused.h>
#include <web/server/listing_papers.h>
#include <web/server/listing_rows.h>
#include <web/server/lists.h>
#include <web/server/people_rows.h>
#include <web/server/round_work.h>
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
        const auto found = transaction.listings().rises(query);
        total = found.total;
        for (const auto& one : found.rows) rows.push_back(rise_row(services, request, one));
    });
    return list_answer(
        request,
        services,
        list_of(
            "price_rises",
            {"product",
             "region_text",
             "from_price",
             "to_price",
             "effective",
             "cause_text",
             "reason",
             "state_text",
             "proposed_by",
             "decided_by"},
            {},
            std::move(rows),
            total
        )
    );
}

Answer answer_of(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    std::int64_t id,
    const char* action,
    int status
) {
    const auto saved = transaction.listings().rise(id);
    Answer answer = json_answer(rise_row(services, request, *saved), status);
    answer.audit.push_back(audited(action, "price_rise:" + std::to_string(id), {}, request.body));
    return answer;
}

Answer propose(const Request& request, Services& services, ports::Transaction& transaction) {
    const listing::Doer doer = setup_doer(request);
    const auto entry = listing::entry_for(transaction, doer, request.number("listing"), 0);
    const std::int64_t id = listing::propose_rise(
        transaction,
        doer,
        entry,
        {yuan_member(request, "price"),
         request.text("effective"),
         request.text("cause"),
         request.text("reason")}
    );
    return answer_of(services, request, transaction, id, "price_rise.proposed", 201);
}

Answer decide(const Request& request, Services& services, ports::Transaction& transaction) {
    const std::int64_t id = request.count("id", 0);
    const bool accept = request.flag("accept");
    (void)listing::decide_rise(
        transaction,
        setup_doer(request),
        id,
        {accept, request.text("reason"), request.text("clause"), request.number("version")}
    );
    return answer_of(
        services,
        request,
        transaction,
        id,
        accept ? "price_rise.approved" : "price_rise.refused",
        200
    );
}

}  // namespace

Route get_price_rises() {
    return {
        .path = "/api/price-rises",
        .name = "get_price_rises",
        .summary = "Price rises: proposed by one person, decided by another",
        .action = access::Action::see_prices,
        .parameters = list_parameters(
            {{.name = "product", .description = "code of the product, exactly"},
             {.name = "region", .description = "a region and what lies in it"}}
        ),
        .answer_schema = schema::list(rise_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = list,
    };
}

Route add_price_rise() {
    return {
        .method = Method::post,
        .path = "/api/price-rises",
        .name = "add_price_rise",
        .summary = "Proposes to raise the price of an entry, with cause and reason",
        .action = access::Action::decide_listings,
        .kind = Kind::write,
        .body_schema = schema::object(
            {{"listing", schema::number(1)},
             {"price", schema::text(20, 1)},
             {"effective", schema::text(10, 10)},
             {"cause", schema::choice(rise_cause_names())},
             {"reason", schema::text(1000, 1)}},
            {"effective"}
        ),
        .answer_schema = schema::object(rise_members()),
        .success = 201,
        .failures = {404, 409, 422},
        .handle_write = propose,
    };
}

Route decide_price_rise() {
    return {
        .method = Method::post,
        .path = "/api/price-rises/{id}/decision",
        .name = "decide_price_rise",
        .summary = "Approves or refuses a price rise that somebody else proposed",
        .action = access::Action::decide_listings,
        .kind = Kind::write,
        .parameters =
            {{.name = "id", .place = Parameter::Place::path, .kind = Parameter::Kind::count}},
        .body_schema = schema::object(
            {{"accept", schema::flag()},
             {"reason", schema::text(1000, 1)},
             {"clause", schema::text(500)},
             {"version", schema::number(1)}},
            {"clause"}
        ),
        .answer_schema = schema::object(rise_members()),
        .failures = {404, 409, 422},
        .handle_write = decide,
    };
}

}  // namespace jicai::web
