#include <engine/calendar/deadline.h>
#include <engine/ports/refused.h>
#include <web/server/answer.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>
#include <web/server/volume_pages.h>

namespace jicai::web {
namespace {

/// "2026-11-23" (its end) or "2026-11-23T17:30:00+08:00", as answers write it.
ports::Moment read_until(const std::string& text) {
    const auto refuse = [&] { throw ports::Refused({"volumes.until_form", {{"value", text}}}); };
    const auto day = calendar::read_day(text.substr(0, 10));
    if (!day) refuse();
    if (text.size() == 10) return calendar::end_of(*day).moment;
    const std::string form = "0000-00-00T00:00:00+08:00";
    if (text.size() != form.size() && text.size() != 16) refuse();
    for (std::size_t i = 10; i < text.size(); ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == '0' && i < 19 ? !digit : text[i] != form[i]) refuse();
    }
    const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    const int hour = two(11);
    const int minute = two(14);
    const int second = text.size() > 16 ? two(17) : 0;
    if (hour > 23 || minute > 59 || second > 59) refuse();
    return calendar::deadline_at(*day, hour * 3600 + minute * 60 + second).moment;
}

Answer handle(const Request& request, Services&, ports::Transaction& transaction) {
    const VolumeView view = volume_view(transaction, request, true);
    const std::string& code = request.text("hospital");
    const auto reporter = volumes::reporter_of(transaction, code);
    if (!reporter || !view.sees(request, *reporter)) {
        throw ports::Refused({"volumes.hospital_not_found", {{"code", code}}});
    }
    const auto filing = volumes::let_in_late(
        transaction,
        view.round,
        *reporter,
        doer_of(request),
        request.text("reason"),
        read_until(request.text("until"))
    );
    const decision::Json shown = decision::Json::Object{
        {"hospital", code},
        {"reason", filing.reason},
        {"until", ports::beijing_text(filing.until)},
        {"by", filing.name},
        {"at", ports::beijing_text(filing.at)}};
    Answer answer = json_answer(shown, 201);
    answer.audit.push_back(
        audited("report.let_in_late", "report:" + view.round.id + "/" + code, {}, shown)
    );
    return answer;
}

}  // namespace

Route add_late_filing() {
    using namespace schema;
    return {
        .method = Method::post,
        .path = "/api/rounds/{round}/late-filings",
        .name = "add_late_filing",
        .summary = "Lets a hospital report after the deadline, until a day or a moment",
        .action = access::Action::confirm_volumes,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema =
            object({{"hospital", text(64, 1)}, {"reason", text(500, 1)}, {"until", text(25, 10)}}),
        .answer_schema = object(
            {{"hospital", text()},
             {"reason", text(500)},
             {"until", text()},
             {"by", text(500)},
             {"at", text()}}
        ),
        .success = 201,
        .failures = {404, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
