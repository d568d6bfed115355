#include <engine/setup/round_notices.h>
#include <web/server/award_listings.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>
#include <web/server/volume_plan.h>

#include <optional>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const auto round =
        setup::round_for(transaction, request.parameter("round"), doer, access::Action::run_rounds);
    setup::need_version(round, request.number("version"));
    const access::Stage to = *access::find_stage(request.text("to"));
    const FilesLook look = look_at(transaction, round);
    const bool reported = round.stage == access::Stage::volume_confirmation &&
                          to == access::Stage::bidding &&
                          !transaction.volumes().reports(round.id).empty();
    auto passed = setup::pass_on(transaction, doer, round, to, request.text("reason"), look.facts);
    // From here on the volumes stand: what was confirmed, in the folder that decides.
    if (reported) {
        transaction.rounds().save_file(
            round.id, "demand.csv", demand_file(transaction, round, request.now)
        );
    }
    // What is shown from now on is what was decided: its certificate is kept with it.
    if (!is_before_opening(to) && !look.heading.certificate.empty() &&
        passed.certificate_digest != look.heading.certificate_digest) {
        transaction.rounds().save_certificate(passed.id, look.heading.certificate);
        passed.certificate_digest = look.heading.certificate_digest;
        transaction.rounds().save(passed);
    }
    setup::tell_stage(
        transaction, passed, to, request.now, {request.actor.user, request.actor.organisation}
    );
    // The final award is what may be ordered from the next midnight on.
    std::optional<AwardListed> listed;
    if (to == access::Stage::award_final && look.decided.ruled) {
        listed = list_round_award(
            transaction,
            doer,
            look.decided.ruled->round,
            look.decided.decided,
            listing::next_day(listing::beijing_day(request.now))
        );
    }
    Answer answer = setup_answer(
        services,
        request,
        transaction,
        round.id,
        audited("round.passed", "round:" + round.id, {}, request.body)
    );
    if (listed) {
        answer.audit.push_back(audited(
            "listing.awarded",
            "round:" + round.id,
            {},
            decision::Json::Object{
                {"winners", listed->winners},
                {"versions", listed->result.versions},
                {"unmatched", static_cast<std::int64_t>(listed->unmatched.size())}}
        ));
    }
    return answer;
}

std::vector<std::string> stage_names() {
    std::vector<std::string> names;
    for (const access::Stage stage : access::all_stages()) names.emplace_back(name_of(stage));
    return names;
}

}  // namespace

Route pass_round_on() {
    return {
        .method = Method::post,
        .path = "/api/rounds/{round}/stage",
        .name = "pass_round_on",
        .summary = "Takes a round to another stage; what is missing for that is named",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema = schema::object(
            {{"to", schema::choice(stage_names())},
             {"reason", schema::text(1000)},
             {"version", schema::number(1)}},
            {"reason"}
        ),
        .answer_schema = setup_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
