#include <engine/catalogue/holidays.h>
#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

#include <algorithm>

namespace jicai::web {
namespace {

using decision::Json;

constexpr std::int64_t kYearMin = 1971;
constexpr std::int64_t kYearMax = 9998;

Json page_of_year(
    const Services& services, const Request& request, ports::Transaction& transaction, int number
) {
    Json::Array years;
    std::optional<ports::StoredYear> year;
    for (const ports::StoredYear& one : transaction.catalogue().years()) {
        years.emplace_back(std::int64_t{one.year});
        if (one.year == number) year = one;
    }
    Json::Array notices;
    Json::Array holidays;
    if (year) {
        for (const ports::StoredNotice& one : year->notices) {
            notices.emplace_back(Json::Object{
                {"number", one.number},
                {"title", one.title},
                {"published", one.published},
                {"evidence", one.evidence},
                {"evidence_text", word(services, request, "evidence_grade", one.evidence)}});
        }
        for (const ports::StoredHoliday& one : year->holidays) {
            Json::Array make_up;
            for (const std::string& worked : one.make_up) make_up.emplace_back(worked);
            holidays.emplace_back(Json::Object{
                {"name_zh", one.name_zh},
                {"name_en", one.name_en},
                {"from", one.first},
                {"to", one.last},
                {"make_up", std::move(make_up)},
                {"notice", year->notices.at(one.notice).number}});
        }
    }
    const bool own = year && year->own;
    return Json::Object{
        {"year", std::int64_t{number}},
        {"known", year.has_value()},
        {"own", own},
        {"version", own ? year->version : std::int64_t{0}},
        {"years", std::move(years)},
        {"notices", std::move(notices)},
        {"holidays", std::move(holidays)}};
}

Json members(bool answer) {
    Json::Object notice{
        {"number", schema::text(100)},
        {"title", schema::text(300)},
        {"published", schema::text(10)},
        {"evidence", schema::text(20)}};
    if (answer) notice.emplace("evidence_text", schema::text());
    Json::Object all{
        {"notices", schema::array(schema::object(notice), 100)},
        {"holidays",
         schema::array(
             schema::object(
                 {{"name_zh", schema::text(100)},
                  {"name_en", schema::text(100)},
                  {"from", schema::text(10)},
                  {"to", schema::text(10)},
                  {"make_up", schema::array(schema::text(10), 31)},
                  {"notice", schema::text(100)}}
             ),
             100
         )},
        {"version", schema::number()}};
    if (answer) {
        all.emplace("year", schema::number());
        all.emplace("known", schema::flag());
        all.emplace("own", schema::flag());
        all.emplace("years", schema::array(schema::number()));
    }
    return schema::object(all);
}

int year_of_request(const Request& request, const Services& services) {
    std::int64_t year = request.count("year", 0);
    if (year == 0) year = std::stoll(ports::beijing_text(services.clock.now()).substr(0, 4));
    if (year < kYearMin || year > kYearMax) {
        throw ports::Refused({"catalogue.year_range", {{"value", std::to_string(year)}}});
    }
    return static_cast<int>(year);
}

Answer show(const Request& request, Services& services) {
    const int year = year_of_request(request, services);
    Json page;
    services.store.read([&](ports::Transaction& transaction) {
        page = page_of_year(services, request, transaction, year);
    });
    return json_answer(page);
}

Answer change(const Request& request, Services& services, ports::Transaction& transaction) {
    ports::StoredYear year;
    year.year = year_of_request(request, services);
    year.own = true;
    year.changed_at = request.wall;
    for (const Json& one : request.member("notices").array()) {
        const Json::Object& notice = one.object();
        year.notices.push_back(
            {notice.at("number").text(),
             notice.at("title").text(),
             notice.at("published").text(),
             notice.at("evidence").text()}
        );
    }
    for (const Json& one : request.member("holidays").array()) {
        const Json::Object& given = one.object();
        const std::string& notice = given.at("notice").text();
        const auto at = std::find_if(
            year.notices.begin(),
            year.notices.end(),
            [&](const ports::StoredNotice& each) { return each.number == notice; }
        );
        ports::StoredHoliday holiday{
            given.at("name_zh").text(),
            given.at("name_en").text(),
            given.at("from").text(),
            given.at("to").text(),
            {},
            static_cast<std::size_t>(at - year.notices.begin())};
        if (holiday.name_en.empty()) holiday.name_en = holiday.name_zh;
        for (const Json& worked : given.at("make_up").array()) {
            holiday.make_up.push_back(worked.text());
        }
        year.holidays.push_back(std::move(holiday));
    }
    ports::AuditEntry entry = catalogue::change_year(transaction, year, request.number("version"));
    Answer answer = json_answer(page_of_year(services, request, transaction, year.year));
    answer.audit.push_back(std::move(entry));
    return answer;
}

}  // namespace

Route get_holidays() {
    return {
        .path = "/api/holidays",
        .name = "get_holidays",
        .summary =
            "Public holidays and make-up working days of a year, with the notices they rest on",
        .action = access::Action::see_catalogues,
        .parameters =
            {{.name = "year",
              .kind = Parameter::Kind::count,
              .description = "this year if not given"}},
        .answer_schema = members(true),
        .failures = {422},
        .handle = show,
    };
}

Route change_holidays() {
    return {
        .method = Method::put,
        .path = "/api/holidays/{year}",
        .name = "change_holidays",
        .summary =
            "Replaces the holidays of a year; without notices and holidays: back to what the "
            "program brings. version: of the own year that was read, 0 where there was none",
        .action = access::Action::manage_catalogues,
        .kind = Kind::write,
        .parameters =
            {{.name = "year", .place = Parameter::Place::path, .kind = Parameter::Kind::count}},
        .body_schema = members(false),
        .answer_schema = members(true),
        .failures = {409, 422},
        .handle_write = change,
    };
}

}  // namespace jicai::web
