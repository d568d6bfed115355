#include <engine/ports/refused.h>
#include <web/server/beijing_time.h>
#include <web/server/demo_clock.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

#include <optional>
#include <string>

namespace jicai::web {
namespace {

using decision::Json;

constexpr std::int64_t kFastest = 1440;  ///< a day passes in a minute

Json clock_json(ports::Moment now, std::int64_t speed) {
    return Json::Object{{"now", ports::beijing_text(now)}, {"speed", speed}};
}

[[noreturn]] void refuse(const char* key, const std::string& value) {
    const ports::FieldFault fault{"/now", value, {key, {{"value", value}}}};
    throw ports::Refused({key, {{"value", value}}}, {fault});
}

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    if (!services.demo) throw ports::Refused({"clock.not_demo", {}});
    if (request.has("speed") == request.has("now"))
        throw ports::Refused({"clock.speed_or_now", {}});
    const DemoClock& clock = services.demo_clock;
    const std::int64_t speed_before = clock.speed();
    std::int64_t speed = speed_before;
    ports::Moment now = clock.now();
    if (request.has("speed")) {
        speed = request.number("speed");
        clock.save_speed(transaction.settings(), speed);
    } else {
        const auto to = read_beijing_time(request.text("now"));
        if (!to) refuse("clock.not_a_time", request.text("now"));
        clock.save_now(transaction.settings(), *to);
        now = *to;
    }
    const Json after = clock_json(now, speed);
    Answer answer = json_answer(after);
    answer.audit = {
        audited("clock.changed", "clock", clock_json(request.now, speed_before), after)};
    return answer;
}

}  // namespace

Route put_clock() {
    return {
        .method = Method::put,
        .path = "/api/clock",
        .name = "put_clock",
        .summary = "Runs the demo's clock faster, or moves it ahead",
        .action = access::Action::run_clock,
        .kind = Kind::write,
        .body_schema = schema::object(
            {{"speed", schema::number(1, kFastest)}, {"now", schema::text(30, 1)}}, {"speed", "now"}
        ),
        .answer_schema =
            schema::object({{"now", schema::text()}, {"speed", schema::number(1, kFastest)}}),
        .handle_write = handle,
    };
}

}  // namespace jicai::web
