#include <engine/access/access.h>
#include <engine/ports/refused.h>
#include <engine/rules/parameter.h>
#include <web/server/people_rows.h>
#include <web/server/price_rows.h>
#include <web/server/schema.h>

namespace jicai::web {

using decision::Json;
using ports::PriceObservation;
using ports::Refused;

namespace {

template <typename Type>
std::string enum_word(Type value) {
    for (const auto& [each, name] : rules::EnumNames<Type>::names) {
        if (each == value) return std::string(name);
    }
    return {};
}

std::string day_text(const std::optional<campaign::Day>& day) {
    return day ? day->text() : std::string();
}

std::string price_text(const std::optional<money::Price>& price) {
    return price ? price->text() : std::string();
}

// Pack price over units, half up to four decimals.
std::string unit_price(const PriceObservation& one) {
    constexpr std::int64_t kStep = 100;
    const auto steps = money::divide_rounded(
        one.pack_price.micro_yuan(),
        money::Int128{one.pack_units} * kStep,
        money::RoundingMode::half_up
    );
    return money::Price(static_cast<std::int64_t>(steps * kStep)).text();
}

std::string word_of_review(ports::ReviewState state) {
    switch (state) {
        case ports::ReviewState::accepted:
            return "accepted";
        case ports::ReviewState::rejected:
            return "rejected";
        case ports::ReviewState::none:
        case ports::ReviewState::pending:
            break;
    }
    return "pending";
}

std::string text_or_empty(
    const Services& services, const Request& request, const char* kind, const std::string& value
) {
    return value.empty() ? value : word(services, request, kind, value);
}

}  // namespace

std::string word_of(campaign::SourceClass source) {
    return enum_word(source);
}

std::string word_of(campaign::ObservationStatus status) {
    return enum_word(status);
}

std::string word_of(ports::PriceEventKind kind) {
    switch (kind) {
        case ports::PriceEventKind::excluded:
            return "excluded";
        case ports::PriceEventKind::restored:
            return "restored";
        case ports::PriceEventKind::held:
            return "held";
        case ports::PriceEventKind::accepted:
            return "accepted";
        case ports::PriceEventKind::rejected:
            break;
    }
    return "rejected";
}

std::string state_of(const PriceObservation& observation) {
    if (observation.excluded) return "excluded";
    if (observation.review == ports::ReviewState::pending) return "pending";
    if (observation.review == ports::ReviewState::rejected) return "rejected";
    return "counts";
}

std::vector<std::string> observation_states() {
    return {"counts", "excluded", "pending", "rejected"};
}

std::vector<std::string> source_words() {
    std::vector<std::string> words;
    for (const auto& [value, name] : rules::EnumNames<campaign::SourceClass>::names) {
        words.emplace_back(name);
    }
    return words;
}

Json::Object observation_row(
    const Services& services, const Request& request, const PriceObservation& one
) {
    const std::string source = word_of(one.source);
    const std::string status = word_of(one.status);
    const std::string state = state_of(one);
    return {
        {"id", one.id},
        {"product", one.product_code},
        {"name", one.product_name},
        {"spec", one.product_spec},
        {"maker", one.maker},
        {"region", one.region},
        {"region_text", one.region_name.empty() ? one.region : one.region_name},
        {"source", source},
        {"source_text", word(services, request, "source", source)},
        {"status", status},
        {"status_text", word(services, request, "observation_status", status)},
        {"evaluated", one.evaluated},
        {"price", one.pack_price.text()},
        {"pack_units", std::to_string(one.pack_units)},
        {"content_mg", one.content_mg},
        {"unit_price", unit_price(one)},
        {"effective_from", one.from.text()},
        {"effective_to", day_text(one.to)},
        {"document", one.document},
        {"collected_by", one.collected_by},
        {"collected_on", day_text(one.collected_on)},
        {"entered_by", one.entered_login},
        {"recorded_at", ports::beijing_text(one.recorded_at)},
        {"import", one.import},
        {"corrects", one.corrects},
        {"state", state},
        {"state_text", word(services, request, "observation_state", state)}};
}

Json::Object observation_members() {
    return {{"id", schema::number()},           {"product", schema::text()},
            {"name", schema::text(500)},        {"spec", schema::text(500)},
            {"maker", schema::text(500)},       {"region", schema::text()},
            {"region_text", schema::text()},    {"source", schema::choice(source_words())},
            {"source_text", schema::text()},    {"status", schema::text()},
            {"status_text", schema::text()},    {"evaluated", schema::flag()},
            {"price", schema::text()},          {"pack_units", schema::text()},
            {"content_mg", schema::text()},     {"unit_price", schema::text()},
            {"effective_from", schema::text()}, {"effective_to", schema::text()},
            {"document", schema::text(300)},    {"collected_by", schema::text(300)},
            {"collected_on", schema::text()},   {"entered_by", schema::text()},
            {"recorded_at", schema::text()},    {"import", schema::number()},
            {"corrects", schema::number()},     {"state", schema::choice(observation_states())},
            {"state_text", schema::text()}};
}

Json::Object review_row(
    const Services& services, const Request& request, const ports::PriceReview& review
) {
    Json::Object row = observation_row(services, request, review.observation);
    const std::string state = word_of_review(review.observation.review);
    row["state"] = state;
    row["state_text"] = word(services, request, "review_state", state);
    row["hold"] = review.hold.reason;
    row["hold_text"] = text_or_empty(services, request, "review_kind", review.hold.reason);
    row["slip"] = review.hold.slip;
    row["slip_text"] = text_or_empty(services, request, "slip", review.hold.slip);
    row["median_unit"] = price_text(review.hold.median_unit);
    row["suggested_price"] = price_text(review.hold.suggested_price);
    row["suggested_units"] =
        review.hold.suggested_units ? std::to_string(*review.hold.suggested_units) : std::string();
    row["held_at"] = ports::beijing_text(review.held_at);
    row["decided_login"] = review.decided_login;
    row["decided_at"] = review.decided_at ? ports::beijing_text(*review.decided_at) : std::string();
    row["reason"] = review.reason;
    row["corrected"] = review.corrected;
    return row;
}

Json::Object review_members() {
    Json::Object members = observation_members();
    members["state"] = schema::choice({"pending", "accepted", "rejected"});
    for (const char* name :
         {"hold",
          "hold_text",
          "slip",
          "slip_text",
          "median_unit",
          "suggested_price",
          "suggested_units",
          "held_at",
          "decided_login",
          "decided_at"}) {
        members.emplace(name, schema::text());
    }
    members.emplace("reason", schema::text(1000));
    members.emplace("corrected", schema::number());
    return members;
}

PriceObservation need_observation(const Request& request, ports::Transaction& transaction) {
    const std::int64_t id = request.count("id", 0);
    auto found = transaction.prices().observation(id);
    if (!found) throw Refused({"price.observation_not_found", {{"id", std::to_string(id)}}});
    const bool elsewhere = !access::is_within(found->region, request.actor.region);
    if (request.reach == access::Reach::region && elsewhere) {
        throw Refused({"price.region_not_yours", {{"region", found->region_name}}});
    }
    return std::move(*found);
}

prices::Doer doer_of_prices(const Request& request) {
    return {request.actor.user, request.now};
}

Json observation_page(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    std::int64_t id
) {
    const auto found = transaction.prices().observation(id);
    if (!found) throw Refused({"price.observation_not_found", {{"id", std::to_string(id)}}});
    Json::Object page = observation_row(services, request, *found);
    Json::Array events;
    for (const ports::PriceEvent& event : transaction.prices().events_of(id)) {
        const std::string kind = word_of(event.kind);
        const bool held = event.kind == ports::PriceEventKind::held;
        events.emplace_back(Json::Object{
            {"kind", kind},
            {"kind_text", word(services, request, "price_event", kind)},
            {"login", event.login},
            {"at", ports::beijing_text(event.at)},
            {"reason",
             held ? text_or_empty(services, request, "review_kind", event.reason) : event.reason}});
    }
    page.emplace("events", std::move(events));
    return page;
}

Json observation_page_schema() {
    Json::Object members = observation_members();
    members.emplace(
        "events",
        schema::array(schema::object(
            {{"kind", schema::text()},
             {"kind_text", schema::text()},
             {"login", schema::text()},
             {"at", schema::text()},
             {"reason", schema::text(1000)}}
        ))
    );
    return schema::object(members);
}

}  // namespace jicai::web
