#include <engine/notices/notify.h>
#include <engine/ports/refused.h>
#include <web/server/answer.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>
#include <web/server/volume_pages.h>
#include <web/server/volume_plan.h>

namespace jicai::web {
namespace {

/// The stamped PDF: a document of this round, attached to this report.
void need_document(
    ports::Transaction& transaction,
    const std::string& round,
    const std::string& hospital,
    std::int64_t id
) {
    if (id == 0) return;
    const auto document = transaction.documents().document(id);
    const bool fits = document && document->round == round &&
                      (document->object.empty() || document->object == "report:" + hospital);
    if (!fits) throw ports::Refused({"volumes.document_unknown", {{"id", std::to_string(id)}}});
}

/// The hospital's reporters learn that their report came back, and why.
void tell_hospital(
    ports::Transaction& transaction,
    const Request& request,
    const std::string& round,
    const volumes::Reporter& reporter,
    const std::string& remark
) {
    const volumes::Doer doer = doer_of(request);
    ports::NewNotice notice;
    notice.round = round;
    notice.kind = "report";
    notice.message = {
        "notice.report_returned",
        {{"round", round}, {"who", doer.name}, {"hospital", reporter.name}, {"remark", remark}}};
    notice.organisation = request.actor.organisation;
    notice.user = request.actor.user;
    notice.at = request.now;
    notice.link = "/rounds/" + round + "/reports/" + reporter.code;
    notice.audience.roles = {access::Role::hospital_reporter, access::Role::pharmacy};
    notice.audience.organisations = {reporter.organisation};
    static_cast<void>(notices::notify(transaction, notice));
}

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const VolumeView view = volume_view(transaction, request, true);
    volumes::StepAsked asked;
    asked.step = *volumes::find_step(request.text("step"));
    volumes::need_begun(transaction, view.round, doer_of(request), asked.step);
    const auto reporter = hospital_of(transaction, request, view);
    const auto plan = volume_plan(transaction, view.round, request.now);
    const auto open = volumes::open_report(transaction, view.round, reporter);
    asked.remark = request.text("remark");
    asked.document = request.number("document");
    asked.version = request.number("version");
    need_document(transaction, view.round.id, reporter.code, asked.document);
    const auto report =
        volumes::take_step(transaction, view.round, *plan, open, doer_of(request), asked);
    if (asked.step == reporting::Step::send_back) {
        tell_hospital(transaction, request, view.round.id, reporter, asked.remark);
    }
    const auto after = volumes::open_report(transaction, view.round, reporter);
    Answer answer = json_answer(report_json(services, request, transaction, view, after));
    answer.audit.push_back(audited(
        "report." + request.text("step"),
        "report:" + view.round.id + "/" + reporter.code,
        decision::Json::Object{{"status", state_of(open.report ? &*open.report : nullptr)}},
        decision::Json::Object{
            {"status", state_of(&report)},
            {"version", report.version},
            {"remark", asked.remark},
            {"document", asked.document}}
    ));
    return answer;
}

}  // namespace

Route take_report_step() {
    using namespace schema;
    return {
        .method = Method::post,
        .path = "/api/rounds/{round}/reports/{hospital}/steps",
        .name = "take_report_step",
        .summary = "Submits, takes back, approves, confirms or sends back a report",
        .action = access::Action::take_part,
        .key_scope = access::Action::report_volumes,
        .kind = Kind::write,
        .parameters = {round_parameter(), hospital_parameter()},
        .body_schema = object(
            {{"step", choice({"submit", "take_back", "approve", "confirm", "send_back"})},
             {"remark", text(500)},
             {"document", number(0, 9'007'199'254'740'991)},
             {"version", number()}},
            {"remark", "document"}
        ),
        .answer_schema = report_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
