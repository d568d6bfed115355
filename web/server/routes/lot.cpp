#include <engine/usecases/winning_prices.h>
#include <reports/lot_page.h>
#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    page.need(page.view().bids || !page.view().own.empty(), access::Action::see_bids);
    const decision::LotDecision& lot = page.round().lot(request.parameter("lot"));
    return page.kept("lot", [&] {
        const catalogs::RuledRound& ruled = page.round().need();
        const reports::BidsShown shown = page.bids_shown();
        reports::WinningPrices prices;
        if (shown.results) {
            prices = usecases::winning_prices(
                ruled.round, {ruled.rules.rulebook, ruled.rules.ratio_rule}, lot, std::nullopt
            );
        }
        return json_answer(reports::lot_page(
            ruled.round, lot, prices, ruled.rules.rulebook.source, shown, page.say()
        ));
    });
}

Json line_schema() {
    return schema::object(
        {{"text", schema::text(5000)},
         {"clause", schema::text(500)},
         {"evidence", schema::text()},
         {"evidence_text", schema::text()}}
    );
}

Json bid_schema() {
    Json::Object members = row_members(reports::bid_columns());
    members.emplace("supplier", schema::text());
    members.emplace("product", schema::text());
    members.emplace("outcome", schema::text());
    members.emplace("tied", schema::flag());
    members.emplace("own", schema::flag());
    members.emplace("text", schema::text(2000));
    members.emplace("steps", schema::array(line_schema()));
    members.emplace("closing", schema::array(line_schema()));
    return schema::object(members);
}

Json chart_schema() {
    return schema::object(
        {{"unit", schema::text()},
         {"ceiling", schema::text()},
         {"gates",
          schema::array(schema::object(
              {{"name", schema::choice({"factor", "anchor", "price", "cut", "entry", "rescue"})},
               {"text", schema::text()},
               {"price", schema::text()}}
          ))},
         {"bars",
          schema::array(schema::object(
              {{"supplier", schema::text()},
               {"name", schema::text()},
               {"spec", schema::text()},
               {"price", schema::text()},
               {"ceiling", schema::text()},
               {"outcome", schema::text()},
               {"outcome_text", schema::text()}}
          ))}}
    );
}

}  // namespace

Route get_lot() {
    const Json column = schema::object(
        {{"name", schema::text()},
         {"title", schema::text()},
         {"kind", schema::choice({"text", "exact", "count"})}}
    );
    return {
        .path = "/api/rounds/{round}/lots/{lot}",
        .name = "get_lot",
        .summary =
            "A lot: all bids with reasons, and bids against ceiling and limits; before the "
            "opening only the bids of one's own organisation",
        .action = access::Action::see_bids,
        .parameters = {round_parameter(), lot_parameter()},
        .answer_schema = schema::object(
            {{"lot", schema::text()},
             {"name", schema::text()},
             {"status", schema::choice({"", "decided", "failed", "pending", "cancelled"})},
             {"status_text", schema::text()},
             {"text", schema::text(2000)},
             {"steps", schema::array(line_schema())},
             {"volumes", schema::object({{"total", schema::text()}, {"unit", schema::text()}})},
             {"columns", schema::array(column)},
             {"bids", schema::array(bid_schema())},
             {"chart", chart_schema()},
             {"previous", schema::text()},
             {"next", schema::text()}}
        ),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
