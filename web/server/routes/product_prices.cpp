#include <catalogs/messages/words.h>
#include <engine/ports/refused.h>
#include <engine/prices/corrections.h>
#include <engine/prices/working.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/price_policies.h>
#include <web/server/price_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

#include <algorithm>

namespace jicai::web {
namespace {

using decision::Json;

std::string price_text(const std::optional<money::Price>& price) {
    return price ? price->text() : std::string();
}

const PricePolicy& need_policy(const Request& request) {
    const std::string& asked = request.parameter("policy");
    const PricePolicy* const policy = find_price_policy(asked.empty() ? kWatchPolicy : asked);
    if (policy != nullptr) return *policy;
    std::string known;
    for (const std::string& id : price_policy_ids()) known += (known.empty() ? "" : "、") + id;
    throw ports::Refused({"price.policy_unknown", {{"policy", asked}, {"known", known}}});
}

campaign::Day day_or(const Request& request, const char* name, campaign::Day otherwise) {
    const std::string& text = request.parameter(name);
    if (text.empty()) return otherwise;
    const auto day = campaign::Day::parse(text);
    if (!day) throw ports::Refused({"price.day_out_of_range", {{"value", text}}});
    return *day;
}

Json product_page(const ports::LinkageProduct& one) {
    return Json::Object{
        {"code", one.product.code},
        {"name", one.product.name},
        {"spec", one.product.spec},
        {"form", one.product.form},
        {"pack_units", std::to_string(one.product.pack_units)},
        {"price", price_text(one.product.price)},
        {"maker", one.maker()},
        {"variety", one.variety()},
        {"content_mg", one.facts.content_mg},
        {"material", one.facts.material},
        {"evaluated", one.facts.evaluated},
        {"originator", one.facts.originator}};
}

Json observation_page_of(
    const Services& services,
    const Request& request,
    const ports::PriceObservation& observation,
    const prices::WorkedObservation& worked,
    bool used
) {
    Json::Object row = observation_row(services, request, observation);
    const std::string reason =
        worked.not_counted ? std::string(campaign::text(*worked.not_counted)) : std::string();
    row.emplace("counted", !worked.not_counted.has_value());
    row.emplace("used", used);
    row.emplace("reason", reason);
    row.emplace(
        "reason_text", reason.empty() ? reason : word(services, request, "exclusion", reason)
    );
    row.emplace("divided", worked.divided.text());
    row.emplace("by_ratio", price_text(worked.by_ratio));
    row.emplace("converted", price_text(worked.unit_price));
    row.emplace("routes_differ", worked.routes_differ());
    return row;
}

Json history_page(const prices::Working& working) {
    Json::Array history;
    for (const auto& [region, points] : working.history) {
        Json::Array shown;
        for (const prices::PricePoint& point : points) {
            shown.emplace_back(Json::Object{
                {"day", point.day.text()}, {"price", price_text(point.unit_price)}});
        }
        history.emplace_back(Json::Object{{"region", region}, {"points", std::move(shown)}});
    }
    return history;
}

Answer handle(const Request& request, Services& services) {
    const PricePolicy& policy = need_policy(request);
    prices::WorkingAsked asked;
    asked.region =
        request.parameter("region").empty() ? request.actor.region : request.parameter("region");
    asked.as_of = day_or(request, "as_of", prices::beijing_day(request.now));
    if (!request.parameter("known_at").empty()) asked.known_at = day_or(request, "known_at", {});
    const std::string& code = request.parameter("product");
    std::optional<prices::ProductPrices> found;
    std::optional<prices::RegionWords> regions;
    services.store.read([&](ports::Transaction& transaction) {
        found = prices::prices_of(transaction, code);
        regions.emplace(transaction.catalogue().all_regions());
    });
    if (!found) throw ports::Refused({"catalogue.product_not_found", {{"code", code}}});
    const prices::Working working = prices::work_out(
        *found, *regions, policy.policy, policy.ratio_rule ? &*policy.ratio_rule : nullptr, asked
    );
    const catalogs::Words words(services.words, request.language);
    Json::Array observations;
    for (const prices::WorkedObservation& worked : working.observations) {
        const bool used = std::find(working.used.begin(), working.used.end(), worked.observation) !=
                          working.used.end();
        observations.push_back(observation_page_of(
            services, request, found->observations[worked.observation], worked, used
        ));
    }
    Json::Array waits;
    for (const decision::Message& message : working.waits_for) {
        waits.emplace_back(words.render(message));
    }
    const bool chinese = request.language == catalogs::Language::zh;
    return json_answer(Json::Object{
        {"product", product_page(found->product)},
        {"as_of", asked.as_of.text()},
        {"known_at", asked.known_at ? asked.known_at->text() : std::string()},
        {"region", asked.region},
        {"region_text", regions->province_of(asked.region)},
        {"policy", policy.policy.id},
        {"policy_text", chinese ? policy.policy.title_zh : policy.policy.title_en},
        {"kind", working.kind},
        {"kind_text", word(services, request, "reference_kind", working.kind)},
        {"reference_unit", price_text(working.reference_unit)},
        {"reference", price_text(working.reference)},
        {"counted", static_cast<std::int64_t>(working.counted)},
        {"observations", std::move(observations)},
        {"history", history_page(working)},
        {"waits_for", std::move(waits)}});
}

Json page_schema() {
    Json::Object row = observation_members();
    for (const char* name : {"reason", "reason_text", "divided", "by_ratio", "converted"}) {
        row.emplace(name, schema::text());
    }
    for (const char* name : {"counted", "used", "routes_differ"}) {
        row.emplace(name, schema::flag());
    }
    const Json product = schema::object(
        {{"code", schema::text()},
         {"name", schema::text(500)},
         {"spec", schema::text(500)},
         {"form", schema::text(500)},
         {"pack_units", schema::text()},
         {"price", schema::text()},
         {"maker", schema::text(500)},
         {"variety", schema::text(500)},
         {"content_mg", schema::text()},
         {"material", schema::text()},
         {"evaluated", schema::flag()},
         {"originator", schema::flag()}}
    );
    const Json points =
        schema::array(schema::object({{"day", schema::text()}, {"price", schema::text()}}));
    return schema::object(
        {{"product", product},
         {"as_of", schema::text()},
         {"known_at", schema::text()},
         {"region", schema::text()},
         {"region_text", schema::text()},
         {"policy", schema::text()},
         {"policy_text", schema::text()},
         {"kind", schema::text()},
         {"kind_text", schema::text()},
         {"reference_unit", schema::text()},
         {"reference", schema::text()},
         {"counted", schema::number()},
         {"observations", schema::array(schema::object(row))},
         {"history",
          schema::array(schema::object({{"region", schema::text()}, {"points", points}}))},
         {"waits_for", schema::array(schema::text(1000))}}
    );
}

}  // namespace

Route get_product_prices() {
    return {
        .path = "/api/prices/{product}",
        .name = "get_product_prices",
        .summary =
            "The working of a product's reference price: what each observation comes to per "
            "smallest unit by either route, whether it counts, and the course of prices",
        .action = access::Action::see_prices,
        .parameters =
            {{.name = "product", .place = Parameter::Place::path},
             {.name = "as_of", .kind = Parameter::Kind::day, .description = "today if not given"},
             {.name = "known_at",
              .kind = Parameter::Kind::day,
              .description = "as known at the end of this day; all that is recorded if not given"},
             {.name = "region", .description = "whose prices are linked; one's own if not given"},
             {.name = "policy", .description = "price-watch if not given"}},
        .answer_schema = page_schema(),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
