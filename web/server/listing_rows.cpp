#include <catalogs/builtin/builtin.h>
#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <engine/access/access.h>
#include <engine/listing/papers.h>
#include <engine/money/check.h>
#include <engine/money/decimal.h>
#include <engine/ports/refused.h>
#include <web/server/listing_papers.h>
#include <web/server/listing_rows.h>
#include <web/server/people_rows.h>
#include <web/server/schema.h>

#include <utility>

namespace jicai::web {

using decision::Json;

namespace {

constexpr int kScale = money::kMicroYuanScale;
constexpr int kDecimalsMax = 4;
constexpr std::int64_t kLongText = 2000;

Json::Object row_of(
    const Services& services,
    const Request& request,
    const ports::Listing& one,
    const std::vector<listing::PriceVersion>& versions,
    const std::vector<listing::ListingEvent>& events,
    const std::string& spec,
    const std::string& day
) {
    const std::string kind(listing::name_of(one.kind));
    const std::string state(listing::name_of(one.state));
    const auto enforced = listing::price_on(versions, day);
    const bool trades = listing::state_on(events, day) == listing::ListingState::listed;
    return {
        {"id", one.id},
        {"product", one.product},
        {"name", one.name},
        {"spec", spec},
        {"holder", one.holder},
        {"pack_units", std::to_string(one.pack_units)},
        {"region", one.region},
        {"region_text", region_name(services, request, one.region)},
        {"kind", kind},
        {"kind_text", word(services, request, "listing_kind", kind)},
        {"state", state},
        {"state_text", word(services, request, "listing_state", state)},
        {"state_from", events.empty() ? std::string() : events.back().effective},
        {"price", trades && enforced.price ? enforced.price->text() : std::string()},
        {"price_from", trades && enforced.price ? enforced.governs.from : std::string()},
        {"ground", enforced.governs.ground},
        {"clause", enforced.governs.clause},
        {"version", one.version}};
}

const product::PriceRatioRule& ratio_rule() {
    static const product::PriceRatioRule rule = [] {
        const auto text = catalogs::find_price_ratio("drug-2012");
        JICAI_CHECK(text.has_value());
        auto loaded = catalogs::load_price_ratio_rule(*text, "drug-2012.toml");
        JICAI_CHECK(loaded.rule.has_value());
        return *loaded.rule;
    }();
    return rule;
}

}  // namespace

money::Price yuan_of(const std::string& text, const std::string& field) {
    const auto read = money::parse_scaled(text, kScale, kDecimalsMax);
    if (read.fault || read.scaled == 0 || read.scaled > money::Price::kMicroYuanMax) {
        const decision::Message why{"listing.price_form", {{"value", text}}};
        throw ports::Refused(why, {{field, text, why}});
    }
    return money::Price(read.scaled);
}

money::Price yuan_member(const Request& request, const std::string& member) {
    return yuan_of(request.text(member), "/" + member);
}

std::vector<Json::Object> listing_rows(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const std::vector<ports::Listing>& listings,
    const std::string& day
) {
    std::vector<std::int64_t> ids;
    std::vector<std::string> codes;
    for (const auto& one : listings) {
        ids.push_back(one.id);
        codes.push_back(one.product);
    }
    auto versions = transaction.listings().versions(ids);
    auto events = transaction.listings().events(ids);
    std::map<std::string, std::string> specs;
    for (const auto& one : transaction.catalogue().products_by_code(codes)) {
        specs[one.code] = one.spec;
    }
    std::vector<Json::Object> rows;
    for (const auto& one : listings) {
        rows.push_back(row_of(
            services, request, one, versions[one.id], events[one.id], specs[one.product], day
        ));
    }
    return rows;
}

Json::Object listing_members() {
    return {
        {"id", schema::number()},
        {"product", schema::text()},
        {"name", schema::text(500)},
        {"spec", schema::text(500)},
        {"holder", schema::text(500)},
        {"pack_units", schema::text()},
        {"region", schema::text()},
        {"region_text", schema::text()},
        {"kind", schema::text()},
        {"kind_text", schema::text()},
        {"state", schema::text()},
        {"state_text", schema::text()},
        {"state_from", schema::text()},
        {"price", schema::text()},
        {"price_from", schema::text()},
        {"ground", schema::text()},
        {"clause", schema::text(500)},
        {"version", schema::number()}};
}

Json ceilings_json(
    const Services& services, const Request& request, const std::vector<listing::Ceiling>& ceilings
) {
    Json::Array all;
    for (const auto& one : ceilings) {
        all.emplace_back(Json::Object{
            {"price", one.price.text()},
            {"ground_kind", one.ground_kind},
            {"ground_text", word(services, request, "price_ground", one.ground_kind)},
            {"ground", one.ground},
            {"clause", one.clause},
            {"from", one.from}});
    }
    return all;
}

Json ceilings_schema() {
    return schema::array(schema::object(
        {{"price", schema::text()},
         {"ground_kind", schema::text()},
         {"ground_text", schema::text()},
         {"ground", schema::text()},
         {"clause", schema::text(500)},
         {"from", schema::text()}}
    ));
}

Json::Object listing_detail(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    std::int64_t id
) {
    const auto entry = transaction.listings().listing(id);
    if (!entry) throw ports::Refused({"listing.not_found", {{"id", std::to_string(id)}}});
    const auto versions = transaction.listings().versions(id);
    const auto events = transaction.listings().events(id);
    const std::string today = listing::beijing_day(request.now);
    const auto product = transaction.catalogue().product(entry->product);
    Json::Object detail = row_of(
        services, request, *entry, versions, events, product ? product->spec : std::string(), today
    );
    // Who did it is for those who work with prices; the public sees what was done and why.
    const bool names =
        access::reach_of(request.actor, access::Action::see_prices) != access::Reach::none;
    Json::Array prices;
    for (const auto& one : versions) {
        prices.emplace_back(Json::Object{
            {"price", one.price.text()},
            {"effective", one.effective},
            {"stated", one.stated},
            {"ground_kind", one.ground_kind},
            {"ground_text", word(services, request, "price_ground", one.ground_kind)},
            {"ground", one.ground},
            {"clause", one.clause},
            {"resets", one.resets},
            {"pack_units", std::to_string(one.pack_units)},
            {"by", names ? one.by.name : std::string()},
            {"recorded_at", ports::beijing_text(one.recorded_at)}});
    }
    Json::Array done;
    for (const auto& one : events) {
        const std::string to(listing::name_of(one.to));
        const std::string from = one.from ? std::string(listing::name_of(*one.from)) : "";
        done.emplace_back(Json::Object{
            {"act", one.act},
            {"act_text", word(services, request, "listing_act", one.act)},
            {"from", from},
            {"to", to},
            {"to_text", word(services, request, "listing_state", to)},
            {"effective", one.effective},
            {"reason", one.reason},
            {"clause", one.clause},
            {"change", one.change},
            {"by", names ? one.by.name : std::string()},
            {"at", ports::beijing_text(one.at)}});
    }
    Json::Array opened;
    for (const auto& one : transaction.listings().compensations_of(id)) {
        opened.emplace_back(compensation_row(services, request, one));
    }
    Json::Array may;
    if (access::may(
            request.actor, access::Action::decide_listings, {.region = entry->region, .stage = {}}
        )) {
        for (const auto act : listing::possible(entry->state, entry->kind)) {
            may.emplace_back(std::string(listing::name_of(act)));
        }
    }
    detail["derived_from"] = entry->derived_from;
    detail["barred_until"] = entry->barred_until;
    detail["relist_cap"] = entry->relist_cap ? entry->relist_cap->text() : std::string();
    detail["ceilings"] =
        ceilings_json(services, request, listing::price_on(versions, today).ceilings);
    detail["versions"] = std::move(prices);
    detail["events"] = std::move(done);
    detail["compensations"] = std::move(opened);
    detail["may"] = std::move(may);
    return detail;
}

Json::Object listing_detail_members() {
    Json::Object members = listing_members();
    members["derived_from"] = schema::number();
    members["barred_until"] = schema::text();
    members["relist_cap"] = schema::text();
    members["ceilings"] = ceilings_schema();
    members["versions"] = schema::array(schema::object(
        {{"price", schema::text()},
         {"effective", schema::text()},
         {"stated", schema::text()},
         {"ground_kind", schema::text()},
         {"ground_text", schema::text()},
         {"ground", schema::text()},
         {"clause", schema::text(500)},
         {"resets", schema::flag()},
         {"pack_units", schema::text()},
         {"by", schema::text(500)},
         {"recorded_at", schema::text()}}
    ));
    members["events"] = schema::array(schema::object(
        {{"act", schema::text()},
         {"act_text", schema::text()},
         {"from", schema::text()},
         {"to", schema::text()},
         {"to_text", schema::text()},
         {"effective", schema::text()},
         {"reason", schema::text(kLongText)},
         {"clause", schema::text(500)},
         {"change", schema::text(kLongText)},
         {"by", schema::text(500)},
         {"at", schema::text()}}
    ));
    members["compensations"] = schema::array(schema::object(compensation_members()));
    members["may"] = schema::array(schema::text());
    return members;
}

Answer listing_answer(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    std::int64_t id,
    ports::AuditEntry audit,
    int status,
    const Json& working
) {
    Json::Object detail = listing_detail(services, request, transaction, id);
    detail["working"] = working;
    Answer answer = json_answer(std::move(detail), status);
    answer.audit.push_back(std::move(audit));
    return answer;
}

Json listing_answer_schema() {
    Json::Object members = listing_detail_members();
    members["working"] = schema::nullable(schema::object(
        {{"from_price", schema::text()},
         {"from_units", schema::text()},
         {"to_units", schema::text()},
         {"factor", schema::text()},
         {"price", schema::text()},
         {"steps",
          schema::array(schema::object(
              {{"clause", schema::text()}, {"ratio", schema::text()}, {"base", schema::text()}}
          ))}}
    ));
    return schema::object(members);
}

Json working_json(
    const listing::PackPrice& price, money::Price from, std::int64_t units, std::int64_t to_units
) {
    Json::Array steps;
    for (const auto& step : price.steps) {
        steps.emplace_back(Json::Object{
            {"clause", step.clause}, {"ratio", step.ratio.text()}, {"base", step.base.text()}});
    }
    return Json::Object{
        {"from_price", from.text()},
        {"from_units", std::to_string(units)},
        {"to_units", std::to_string(to_units)},
        {"factor", price.factor},
        {"price", price.price.text()},
        {"steps", std::move(steps)}};
}

listing::PackPrice pack_price_of(
    ports::Transaction& transaction,
    const ports::Listing& entry,
    std::int64_t to_units,
    const std::string& day
) {
    const auto product = transaction.catalogue().product(entry.product);
    if (!product) {
        throw ports::Refused({"catalogue.product_not_found", {{"code", entry.product}}});
    }
    const auto enforced = listing::price_on(transaction.listings().versions(entry.id), day);
    if (!enforced.price) throw ports::Refused({"listing.no_price", {{"day", day}}});
    return listing::price_of_pack(
        ratio_rule(), *product, *enforced.price, entry.pack_units, to_units
    );
}

std::vector<std::string> listing_kind_names() {
    std::vector<std::string> names;
    for (const auto kind : listing::all_kinds()) names.emplace_back(listing::name_of(kind));
    return names;
}

std::vector<std::string> listing_state_names() {
    std::vector<std::string> names;
    for (const auto state : listing::all_states()) names.emplace_back(listing::name_of(state));
    return names;
}

std::vector<std::string> listing_act_names() {
    std::vector<std::string> names;
    for (const auto act : listing::all_acts()) names.emplace_back(listing::name_of(act));
    return names;
}

std::vector<std::string> rise_cause_names() {
    std::vector<std::string> names;
    for (const auto cause : listing::rise_causes()) names.emplace_back(cause);
    return names;
}

}  // namespace jicai::web
