#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// \file
/// A day of the Gregorian calendar as one integer.

namespace jicai::calendar {

/// Days since 1970-01-01. Days are counted by adding to `number`.
struct Day {
    std::int32_t number = 0;
    friend auto operator<=>(const Day&, const Day&) = default;
};

inline constexpr int kYearMin = 1970;
inline constexpr int kYearMax = 9999;

struct CivilDate {
    int year = kYearMin;
    int month = 1;  ///< 1 to 12
    int day = 1;    ///< 1 to 31
    friend bool operator==(const CivilDate&, const CivilDate&) = default;
};

/// Nothing for a date that does not exist or lies outside of kYearMin to kYearMax.
[[nodiscard]] std::optional<Day> day_of(const CivilDate& date);
/// \pre a day day_of can give
[[nodiscard]] CivilDate date_of(Day day);

/// Reads "2026-11-23" and nothing else.
[[nodiscard]] std::optional<Day> read_day(std::string_view text);
/// "2026-11-23"
[[nodiscard]] std::string day_text(Day day);

/// 1 Monday to 7 Sunday.
[[nodiscard]] int weekday(Day day);
/// `days` later; earlier when negative.
[[nodiscard]] inline Day plus(Day day, std::int32_t days) {
    return {day.number + days};
}

/// 1 January and 31 December. \pre kYearMin <= year <= kYearMax
[[nodiscard]] Day first_day(int year);
[[nodiscard]] Day last_day(int year);

}  // namespace jicai::calendar
