#include <engine/ports/refused.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

#include <algorithm>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const ports::StoredRound round =
        setup::round_for(transaction, request.parameter("round"), doer, access::Action::run_rounds);
    const std::string& lot = request.parameter("lot");
    const FilesLook look = look_at(transaction, round);
    const bool known =
        look.decided.ruled && std::any_of(
                                  look.decided.ruled->round.lots.begin(),
                                  look.decided.ruled->round.lots.end(),
                                  [&](const round::Lot& each) { return each.id == lot; }
                              );
    if (!known) throw ports::Refused({"round.lot_not_found", {{"round", round.id}, {"lot", lot}}});
    setup::change_lot(
        transaction,
        doer,
        round,
        lot,
        *procedure::find_lot_state(request.text("to")),
        request.text("reason"),
        request.text("into")
    );
    auto files = transaction.rounds().files(round.id);
    add_lot_events(transaction, round, files);
    const FilesLook decided = look_at(files, round.stage);
    if (!decided.decided.ruled) refuse_faults(decided.decided.refused);
    setup::keep_lot_events(transaction, doer, round.id, files.at("events.csv"), decided.heading);
    return setup_answer(
        services,
        request,
        transaction,
        round.id,
        audited("round.lot_changed", "round:" + round.id + "/" + lot, {}, request.body)
    );
}

}  // namespace

Route change_lot_state() {
    return {
        .method = Method::post,
        .path = "/api/rounds/{round}/lots/{lot}/state",
        .name = "change_lot_state",
        .summary = "Cancels a lot, lets it fail, or puts it out again in another round",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters = {round_parameter(), lot_parameter()},
        .body_schema = schema::object(
            {{"to", schema::choice({"cancelled", "failed", "retendered"})},
             {"reason", schema::text(1000, 1)},
             {"into", schema::text(64)}},
            {"into"}
        ),
        .answer_schema = setup_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
