#include <web/server/answer.h>
#include <web/server/round_pages.h>
#include <web/server/volume_pages.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    decision::Json body;
    services.store.read([&](ports::Transaction& transaction) {
        const VolumeView view = volume_view(transaction, request, false);
        need_hospitals(services, request, view);
        const auto reporter = hospital_of(transaction, request, view);
        const auto open = volumes::open_report(transaction, view.round, reporter);
        body = report_json(services, request, transaction, view, open);
    });
    return json_answer(body);
}

}  // namespace

Route get_report() {
    return {
        .path = "/api/rounds/{round}/reports/{hospital}",
        .name = "get_report",
        .summary = "A hospital's report beside its past use; a group member's is its share",
        .action = access::Action::see_hospital_volumes,
        .parameters = {round_parameter(), hospital_parameter()},
        .answer_schema = report_schema(),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
