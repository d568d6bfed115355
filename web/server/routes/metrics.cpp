#include <web/server/route.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

Answer handle(const Request&, Services& services) {
    Answer answer;
    answer.type = "text/plain; version=0.0.4; charset=utf-8";
    answer.body = std::make_shared<const std::string>(services.metrics_text());
    return answer;
}

}  // namespace

Route get_metrics() {
    return {
        .path = "/metrics",
        .name = "get_metrics",
        .summary = "Figures for Prometheus; for this machine and the networks of --metrics-from",
        .action = access::Action::see_service,
        .answer_types = {"text/plain"},
        .handle = handle,
    };
}

}  // namespace jicai::web
