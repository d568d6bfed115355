#include <catalogs/messages/words.h>
#include <engine/listing/order_check.h>
#include <web/server/listing_rows.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer check(const Request& request, Services& services) {
    listing::OrderAsked asked;
    asked.product = request.parameter("product");
    asked.region = request.parameter("region");
    asked.day = request.parameter("day");
    if (asked.day.empty()) asked.day = listing::beijing_day(request.now);
    asked.price = yuan_of(request.parameter("price"), "price");
    asked.hospital = request.actor.organisation;
    asked.packs = request.count("packs", 1);
    listing::OrderAnswer answer;
    services.store.read([&](ports::Transaction& transaction) {
        answer = listing::check_order(transaction, asked);
    });
    const catalogs::Words words(services.words, request.language);
    const auto say = [&](decision::Message message) {
        if (message.key.empty()) return std::string();
        for (auto& [name, value] : message.arguments) {
            if (name == "region") {
                value = region_name(services, request, listing::province_of(asked.region));
            }
        }
        return words.render(message);
    };
    return json_answer(Json::Object{
        {"allowed", answer.allowed()},
        {"outcome", std::string(listing::name_of(answer.outcome))},
        {"enforced_price", answer.enforced_price ? answer.enforced_price->text() : std::string()},
        {"clause", answer.clause},
        {"ground", answer.ground},
        {"from", answer.from},
        {"text", say(answer.text)},
        {"next", say(answer.next)},
        {"ceilings", ceilings_json(services, request, answer.ceilings)},
        {"listing", answer.listing},
        {"filing", answer.filing}});
}

}  // namespace

Route get_order_check() {
    return {
        .path = "/api/order-check",
        .name = "get_order_check",
        .summary =
            "Whether an order of a product at a price would be allowed on a day, and why; "
            "a city or county takes its province's listing",
        .action = access::Action::check_orders,
        .parameters =
            {{.name = "product", .required = true},
             {.name = "region", .required = true, .description = "GB/T 2260, six digits"},
             {.name = "day", .kind = Parameter::Kind::day, .description = "today where left out"},
             {.name = "price", .required = true, .description = "yuan per pack"},
             {.name = "packs", .kind = Parameter::Kind::count}},
        .answer_schema = schema::object(
            {{"allowed", schema::flag()},
             {"outcome", schema::text()},
             {"enforced_price", schema::text()},
             {"clause", schema::text(500)},
             {"ground", schema::text()},
             {"from", schema::text()},
             {"text", schema::text(4000)},
             {"next", schema::text(4000)},
             {"ceilings", ceilings_schema()},
             {"listing", schema::number()},
             {"filing", schema::number()}}
        ),
        .failures = {422},
        .handle = check,
    };
}

}  // namespace jicai::web
