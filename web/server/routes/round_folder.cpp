#include <web/server/lists.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>
#include <web/server/table_answer.h>
#include <web/server/zip.h>

namespace jicai::web {
namespace {

/// Files that may tell the use of a single hospital.
bool tells_hospitals(const std::map<std::string, std::string>& files) {
    if (files.count("history.csv") > 0) return true;
    const auto demand = files.find("demand.csv");
    if (demand == files.end()) return false;
    const std::string heading = demand->second.substr(0, demand->second.find('\n'));
    return heading.find("hospital") != std::string::npos;
}

Answer handle(const Request& request, Services& services) {
    const RoundPage page(request, services);
    const DecidedRound& round = page.round();
    // The office that sets a round up gets its folder back, until bids in it are secret.
    const bool own_draft =
        runs(request, round.stored) && round.stored.stage < access::Stage::bidding;
    page.need(page.view().verification || own_draft, access::Action::verify_award);
    page.need(
        page.view().hospital_volumes || own_draft || !tells_hospitals(round.files),
        access::Action::see_hospital_volumes
    );
    return page.kept("round_folder", [&] {
        Answer answer;
        answer.type = "application/zip";
        answer.body = std::make_shared<const std::string>(zip_of(round.stored.id, round.files));
        answer.headers["Content-Disposition"] = attachment(round.stored.id + ".zip", "round.zip");
        return answer;
    });
}

}  // namespace

Route get_round_folder() {
    return {
        .path = "/api/rounds/{round}/folder",
        .name = "get_round_folder",
        .summary = "The round's folder as it is stored, to recompute the award elsewhere",
        .action = access::Action::verify_award,
        .parameters = {round_parameter()},
        .answer_types = {"application/zip"},
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
