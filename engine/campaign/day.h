#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

/// \file
/// Days of the Gregorian calendar from 2000-01-01 to 2179-06-05, in two bytes, and working days by
/// a published table of holidays. No clock.

namespace jicai::campaign {

/// A day, counted from 2000-01-01 (0).
class Day {
public:
    static constexpr std::uint16_t kLast = 65534;  ///< 2179-06-05

    constexpr Day() = default;
    constexpr explicit Day(std::uint16_t number) : number_(number) {}

    /// Of "2026-03-01"; nothing for any other text and for days outside the range.
    [[nodiscard]] static std::optional<Day> parse(std::string_view text);
    /// "2026-03-01"
    [[nodiscard]] std::string text() const;
    [[nodiscard]] constexpr std::uint16_t number() const { return number_; }
    [[nodiscard]] int year() const;

    /// `days` later. \pre the result is in range (CHECKed)
    [[nodiscard]] Day plus(std::int64_t days) const;
    /// The same day of the month `months` later. A month without that day: its last day when
    /// `last_day`, otherwise the first day of the month after. \pre in range (CHECKed)
    [[nodiscard]] Day plus_months(std::int64_t months, bool last_day) const;

    friend constexpr auto operator<=>(const Day&, const Day&) = default;

private:
    std::uint16_t number_ = 0;
};

/// The days that depart from the week (放假调休), year by year as the State Council publishes them.
class WorkingDays {
public:
    /// `works`: a day of a weekend that is worked; otherwise a holiday. A year with any such day
    /// counts as published.
    void add(Day day, bool works);
    /// Counts the year as published although no day of it was added.
    void publish(int year) { years_.insert(year); }
    [[nodiscard]] bool published(int year) const { return years_.contains(year); }
    [[nodiscard]] bool works(Day day) const;
    /// The `count`-th working day after `from`; nothing when a day on the way lies in a year that
    /// is not published. \pre count >= 1
    [[nodiscard]] std::optional<Day> after(Day from, std::int64_t count) const;

private:
    std::map<Day, bool> departures_;
    std::set<int> years_;
};

}  // namespace jicai::campaign
