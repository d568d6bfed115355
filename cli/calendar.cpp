#include <catalogs/calendar/calendar_file.h>
#include <cli/exit_codes.h>
#include <cli/failures.h>
#include <cli/output_folder.h>
#include <cli/session.h>
#include <engine/calendar/working_calendar.h>
#include <engine/money/check.h>

#include <array>
#include <charconv>
#include <utility>

namespace jicai::cli {
namespace {

using calendar::Day;
using calendar::DayKind;
using calendar::WorkingCalendar;
using decision::Json;
using decision::Message;

calendar::Year load_year(const std::string& path) {
    catalogs::LoadedYear loaded =
        catalogs::load_calendar_year(read_whole_file(path, catalogs::kCalendarBytesMax), path);
    if (!loaded.year) throw BadInput(std::move(loaded.faults));
    return std::move(*loaded.year);
}

WorkingCalendar load_calendar(const std::vector<std::string>& paths) {
    std::vector<calendar::Year> own;
    for (const std::string& path : paths) own.push_back(load_year(path));
    std::vector<calendar::Year> years =
        catalogs::with_own_years(catalogs::builtin_calendar_years(), std::move(own));
    if (const auto wrong = WorkingCalendar::contradiction(years)) {
        throw BadInput(Message{
            "fault.calendar.contradiction",
            {{"year", std::to_string(wrong->year)},
             {"other_year", std::to_string(wrong->other_year)},
             {"day", calendar::day_text(wrong->day)}}});
    }
    return WorkingCalendar(std::move(years));
}

template <class T>
T known(const WorkingCalendar& calendar, const calendar::Found<T>& found) {
    if (found.value) return *found.value;
    std::string years;
    for (const calendar::Year& year : calendar.years()) {
        years += (years.empty() ? "" : ", ") + std::to_string(year.year);
    }
    throw BadInput(Message{
        "calendar.year_unknown", {{"year", std::to_string(found.unknown_year)}, {"known", years}}});
}

Day read_day(const std::string& text) {
    const auto day = calendar::read_day(text);
    if (!day) throw BadInput(Message{"calendar.day_malformed", {{"value", text}}});
    return *day;
}

std::optional<int> read_number(const std::string& text) {
    int number = 0;
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || at != end) return {};
    return number;
}

const char* kind_word(DayKind kind) {
    switch (kind) {
        case DayKind::working:
            return "working";
        case DayKind::make_up:
            return "make_up";
        case DayKind::weekend:
            return "weekend";
        case DayKind::holiday:
            return "holiday";
    }
    return "";
}

std::string weekday_word(const Session& session, Day day) {
    return session.words.word("weekday", std::to_string(calendar::weekday(day)));
}

std::string holiday_name(const Session& session, const calendar::Holiday* holiday) {
    if (holiday == nullptr) return {};
    return session.words.english() ? holiday->name_en : holiday->name_zh;
}

void print_notices(const Session& session, const calendar::Year& year) {
    for (const calendar::Notice& notice : year.notices) {
        print_line(session.words(
            "calendar.notice",
            {{"number", notice.number},
             {"title", notice.title},
             {"published", calendar::day_text(notice.published)},
             {"evidence", std::string(rules::enum_word(notice.evidence))}}
        ));
    }
}

Json notices_json(const calendar::Year& year) {
    Json::Array notices;
    for (const calendar::Notice& notice : year.notices) {
        notices.emplace_back(Json::Object{
            {"number", notice.number},
            {"title", notice.title},
            {"published", calendar::day_text(notice.published)},
            {"evidence", std::string(rules::enum_word(notice.evidence))}});
    }
    return notices;
}

int show_year(const Session& session, const WorkingCalendar& calendar) {
    const std::string& text = session.arguments.tool.words[1];
    const auto number = text.size() == 4 ? read_number(text) : std::nullopt;
    if (!number || *number < calendar::kYearMin) {
        throw BadInput(Message{"calendar.year_malformed", {{"value", text}}});
    }
    const Day first = calendar::first_day(*number);
    const Day last = calendar::last_day(*number);
    std::array<int, 4> count{};
    reports::Table table{"days", {{"day"}, {"weekday"}, {"day_kind"}, {"holiday"}}, {}};
    const bool json = session.arguments.json;
    for (Day day = first; day <= last; day = calendar::plus(day, 1)) {
        const DayKind kind = known(calendar, calendar.kind_of(day));
        ++count[static_cast<std::size_t>(kind)];
        if (kind != DayKind::holiday && kind != DayKind::make_up) continue;
        table.rows.push_back(
            {calendar::day_text(day),
             json ? std::to_string(calendar::weekday(day)) : weekday_word(session, day),
             json ? kind_word(kind) : session.words.word("day_kind", kind_word(kind)),
             holiday_name(session, calendar.holiday_of(day))}
        );
    }
    const auto of = [&](DayKind kind) { return count[static_cast<std::size_t>(kind)]; };
    const int working = of(DayKind::working) + of(DayKind::make_up);
    const calendar::Year& year = *calendar.find(*number);
    if (json) {
        print_json(Json::Object{
            {"command", "calendar show"},
            {"year", static_cast<std::int64_t>(*number)},
            {"working", static_cast<std::int64_t>(working)},
            {"weekend", static_cast<std::int64_t>(of(DayKind::weekend))},
            {"holiday", static_cast<std::int64_t>(of(DayKind::holiday))},
            {"make_up", static_cast<std::int64_t>(of(DayKind::make_up))},
            {"notices", notices_json(year)},
            {"days", reports::to_json(table)}});
        return kExitDone;
    }
    print_line(session.words(
        "calendar.heading",
        {{"year", text},
         {"days", std::to_string(last.number - first.number + 1)},
         {"working", std::to_string(working)},
         {"weekend", std::to_string(of(DayKind::weekend))},
         {"holiday", std::to_string(of(DayKind::holiday))},
         {"make_up", std::to_string(of(DayKind::make_up))}}
    ));
    print_notices(session, year);
    print_line("");
    print_table(session, table);
    return kExitDone;
}

int show_day(const Session& session, const WorkingCalendar& calendar) {
    const Day day = read_day(session.arguments.tool.words[1]);
    const DayKind kind = known(calendar, calendar.kind_of(day));
    const std::string name = holiday_name(session, calendar.holiday_of(day));
    if (session.arguments.json) {
        print_json(Json::Object{
            {"command", "calendar day"},
            {"day", calendar::day_text(day)},
            {"weekday", static_cast<std::int64_t>(calendar::weekday(day))},
            {"kind", kind_word(kind)},
            {"holiday", name}});
        return kExitDone;
    }
    print_line(session.words(
        name.empty() ? "calendar.day" : "calendar.day_named",
        {{"day", calendar::day_text(day)},
         {"weekday", weekday_word(session, day)},
         {"day_kind", session.words.word("day_kind", kind_word(kind))},
         {"name", name}}
    ));
    return kExitDone;
}

int add(const Session& session, const WorkingCalendar& calendar) {
    const Day from = read_day(session.arguments.tool.words[1]);
    const std::string& text = session.arguments.tool.words[2];
    const auto count = read_number(text);
    if (!count || *count < -WorkingCalendar::kCountMax || *count > WorkingCalendar::kCountMax) {
        throw BadInput(Message{
            "calendar.count_malformed",
            {{"value", text}, {"bound", std::to_string(WorkingCalendar::kCountMax)}}});
    }
    const Day day = known(calendar, calendar.add_working_days(from, *count));
    if (session.arguments.json) {
        print_json(Json::Object{
            {"command", "calendar add"},
            {"from", calendar::day_text(from)},
            {"count", static_cast<std::int64_t>(*count)},
            {"day", calendar::day_text(day)}});
        return kExitDone;
    }
    print_line(session.words(
        *count < 0 ? "calendar.added_back" : "calendar.added",
        {{"from", calendar::day_text(from)},
         {"from_weekday", weekday_word(session, from)},
         {"count", std::to_string(*count < 0 ? -*count : *count)},
         {"day", calendar::day_text(day)},
         {"weekday", weekday_word(session, day)}}
    ));
    return kExitDone;
}

int between(const Session& session, const WorkingCalendar& calendar) {
    const Day from = read_day(session.arguments.tool.words[1]);
    const Day until = read_day(session.arguments.tool.words[2]);
    const int count = known(calendar, calendar.working_days_between(from, until));
    if (session.arguments.json) {
        print_json(Json::Object{
            {"command", "calendar between"},
            {"from", calendar::day_text(from)},
            {"until", calendar::day_text(until)},
            {"count", static_cast<std::int64_t>(count)}});
        return kExitDone;
    }
    print_line(session.words(
        "calendar.between",
        {{"from", calendar::day_text(from)},
         {"until", calendar::day_text(until)},
         {"count", std::to_string(count)}}
    ));
    return kExitDone;
}

int check(const Session& session) {
    const std::string& path = session.arguments.tool.words[1];
    const calendar::Year year = load_year(path);
    std::int64_t days = 0;
    std::size_t make_up = 0;
    for (const calendar::Holiday& holiday : year.holidays) {
        days += holiday.last.number - holiday.first.number + 1;
        make_up += holiday.make_up.size();
    }
    if (session.arguments.json) {
        print_json(Json::Object{
            {"command", "calendar check"},
            {"year", static_cast<std::int64_t>(year.year)},
            {"holidays", static_cast<std::int64_t>(year.holidays.size())},
            {"days_off", days},
            {"make_up", static_cast<std::int64_t>(make_up)}});
        return kExitDone;
    }
    print_line(session.words(
        "calendar.checked",
        {{"file", path},
         {"year", std::to_string(year.year)},
         {"holidays", std::to_string(year.holidays.size())},
         {"days", std::to_string(days)},
         {"make_up", std::to_string(make_up)}}
    ));
    print_notices(session, year);
    return kExitDone;
}

}  // namespace

int run_calendar(const Session& session) {
    const std::string& action = session.arguments.tool.words.front();
    if (action == "check") return check(session);
    const WorkingCalendar calendar = load_calendar(session.arguments.tool.holidays);
    if (action == "show") return show_year(session, calendar);
    if (action == "day") return show_day(session, calendar);
    if (action == "add") return add(session, calendar);
    JICAI_CHECK(action == "between");
    return between(session, calendar);
}

}  // namespace jicai::cli
