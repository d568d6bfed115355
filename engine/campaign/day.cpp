#include <engine/campaign/day.h>
#include <engine/money/check.h>

#include <array>

namespace jicai::campaign {

namespace {

constexpr std::int64_t kDaysOf400Years = 146'097;
constexpr std::int64_t kSaturday = 0;  // 2000-01-01 was one

struct Civil {
    std::int64_t year;
    int month;
    int day;
};

bool leap(std::int64_t year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int days_of_month(std::int64_t year, int month) {
    constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap(year) ? 1 : 0);
}

// Days from 2000-01-01, after H. Hinnant's days_from_civil: years run from March, so that the day
// that may be missing comes last.
std::int64_t number_of(const Civil& civil) {
    const std::int64_t year = civil.year - (civil.month <= 2 ? 1 : 0);
    const std::int64_t era = year / 400;
    const std::int64_t year_of_era = year % 400;
    const std::int64_t month_from_march = (civil.month + 9) % 12;
    const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + civil.day - 1;
    const std::int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    constexpr std::int64_t kMarchOfYear0To2000 = 730'425;
    return era * kDaysOf400Years + day_of_era - kMarchOfYear0To2000;
}

Civil civil_of(std::int64_t number) {
    std::int64_t year = 2000 + number / 366;
    while (number_of({year + 1, 1, 1}) <= number) ++year;
    std::int64_t rest = number - number_of({year, 1, 1});
    int month = 1;
    while (rest >= days_of_month(year, month)) {
        rest -= days_of_month(year, month);
        ++month;
    }
    return {year, month, static_cast<int>(rest) + 1};
}

Day checked(std::int64_t number) {
    JICAI_CHECK(number >= 0 && number <= Day::kLast);
    return Day(static_cast<std::uint16_t>(number));
}

std::string padded(std::int64_t value) {
    return (value < 10 ? "0" : "") + std::to_string(value);
}

}  // namespace

std::optional<Day> Day::parse(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto digits = [&](std::size_t begin, std::size_t length) {
        int value = 0;
        for (std::size_t i = begin; i < begin + length; ++i) {
            if (text[i] < '0' || text[i] > '9') return -1;
            value = value * 10 + (text[i] - '0');
        }
        return value;
    };
    const Civil civil{digits(0, 4), digits(5, 2), digits(8, 2)};
    if (civil.year < 2000 || civil.month < 1 || civil.month > 12 || civil.day < 1) {
        return std::nullopt;
    }
    if (civil.day > days_of_month(civil.year, civil.month)) return std::nullopt;
    const std::int64_t number = number_of(civil);
    if (number > kLast) return std::nullopt;
    return checked(number);
}

std::string Day::text() const {
    const Civil civil = civil_of(number_);
    return std::to_string(civil.year) + '-' + padded(civil.month) + '-' + padded(civil.day);
}

int Day::year() const {
    return static_cast<int>(civil_of(number_).year);
}

Day Day::plus(std::int64_t days) const {
    return checked(number_ + days);
}

Day Day::plus_months(std::int64_t months, bool last_day) const {
    Civil civil = civil_of(number_);
    const std::int64_t month = civil.month - 1 + months;
    civil.year += month / 12;
    civil.month = static_cast<int>(month % 12) + 1;
    const int days = days_of_month(civil.year, civil.month);
    if (civil.day <= days) return checked(number_of(civil));
    civil.day = days;
    return checked(number_of(civil) + (last_day ? 0 : 1));
}

void WorkingDays::add(Day day, bool works) {
    departures_[day] = works;
    years_.insert(day.year());
}

bool WorkingDays::works(Day day) const {
    const auto found = departures_.find(day);
    if (found != departures_.end()) return found->second;
    const std::int64_t weekday = day.number() % 7;
    return weekday != kSaturday && weekday != kSaturday + 1;
}

std::optional<Day> WorkingDays::after(Day from, std::int64_t count) const {
    JICAI_CHECK(count >= 1);
    Day day = from;
    while (count > 0) {
        if (day.number() == Day::kLast) return std::nullopt;
        day = day.plus(1);
        if (!years_.contains(day.year())) return std::nullopt;
        if (works(day)) --count;
    }
    return day;
}

}  // namespace jicai::campaign
