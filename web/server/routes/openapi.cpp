#include <catalogs/sha256/sha256.h>
#include <web/server/openapi.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

Answer handle(const Request&, Services& services) {
    static const Answer answer = [&] {
        Answer made = json_answer(openapi_of(route_table(), services.version));
        made.headers["Cache-Control"] = "no-cache";
        made.headers["ETag"] = '"' + catalogs::sha256_hex(*made.body).substr(0, 20) + '"';
        return made;
    }();
    return answer;
}

}  // namespace

Route get_openapi() {
    return {
        .path = "/openapi.json",
        .name = "get_openapi",
        .summary = "This description",
        .action = access::Action::see_service,
        .answer_schema = schema::any_object(),
        .handle = handle,
    };
}

}  // namespace jicai::web
