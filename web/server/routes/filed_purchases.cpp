#include <engine/access/access.h>
#include <engine/listing/papers.h>
#include <engine/money/decimal.h>
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

constexpr int kAmountScale = 6;
constexpr int kAmountDecimals = 2;
constexpr int kPercentDecimals = 2;

/// A decimal of a body. Refused with listing.price_form.
std::int64_t scaled_member(const Request& request, const std::string& member, int scale, int most) {
    const std::string& text = request.text(member);
    const auto read = money::parse_scaled(text, scale, most);
    if (read.fault) {
        const decision::Message why{"listing.price_form", {{"value", text}}};
        throw ports::Refused(why, {{"/" + member, text, why}});
    }
    return read.scaled;
}

Answer list(const Request& request, Services& services) {
    ports::FilingQuery query;
    query.text = request.parameter("text");
    query.page = page_of(request);
    // Officers see their region's; everybody else their own.
    const auto reach = access::reach_of(request.actor, access::Action::decide_listings);
    if (reach == access::Reach::none) {
        query.hospital = request.actor.organisation;
    } else {
        query.within = request.actor.region;
    }
    const std::string& state = request.parameter("state");
    if (state == "requested") query.state = ports::FilingState::requested;
    if (state == "approved") query.state = ports::FilingState::approved;
    if (state == "refused") query.state = ports::FilingState::refused;
    std::vector<Json::Object> rows;
    std::int64_t total = 0;
    services.store.read([&](ports::Transaction& transaction) {
        rows.clear();
        const auto found = transaction.listings().filings(query);
        total = found.total;
        for (const auto& one : found.rows) {
            Json::Object row = filing_row(services, request, one);
            for (const char* const name : {"packs", "packs_ordered"}) {
                row[name] = std::to_string(row.at(name).number());
            }
            rows.push_back(std::move(row));
        }
    });
    return list_answer(
        request,
        services,
        list_of(
            "filed_purchases",
            {"product",
             "hospital_name",
             "reason",
             "evidence_price",
             "packs",
             "packs_ordered",
             "from",
             "to",
             "share_cap",
             "state_text",
             "decided_by"},
            {},
            std::move(rows),
            total
        )
    );
}

Json::Object row_members() {
    Json::Object members = filing_members();
    members["packs"] = schema::text();
    members["packs_ordered"] = schema::text();
    return members;
}

Answer answer_of(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    std::int64_t id,
    const char* action,
    int status
) {
    const auto saved = transaction.listings().filing(id);
    Answer answer = json_answer(filing_row(services, request, *saved), status);
    answer.audit.push_back(audited(action, "filed_purchase:" + std::to_string(id), {}, request.body)
    );
    return answer;
}

Answer file(const Request& request, Services& services, ports::Transaction& transaction) {
    listing::FilingAsked asked;
    asked.product = request.text("product");
    asked.reason = request.text("reason");
    asked.evidence_price = yuan_member(request, "evidence_price");
    asked.evidence = request.text("evidence");
    asked.packs = request.number("packs");
    asked.from = request.text("from");
    asked.to = request.text("to");
    asked.yearly_amount =
        money::Amount(scaled_member(request, "yearly_amount", kAmountScale, kAmountDecimals));
    const std::int64_t id = listing::file_purchase(transaction, setup_doer(request), asked);
    return answer_of(services, request, transaction, id, "filed_purchase.requested", 201);
}

Answer decide(const Request& request, Services& services, ports::Transaction& transaction) {
    const std::int64_t id = request.count("id", 0);
    const bool accept = request.flag("accept");
    listing::FilingDecided decided;
    decided.decided = {
        accept, request.text("reason"), request.text("clause"), request.number("version")};
    if (request.has("share_cap")) {
        decided.share_cap_hundredths =
            scaled_member(request, "share_cap", kPercentDecimals, kPercentDecimals);
    }
    if (request.has("packs")) decided.packs = request.number("packs");
    decided.to = request.text("to");
    (void)listing::decide_filing(transaction, setup_doer(request), id, decided);
    return answer_of(
        services,
        request,
        transaction,
        id,
        accept ? "filed_purchase.approved" : "filed_purchase.refused",
        200
    );
}

}  // namespace

Route get_filed_purchases() {
    return {
        .path = "/api/filed-purchases",
        .name = "get_filed_purchases",
        .summary = "Filed purchases: a hospital's own; of its region for who decides",
        .action = access::Action::see_prices,
        .parameters = list_parameters(
            {{.name = "text", .description = "part of the product's code or the hospital's name"},
             {.name = "state",
              .kind = Parameter::Kind::choice,
              .choices = {"requested", "approved", "refused"}}}
        ),
        .answer_schema = schema::list(row_members()),
        .answer_types = list_types(),
        .failures = {422},
        .handle = list,
    };
}

Route add_filed_purchase() {
    return {
        .method = Method::post,
        .path = "/api/filed-purchases",
        .name = "add_filed_purchase",
        .summary =
            "A hospital asks to buy what is not listed: reason, evidence of the price, "
            "quantity, term",
        .action = access::Action::file_purchases,
        .kind = Kind::write,
        .body_schema = schema::object(
            {{"product", schema::text(64, 1)},
             {"reason", schema::text(1000, 1)},
             {"evidence_price", schema::text(20, 1)},
             {"evidence", schema::text(1000, 1)},
             {"packs", schema::number(1)},
             {"from", schema::text(10, 10)},
             {"to", schema::text(10, 10)},
             {"yearly_amount", schema::text(20, 1)}}
        ),
        .answer_schema = schema::object(filing_members()),
        .success = 201,
        .failures = {404, 422},
        .handle_write = file,
    };
}

Route decide_filed_purchase() {
    return {
        .method = Method::post,
        .path = "/api/filed-purchases/{id}/decision",
        .name = "decide_filed_purchase",
        .summary =
            "Approves a filed purchase within a share of the hospital's purchases, or "
            "refuses it",
        .action = access::Action::decide_listings,
        .kind = Kind::write,
        .parameters =
            {{.name = "id", .place = Parameter::Place::path, .kind = Parameter::Kind::count}},
        .body_schema = schema::object(
            {{"accept", schema::flag()},
             {"reason", schema::text(1000, 1)},
             {"clause", schema::text(500)},
             {"share_cap", schema::text(6, 1)},
             {"packs", schema::number(1)},
             {"to", schema::text(10, 10)},
             {"version", schema::number(1)}},
            {"clause", "share_cap", "packs", "to"}
        ),
        .answer_schema = schema::object(filing_members()),
        .failures = {404, 409, 422},
        .handle_write = decide,
    };
}

}  // namespace jicai::web
