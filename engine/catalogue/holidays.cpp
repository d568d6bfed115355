#include <engine/catalogue/holidays.h>
#include <engine/money/check.h>
#include <engine/rules/parameter.h>

#include <string>
#include <utility>

namespace jicai::catalogue {
namespace {

using ports::StoredYear;

calendar::Day day(const std::string& text) {
    const auto read = calendar::read_day(text);
    JICAI_CHECK(read.has_value());
    return *read;
}

}  // namespace

StoredYear stored(const calendar::Year& year, bool own, ports::Moment changed_at) {
    StoredYear stored;
    stored.year = year.year;
    stored.own = own;
    stored.changed_at = changed_at;
    for (const calendar::Notice& notice : year.notices) {
        stored.notices.push_back(
            {notice.number,
             notice.title,
             calendar::day_text(notice.published),
             std::string(rules::enum_word(notice.evidence))}
        );
    }
    for (const calendar::Holiday& holiday : year.holidays) {
        ports::StoredHoliday kept{
            holiday.name_zh,
            holiday.name_en,
            calendar::day_text(holiday.first),
            calendar::day_text(holiday.last),
            {},
            holiday.notice};
        for (const calendar::Day worked : holiday.make_up) {
            kept.make_up.push_back(calendar::day_text(worked));
        }
        stored.holidays.push_back(std::move(kept));
    }
    return stored;
}

calendar::Year year_of(const StoredYear& stored) {
    calendar::Year year;
    year.year = stored.year;
    for (const ports::StoredNotice& notice : stored.notices) {
        const auto evidence = rules::enum_from_word<rules::Evidence>(notice.evidence);
        JICAI_CHECK(evidence.has_value());
        year.notices.push_back({notice.number, notice.title, day(notice.published), *evidence});
    }
    for (const ports::StoredHoliday& holiday : stored.holidays) {
        JICAI_CHECK(holiday.notice < year.notices.size());
        calendar::Holiday kept{
            holiday.name_zh,
            holiday.name_en,
            day(holiday.first),
            day(holiday.last),
            {},
            holiday.notice};
        for (const std::string& worked : holiday.make_up) kept.make_up.push_back(day(worked));
        year.holidays.push_back(std::move(kept));
    }
    return year;
}

calendar::WorkingCalendar calendar(ports::Transaction& transaction) {
    std::vector<calendar::Year> years;
    for (const StoredYear& year : transaction.catalogue().years()) years.push_back(year_of(year));
    return calendar::WorkingCalendar(std::move(years));
}

std::size_t put_shipped_years(
    ports::Transaction& transaction, const std::vector<calendar::Year>& years, ports::Moment now
) {
    std::size_t put = 0;
    for (const calendar::Year& year : years) {
        StoredYear wanted = stored(year, false, now);
        const auto there = transaction.catalogue().year(year.year, false);
        if (there && there->notices == wanted.notices && there->holidays == wanted.holidays)
            continue;
        transaction.catalogue().put(wanted);
        ++put;
    }
    return put;
}

}  // namespace jicai::catalogue
