#include <engine/access/access.h>
#include <engine/listing/register.h>
#include <engine/ports/refused.h>
#include <web/server/listing_rows.h>
#include <web/server/round_work.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;
using ports::Refused;

Answer entered(
    const Request& request, Services& services, ports::Transaction& transaction, bool by_company
) {
    const listing::Doer doer = setup_doer(request);
    listing::NewEntry entry;
    entry.product = request.text("product");
    entry.region = request.text("region");
    entry.kind = *listing::find_listing_kind(request.text("kind"));
    entry.holder = request.text("holder");
    entry.name = request.text("name");
    entry.effective = request.text("effective");
    entry.clause = request.text("clause");
    entry.reason = request.text("reason");
    const auto product = transaction.catalogue().product(entry.product);
    if (!product) throw Refused({"catalogue.product_not_found", {{"code", entry.product}}});
    entry.pack_units = product->pack_units;

    Json working;
    const std::int64_t winner = request.number("derived_from");
    if (winner != 0) {
        // Another pack of a winner: its price is the winner's, brought to it by the ratio rule.
        const auto from = transaction.listings().listing(winner);
        if (!from) throw Refused({"listing.not_found", {{"id", std::to_string(winner)}}});
        const auto won = transaction.catalogue().product(from->product);
        if (!won || from->kind != listing::ListingKind::won_with_volume ||
            won->name != product->name || won->form != product->form ||
            won->spec != product->spec || won->supplier != product->supplier) {
            throw Refused(
                {"listing.not_a_pack_of", {{"product", entry.product}, {"winner", from->product}}}
            );
        }
        const auto made = pack_price_of(transaction, *from, product->pack_units, entry.effective);
        const auto base =
            listing::price_on(transaction.listings().versions(from->id), entry.effective);
        working = working_json(made, *base.price, from->pack_units, product->pack_units);
        entry.price = made.price;
        entry.ground_kind = "pack";
        entry.ground = from->product;
        entry.derived_from = from->id;
    } else {
        entry.price = yuan_member(request, "price");
    }
    if (by_company) {
        const auto own = transaction.people().organisation(request.actor.organisation);
        if (!own || own->name != product->supplier) {
            throw Refused(
                {"listing.not_your_product",
                 {{"product", entry.product}, {"supplier", product->supplier}}}
            );
        }
    } else if (!access::may(
                   request.actor,
                   access::Action::decide_listings,
                   {.region = entry.region, .stage = {}}
               )) {
        throw Refused(
            {"access.denied",
             {{"action", std::string(access::name_of(access::Action::decide_listings))}}}
        );
    }
    const std::int64_t id = listing::enter(transaction, doer, entry);
    return listing_answer(
        services,
        request,
        transaction,
        id,
        audited("listing.declared", "listing:" + std::to_string(id), {}, request.body),
        201,
        working
    );
}

Answer by_officer(const Request& request, Services& services, ports::Transaction& transaction) {
    return entered(request, services, transaction, false);
}

Answer by_company(const Request& request, Services& services, ports::Transaction& transaction) {
    return entered(request, services, transaction, true);
}

Json body() {
    return schema::object(
        {{"product", schema::text(64, 1)},
         {"region", schema::text(6, 6)},
         {"kind", schema::choice(listing_kind_names())},
         {"price", schema::text(20, 1)},
         {"effective", schema::text(10, 10)},
         {"holder", schema::text(500)},
         {"name", schema::text(500)},
         {"clause", schema::text(500)},
         {"reason", schema::text(1000)},
         {"derived_from", schema::number(1)}},
        {"price", "holder", "name", "clause", "reason", "derived_from"}
    );
}

}  // namespace

Route add_listing() {
    return {
        .method = Method::post,
        .path = "/api/listings",
        .name = "add_listing",
        .summary =
            "Enters a product of a province as declared; a winner's other pack is priced "
            "by the ratio rule",
        .action = access::Action::decide_listings,
        .kind = Kind::write,
        .body_schema = body(),
        .answer_schema = listing_answer_schema(),
        .success = 201,
        .failures = {404, 409, 422},
        .handle_write = by_officer,
    };
}

Route declare_listing() {
    return {
        .method = Method::post,
        .path = "/api/listing-declarations",
        .name = "declare_listing",
        .summary = "A company declares a product of its own for listing in a province",
        .action = access::Action::declare_prices,
        .kind = Kind::write,
        .body_schema = body(),
        .answer_schema = listing_answer_schema(),
        .success = 201,
        .failures = {404, 409, 422},
        .handle_write = by_company,
    };
}

}  // namespace jicai::web
