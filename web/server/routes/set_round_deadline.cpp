#include <engine/ports/refused.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using ports::Refused;

ports::StageDeadline deadline_of(
    const Request& request, ports::Transaction& transaction, const std::string& round
) {
    ports::StageDeadline deadline;
    deadline.round = round;
    deadline.stage = *access::find_stage(request.text("stage"));
    if (request.has("at")) {
        deadline.at = beijing_time(request.text("at"));
        return deadline;
    }
    if (!request.has("working_days")) {
        throw Refused({"round.deadline_form", {{"value", request.text("from")}}});
    }
    deadline.from = request.text("from");
    deadline.working_days = request.number("working_days");
    deadline.at =
        counted_deadline(transaction, deadline.from, deadline.working_days, request.text("time"));
    return deadline;
}

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const auto round =
        setup::round_for(transaction, request.parameter("round"), doer, access::Action::run_rounds);
    setup::set_deadline(transaction, doer, round, deadline_of(request, transaction, round.id));
    return setup_answer(
        services,
        request,
        transaction,
        round.id,
        audited("round.deadline_set", "round:" + round.id, {}, request.body)
    );
}

std::vector<std::string> stage_names() {
    std::vector<std::string> names;
    for (const access::Stage stage : access::all_stages()) names.emplace_back(name_of(stage));
    return names;
}

}  // namespace

Route set_round_deadline() {
    return {
        .method = Method::put,
        .path = "/api/rounds/{round}/deadlines",
        .name = "set_round_deadline",
        .summary =
            "When a stage ends: a Beijing time, or working days after a day with a time of day",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema = schema::object(
            {{"stage", schema::choice(stage_names())},
             {"at", schema::text(30, 1)},
             {"from", schema::text(10, 1)},
             {"working_days", schema::number(0, 2000)},
             {"time", schema::text(8)}},
            {"at", "from", "working_days", "time"}
        ),
        .answer_schema = setup_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
