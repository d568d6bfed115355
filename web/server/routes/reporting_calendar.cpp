#include <engine/ports/refused.h>
#include <web/server/answer.h>
#include <web/server/calendar_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

constexpr std::int64_t kDaysMax = 400;
constexpr std::int64_t kDaysBefore = 31;
constexpr std::int64_t kDaysAhead = 93;

/// Midnight of the parameter's day in Beijing.
ports::Moment day_of(const Request& request, const char* name, ports::Moment otherwise) {
    const std::string& text = request.parameter(name);
    return text.empty() ? otherwise : ports::read_beijing_day(text).value_or(otherwise);
}

Answer handle(const Request& request, Services& services) {
    const ports::Moment now = request.now;
    const ports::Moment from =
        day_of(request, "from", ports::after(now, -kDaysBefore * ports::kDay));
    ports::Moment until = day_of(request, "until", ports::after(now, kDaysAhead * ports::kDay));
    if (!request.parameter("until").empty()) until = ports::after(until, ports::kDay);
    if (until <= from || until > ports::after(from, kDaysMax * ports::kDay)) {
        const decision::Message why{"calendar.range", {{"max", std::to_string(kDaysMax)}}};
        throw ports::Refused(why, {{"until", request.parameter("until"), why}});
    }
    std::vector<notices::CalendarEntry> entries;
    services.store.read([&](ports::Transaction& transaction) {
        entries = notices::reporting_calendar(transaction, request.actor, from, until, now);
    });
    const catalogs::Words words(services.words, request.language);
    Json::Array rows;
    for (const auto& entry : entries) rows.emplace_back(calendar_row(words, entry));
    return json_answer(rows);
}

}  // namespace

Route get_reporting_calendar() {
    return {
        .path = "/api/reporting-calendar",
        .name = "get_reporting_calendar",
        .summary = "What is due when, and how it stands for whoever asks; both days included",
        .action = access::Action::read_notices,
        .parameters =
            {{.name = "from",
              .kind = Parameter::Kind::day,
              .description = "31 days ago if not given"},
             {.name = "until",
              .kind = Parameter::Kind::day,
              .description = "93 days ahead if not given; at most 400 days after `from`"}},
        .answer_schema = schema::array(schema::object(calendar_members())),
        .failures = {422},
        .handle = handle,
    };
}

}  // namespace jicai::web
