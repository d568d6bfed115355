#include <web/server/demo_clock.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    Json::Object answer{
        {"name", services.words.render(request.language, {"service.name", {}})},
        {"version", services.version},
        {"demo", services.demo},
        {"languages", Json::Array{"zh", "en"}},
        {"now", ports::beijing_text(request.wall)},
        {"clock",
         Json::Object{
             {"now", ports::beijing_text(request.now)}, {"speed", services.demo_clock.speed()}}}};
    if (services.demo && services.demo_accounts) {
        answer.emplace("demo_accounts", services.demo_accounts(request));
    }
    return json_answer(answer);
}

}  // namespace

Route get_service() {
    const Json account = schema::object({
        {"login", schema::text()},
        {"password", schema::text()},
        {"role", schema::text()},
        {"role_text", schema::text()},
        {"organisation", schema::text()},
        {"code", schema::text()},
    });
    const Json clock =
        schema::object({{"now", schema::text()}, {"speed", schema::number(1, 1440)}});
    return {
        .path = "/api/service",
        .name = "get_service",
        .summary =
            "Name, version, languages and clock of the service; its accounts where it is a demo",
        .action = access::Action::see_service,
        .answer_schema = schema::object(
            {{"name", schema::text()},
             {"version", schema::text()},
             {"demo", schema::flag()},
             {"languages", schema::array(schema::choice({"zh", "en"}))},
             {"now", schema::text()},
             {"clock", clock},
             {"demo_accounts", schema::array(account)}},
            {"demo_accounts"}
        ),
        .handle = handle,
    };
}

}  // namespace jicai::web
