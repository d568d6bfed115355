#include <web/server/round_work.h>
#include <web/server/route.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    Answer answer;
    services.store.read([&](ports::Transaction& transaction) {
        const ports::Moment at = counted_deadline(
            transaction,
            request.parameter("from"),
            request.count("working_days", 0),
            request.parameter("time")
        );
        answer = json_answer(Json::Object{{"at", ports::beijing_text(at)}});
    });
    return answer;
}

}  // namespace

Route get_deadline() {
    return {
        .path = "/api/deadline",
        .name = "get_deadline",
        .summary =
            "The moment so many working days after a day, at a time of day: what setting a "
            "deadline "
            "by working days would set",
        .action = access::Action::see_rounds,
        .parameters =
            {{.name = "from", .required = true, .description = "2026-11-23; not counted itself"},
             {.name = "working_days", .kind = Parameter::Kind::count, .required = true},
             {.name = "time", .description = "17:00, Beijing time; none: the end of the day"}},
        .answer_schema = schema::object({{"at", schema::text()}}),
        .failures = {422},
        .handle = handle,
    };
}

}  // namespace jicai::web
