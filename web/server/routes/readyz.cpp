#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

Answer handle(const Request&, Services& services) {
    services.store.ping();
    return json_answer(decision::Json::Object{{"status", "ready"}});
}

}  // namespace

Route get_readyz() {
    return {
        .path = "/readyz",
        .name = "get_readyz",
        .summary = "Whether requests can be served: asks the database",
        .action = access::Action::see_service,
        .answer_schema = schema::object({{"status", schema::choice({"ready"})}}),
        .handle = handle,
    };
}

}  // namespace jicai::web
