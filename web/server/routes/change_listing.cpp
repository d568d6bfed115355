#include <engine/listing/register.h>
#include <engine/ports/refused.h>
#include <web/server/listing_rows.h>
#include <web/server/listing_terms.h>
#include <web/server/round_work.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;
using ports::Refused;

constexpr std::int64_t kReason = 1000;

std::string object_of(const ports::Listing& entry) {
    return "listing:" + std::to_string(entry.id);
}

Answer change_state(const Request& request, Services& services, ports::Transaction& transaction) {
    const listing::Doer doer = setup_doer(request);
    const auto entry =
        listing::entry_for(transaction, doer, request.count("id", 0), request.number("version"));
    listing::ActAsked asked;
    asked.act = *listing::find_act(request.text("act"));
    asked.effective = request.text("effective");
    asked.reason = request.text("reason");
    asked.clause = request.text("clause");
    if (!request.text("policy").empty()) asked.terms = delist_terms(request.text("policy"));
    listing::take_act(transaction, doer, entry, asked);
    return listing_answer(
        services,
        request,
        transaction,
        entry.id,
        audited(
            "listing." + request.text("act"),
            object_of(entry),
            Json::Object{{"state", std::string(listing::name_of(entry.state))}},
            request.body
        )
    );
}

Answer change(const Request& request, Services& services, ports::Transaction& transaction) {
    const listing::Doer doer = setup_doer(request);
    const auto entry =
        listing::entry_for(transaction, doer, request.count("id", 0), request.number("version"));
    const std::string tomorrow = listing::next_day(listing::beijing_day(request.now));
    listing::PriceAsked asked;
    asked.stated = request.has("effective") ? request.text("effective") : tomorrow;
    asked.ground_kind = request.has("ground_kind") ? request.text("ground_kind") : "declared";
    asked.ground = request.text("ground");
    asked.clause = request.text("clause");
    Json working;
    if (request.has("pack_units")) {
        const std::int64_t units = request.number("pack_units");
        if (units == entry.pack_units) {
            throw Refused({"listing.same_pack", {{"count", std::to_string(units)}}});
        }
        const auto made = pack_price_of(transaction, entry, units, asked.stated);
        const auto base =
            listing::price_on(transaction.listings().versions(entry.id), asked.stated);
        working = working_json(made, *base.price, entry.pack_units, units);
        asked.price = made.price;
        asked.ground_kind = "pack";
        asked.ground = entry.product;
        listing::change_pack(transaction, doer, entry, units, asked);
    } else if (request.has("price")) {
        asked.price = yuan_member(request, "price");
        (void)listing::set_price(transaction, doer, entry, asked);
    } else {
        listing::Details details;
        details.holder = request.text("holder");
        details.name = request.text("name");
        details.kind = listing::find_listing_kind(request.text("kind"));
        details.reason = request.text("reason");
        details.clause = request.text("clause");
        listing::change_details(transaction, doer, entry, details);
    }
    return listing_answer(
        services,
        request,
        transaction,
        entry.id,
        audited("listing.changed", object_of(entry), {}, request.body),
        200,
        working
    );
}

Parameter id() {
    return {.name = "id", .place = Parameter::Place::path, .kind = Parameter::Kind::count};
}

}  // namespace

Route change_listing_state() {
    return {
        .method = Method::post,
        .path = "/api/listings/{id}/state",
        .name = "change_listing_state",
        .summary =
            "Reviews, publicises, lists, suspends, resumes, delists an entry or declares "
            "it again; the policy says what a delisting brings",
        .action = access::Action::decide_listings,
        .kind = Kind::write,
        .parameters = {id()},
        .body_schema = schema::object(
            {{"act", schema::choice(listing_act_names())},
             {"effective", schema::text(10, 10)},
             {"reason", schema::text(kReason)},
             {"clause", schema::text(500)},
             {"policy", schema::text(64)},
             {"version", schema::number(1)}},
            {"effective", "reason", "clause", "policy"}
        ),
        .answer_schema = listing_answer_schema(),
        .failures = {404, 409, 422},
        .handle_write = change_state,
    };
}

Route change_listing() {
    return {
        .method = Method::post,
        .path = "/api/listings/{id}/changes",
        .name = "change_listing",
        .summary =
            "A lower price, another pack (priced by the ratio rule), or holder, name and "
            "kind of an entry",
        .action = access::Action::decide_listings,
        .kind = Kind::write,
        .parameters = {id()},
        .body_schema = schema::object(
            {{"price", schema::text(20, 1)},
             {"pack_units", schema::number(1, 1'000'000)},
             {"holder", schema::text(500)},
             {"name", schema::text(500)},
             {"kind", schema::choice(listing_kind_names())},
             {"effective", schema::text(10, 10)},
             {"ground_kind", schema::choice({"declared", "voluntary"})},
             {"ground", schema::text(200)},
             {"clause", schema::text(500)},
             {"reason", schema::text(kReason)},
             {"version", schema::number(1)}},
            {"price",
             "pack_units",
             "holder",
             "name",
             "kind",
             "effective",
             "ground_kind",
             "ground",
             "clause",
             "reason"}
        ),
        .answer_schema = listing_answer_schema(),
        .failures = {404, 409, 422},
        .handle_write = change,
    };
}

}  // namespace jicai::web
