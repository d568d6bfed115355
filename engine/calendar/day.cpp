#include <engine/calendar/day.h>
#include <engine/money/check.h>

#include <array>

namespace jicai::calendar {
namespace {

bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_in(int year, int month) {
    constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap(year) ? 1 : 0);
}

std::int32_t days_before_year(int year) {
    const int past = year - 1;
    constexpr std::int32_t kBefore1970 = 719162;  // of the same count
    return past * 365 + past / 4 - past / 100 + past / 400 - kBefore1970;
}

// The number of `width` digits at `at`, or -1.
int number_at(std::string_view text, std::size_t at, std::size_t width) {
    int number = 0;
    for (const char c : text.substr(at, width)) {
        if (c < '0' || c > '9') return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

std::string padded(int number, std::size_t width) {
    const std::string text = std::to_string(number);
    return std::string(width - text.size(), '0') + text;
}

}  // namespace

std::optional<Day> day_of(const CivilDate& date) {
    if (date.year < kYearMin || date.year > kYearMax) return {};
    if (date.month < 1 || date.month > 12) return {};
    if (date.day < 1 || date.day > days_in(date.year, date.month)) return {};
    std::int32_t number = days_before_year(date.year);
    for (int month = 1; month < date.month; ++month) number += days_in(date.year, month);
    return Day{number + date.day - 1};
}

CivilDate date_of(Day day) {
    JICAI_CHECK(day >= first_day(kYearMin) && day <= last_day(kYearMax));
    // A year is at most 366 days long, so this is the year itself or one before it.
    CivilDate date{kYearMin + day.number / 366, 1, 1};
    while (day.number >= days_before_year(date.year + 1)) ++date.year;
    std::int32_t left = day.number - days_before_year(date.year);
    while (left >= days_in(date.year, date.month)) {
        left -= days_in(date.year, date.month);
        ++date.month;
    }
    date.day = left + 1;
    return date;
}

std::optional<Day> read_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    return day_of({number_at(text, 0, 4), number_at(text, 5, 2), number_at(text, 8, 2)});
}

std::string day_text(Day day) {
    const CivilDate date = date_of(day);
    return padded(date.year, 4) + '-' + padded(date.month, 2) + '-' + padded(date.day, 2);
}

int weekday(Day day) {
    constexpr std::int32_t kThursday = 3;  // 1970-01-01, counted from Monday 0
    const std::int32_t shifted = (day.number + kThursday) % 7;
    return (shifted < 0 ? shifted + 7 : shifted) + 1;
}

Day first_day(int year) {
    JICAI_CHECK(year >= kYearMin && year <= kYearMax);
    return {days_before_year(year)};
}

Day last_day(int year) {
    JICAI_CHECK(year >= kYearMin && year <= kYearMax);
    return {days_before_year(year + 1) - 1};
}

}  // namespace jicai::calendar
