#include <web/server/answer.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>
#include <web/server/volume_pages.h>
#include <web/server/volume_plan.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const VolumeView view = volume_view(transaction, request, true);
    volumes::need_begun(transaction, view.round, doer_of(request), std::nullopt);
    const auto reporter = hospital_of(transaction, request, view);
    const auto plan = volume_plan(transaction, view.round, request.now);
    const auto before = volumes::open_report(transaction, view.round, reporter);
    const auto lines = lines_of(request);
    const auto saved = volumes::save_lines(
        transaction, view.round, *plan, before, doer_of(request), lines, request.number("version")
    );
    const auto after = volumes::open_report(transaction, view.round, reporter);
    Answer answer = json_answer(report_json(services, request, transaction, view, after));
    answer.audit.push_back(audited(
        "report.saved",
        "report:" + view.round.id + "/" + reporter.code,
        decision::Json::Object{{"version", before.version()}},
        decision::Json::Object{{"version", saved.version}, {"lines", saved.line_count}}
    ));
    return answer;
}

}  // namespace

Route save_report() {
    using namespace schema;
    return {
        .method = Method::put,
        .path = "/api/rounds/{round}/reports/{hospital}",
        .name = "save_report",
        .summary = "Puts lines in the place of a report's; findings refuse nothing here",
        .action = access::Action::report_volumes,
        .kind = Kind::write,
        .parameters = {round_parameter(), hospital_parameter()},
        .body_schema = object(
            {{"lines", array(line_schema(), static_cast<std::int64_t>(volumes::kLinesMax))},
             {"version", number()}}
        ),
        .answer_schema = report_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
