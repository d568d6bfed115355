#include <engine/money/check.h>
#include <engine/ports/clock.h>

#include <array>

namespace jicai::ports {
namespace {

constexpr std::int64_t kBeijing = 8 * kHour;  // no daylight saving since 1991, none is kept here

struct Civil {
    std::int64_t year = 1970;
    std::int64_t month = 1;
    std::int64_t day = 1;
};

// Days since 1970-01-01 in the Gregorian calendar, after H. Hinnant's days_from_civil: years run
// from March, so that the leap day is the last of a year.
std::int64_t days_of(const Civil& date) {
    const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    const std::int64_t era = year / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t month = date.month > 2 ? date.month - 3 : date.month + 9;
    const std::int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    const std::int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

Civil civil_of(std::int64_t days) {
    const std::int64_t shifted = days + 719468;
    const std::int64_t era = shifted / 146097;
    const std::int64_t day_of_era = shifted - era * 146097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month = (5 * day_of_year + 2) / 153;
    Civil date;
    date.day = day_of_year - (153 * month + 2) / 5 + 1;
    date.month = month < 10 ? month + 3 : month - 9;
    date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
    return date;
}

std::string digits(std::int64_t value, std::size_t width) {
    std::string text = std::to_string(value);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::string date_and_time(std::int64_t micros, char between) {
    JICAI_CHECK(micros >= 0);
    const Civil date = civil_of(micros / kDay);
    const std::int64_t seconds = micros % kDay / kSecond;
    return digits(date.year, 4) + "-" + digits(date.month, 2) + "-" + digits(date.day, 2) +
           between + digits(seconds / 3600, 2) + ":" + digits(seconds / 60 % 60, 2) + ":" +
           digits(seconds % 60, 2);
}

// `width` digits from `at`, which moves behind them and the character `then` ('\0': none).
std::optional<std::int64_t> take(std::string_view& text, std::size_t width, char then) {
    if (text.size() < width + (then == '\0' ? 0U : 1U)) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text.substr(0, width)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(width);
    if (then == '\0') return value;
    if (text.front() != then) return std::nullopt;
    text.remove_prefix(1);
    return value;
}

std::optional<std::int64_t> take_days(std::string_view& text, char then) {
    const auto year = take(text, 4, '-');
    const auto month = year ? take(text, 2, '-') : std::nullopt;
    const auto day = month ? take(text, 2, then) : std::nullopt;
    if (!day || *year < 1970) return std::nullopt;
    const std::int64_t days = days_of({*year, *month, *day});
    const Civil back = civil_of(days);  // 2026-02-30 comes back as another day
    if (back.year != *year || back.month != *month || back.day != *day) return std::nullopt;
    return days;
}

}  // namespace

std::string beijing_text(Moment moment) {
    return date_and_time(moment.micros + kBeijing, 'T') + "+08:00";
}

std::string database_text(Moment moment) {
    return date_and_time(moment.micros, ' ') + "." + digits(moment.micros % kSecond, 6);
}

std::optional<Moment> read_database_text(std::string_view text) {
    const auto days = take_days(text, ' ');
    const auto hour = days ? take(text, 2, ':') : std::nullopt;
    const auto minute = hour ? take(text, 2, ':') : std::nullopt;
    const auto second = minute ? take(text, 2, '\0') : std::nullopt;
    if (!second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    std::int64_t fraction = 0;
    if (!text.empty()) {
        if (text.front() != '.' || text.size() > 7) return std::nullopt;
        text.remove_prefix(1);
        const std::size_t given = text.size();
        const auto value = take(text, given, '\0');
        if (!value) return std::nullopt;
        fraction = *value;
        for (std::size_t i = given; i < 6; ++i) fraction *= 10;
    }
    return Moment{*days * kDay + *hour * kHour + *minute * kMinute + *second * kSecond + fraction};
}

std::optional<Moment> read_beijing_day(std::string_view text) {
    const auto days = take_days(text, '\0');
    if (!days || !text.empty() || *days * kDay < kBeijing) return std::nullopt;
    return Moment{*days * kDay - kBeijing};
}

}  // namespace jicai::ports
