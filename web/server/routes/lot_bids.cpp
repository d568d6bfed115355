#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    page.need(page.view().bids || !page.view().own.empty(), access::Action::see_bids);
    const decision::LotDecision& lot = page.round().lot(request.parameter("lot"));
    return page.kept_list("bids", [&] {
        return reports::bid_list(page.round().need().round, lot, page.bids_shown(), page.say());
    });
}

}  // namespace

Route get_lot_bids() {
    decision::Json::Object members = row_members(reports::bid_columns());
    members.emplace("supplier", schema::text());
    members.emplace("product", schema::text());
    members.emplace("outcome", schema::text());
    members.emplace("tied", schema::flag());
    members.emplace("own", schema::flag());
    return {
        .path = "/api/rounds/{round}/lots/{lot}/bids",
        .name = "get_lot_bids",
        .summary = "The bids of a lot as a list, to export",
        .action = access::Action::see_bids,
        .parameters = list_parameters({round_parameter(), lot_parameter()}),
        .answer_schema = schema::list(members),
        .answer_types = list_types(),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
