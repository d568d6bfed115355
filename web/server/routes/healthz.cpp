#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request&, Services&) {
    return json_answer(decision::Json::Object{{"status", "alive"}});
}

}  // namespace

Route get_healthz() {
    return {
        .path = "/healthz",
        .name = "get_healthz",
        .summary = "Whether the process lives",
        .action = access::Action::see_service,
        .answer_schema = schema::object({{"status", schema::choice({"alive"})}}),
        .handle = handle,
    };
}

}  // namespace jicai::web
