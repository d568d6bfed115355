#include <engine/calendar/working_calendar.h>
#include <engine/money/check.h>

#include <algorithm>
#include <utility>

namespace jicai::calendar {
namespace {

int year_of(Day day) {
    return date_of(day).year;
}

bool works(DayKind kind) {
    return kind == DayKind::working || kind == DayKind::make_up;
}

// Calls what(day, works) for every day the holiday speaks of.
template <class What>
void for_each_day(const Holiday& holiday, What what) {
    for (Day day = holiday.first; day <= holiday.last; day = plus(day, 1)) what(day, false);
    for (const Day day : holiday.make_up) what(day, true);
}

}  // namespace

std::optional<Contradiction> WorkingCalendar::contradiction(const std::vector<Year>& years) {
    struct Said {
        bool works;
        int year;
    };
    std::map<Day, Said> said;
    std::optional<Contradiction> found;
    for (const Year& year : years) {
        for (const Holiday& holiday : year.holidays) {
            for_each_day(holiday, [&](Day day, bool is_worked) {
                const auto [at, is_new] = said.insert({day, {is_worked, year.year}});
                if (is_new || found) return;
                // Two years may say the same of a day between them; one year says a day once.
                if (at->second.works != is_worked || at->second.year == year.year) {
                    found = Contradiction{day, at->second.year, year.year};
                }
            });
        }
    }
    return found;
}

WorkingCalendar::WorkingCalendar(std::vector<Year> years) : years_(std::move(years)) {
    JICAI_CHECK(!contradiction(years_));
    std::sort(years_.begin(), years_.end(), [](const Year& a, const Year& b) {
        return a.year < b.year;
    });
    for (std::size_t i = 0; i < years_.size(); ++i) {
        JICAI_CHECK(i == 0 || years_[i - 1].year < years_[i].year);
        for (std::size_t k = 0; k < years_[i].holidays.size(); ++k) {
            for_each_day(years_[i].holidays[k], [&](Day day, bool is_worked) {
                JICAI_CHECK(!is_worked || weekday(day) >= 6);
                specials_.insert({day, {is_worked ? DayKind::make_up : DayKind::holiday, i, k}});
            });
        }
    }
}

const Year* WorkingCalendar::find(int year) const {
    const auto at =
        std::lower_bound(years_.begin(), years_.end(), year, [](const Year& a, int wanted) {
            return a.year < wanted;
        });
    return at != years_.end() && at->year == year ? &*at : nullptr;
}

Found<DayKind> WorkingCalendar::kind_of(Day day) const {
    const int year = year_of(day);
    if (!knows(year)) return {.unknown_year = year};
    const auto special = specials_.find(day);
    if (special != specials_.end()) return {special->second.kind};
    return {weekday(day) >= 6 ? DayKind::weekend : DayKind::working};
}

Found<bool> WorkingCalendar::is_working(Day day) const {
    const Found<DayKind> kind = kind_of(day);
    if (!kind.value) return {.unknown_year = kind.unknown_year};
    return {works(*kind.value)};
}

const Holiday* WorkingCalendar::holiday_of(Day day) const {
    const auto special = specials_.find(day);
    if (special == specials_.end() || !knows(year_of(day))) return nullptr;
    return &years_[special->second.year].holidays[special->second.holiday];
}

Found<Day> WorkingCalendar::add_working_days(Day from, int count) const {
    JICAI_CHECK(count >= -kCountMax && count <= kCountMax);
    const int step = count < 0 ? -1 : 1;
    Day day = from;
    for (int left = count; left != 0;) {
        day = plus(day, step);
        if (day < first_day(kYearMin)) return {.unknown_year = kYearMin - 1};
        if (day > last_day(kYearMax)) return {.unknown_year = kYearMax + 1};
        const Found<bool> working = is_working(day);
        if (!working.value) return {.unknown_year = working.unknown_year};
        if (*working.value) left -= step;
    }
    return {day};
}

Found<Day> WorkingCalendar::working_day_from(Day from) const {
    const Found<bool> working = is_working(from);
    if (!working.value) return {.unknown_year = working.unknown_year};
    return *working.value ? Found<Day>{from} : add_working_days(from, 1);
}

Found<Day> WorkingCalendar::add_days_to_working_day(Day from, int days) const {
    const Day day = plus(from, days);
    if (day < first_day(kYearMin)) return {.unknown_year = kYearMin - 1};
    if (day > last_day(kYearMax)) return {.unknown_year = kYearMax + 1};
    return working_day_from(day);
}

Found<int> WorkingCalendar::working_days_between(Day from, Day until) const {
    if (until < from) {
        const Found<int> back = working_days_between(until, from);
        return back.value ? Found<int>{-*back.value} : back;
    }
    int count = 0;
    for (Day day = plus(from, 1); day <= until; day = plus(day, 1)) {
        const Found<bool> working = is_working(day);
        if (!working.value) return {.unknown_year = working.unknown_year};
        count += *working.value ? 1 : 0;
    }
    return {count};
}

}  // namespace jicai::calendar
