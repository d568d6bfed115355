#include <engine/money/decimal.h>
#include <engine/ports/refused.h>
#include <engine/prices/exclusions.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/price_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

constexpr std::int64_t kReasonMax = 500;
constexpr std::int64_t kUnitsMax = 1'000'000'000;
constexpr int kPriceDecimals = 4;

std::optional<money::Price> corrected_price(const Request& request) {
    const std::string& text = request.text("corrected_price");
    if (text.empty()) return std::nullopt;
    const auto read = money::parse_scaled(text, money::kMicroYuanScale, kPriceDecimals);
    if (read.fault || read.scaled > money::Price::kMicroYuanMax) {
        throw ports::Refused({"price.price_out_of_range", {{"value", text}}});
    }
    return money::Price(read.scaled);
}

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const std::int64_t id = need_observation(request, transaction).id;
    prices::ReviewDecision decision;
    decision.accept = request.flag("accept");
    decision.reason = request.text("reason");
    decision.corrected_price = corrected_price(request);
    if (request.has("corrected_units")) {
        decision.corrected_units = request.number("corrected_units");
    }
    const std::int64_t corrected =
        prices::decide_review(transaction, id, decision, doer_of_prices(request));
    Answer answer = json_answer(review_row(services, request, *transaction.prices().review(id)));
    answer.audit.push_back(audited(
        decision.accept ? "price_review.accepted" : "price_review.rejected",
        "observation:" + std::to_string(id),
        {},
        Json::Object{{"reason", decision.reason}, {"corrected", corrected}}
    ));
    return answer;
}

}  // namespace

Route decide_price_review() {
    return {
        .method = Method::post,
        .path = "/api/price-reviews/{id}",
        .name = "decide_price_review",
        .summary =
            "Accepts or rejects a held observation; with a rejection the price or pack of "
            "the document may be entered in its place",
        .action = access::Action::review_prices,
        .kind = Kind::write,
        .parameters = {id_parameter()},
        .body_schema = schema::object(
            {{"accept", schema::flag()},
             {"reason", schema::text(kReasonMax)},
             {"corrected_price", schema::text(20)},
             {"corrected_units", schema::number(0, kUnitsMax)}},
            {"corrected_price", "corrected_units"}
        ),
        .answer_schema = schema::object(review_members()),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
