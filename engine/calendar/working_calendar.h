#pragma once

#include <engine/calendar/day.h>
#include <engine/rules/parameter.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Working days of the years somebody has told us. Saturdays and Sundays are free unless they are
/// make-up working days (调休上班), all other days are worked unless they are public holidays. A
/// year that was not told is refused by its number, never guessed: the days off and the make-up
/// days are announced anew each year.

namespace jicai::calendar {

enum class DayKind : std::uint8_t { working, make_up, weekend, holiday };

/// The paper that says so.
struct Notice {
    std::string number;  ///< 国办发明电〔2025〕7号
    std::string title;
    Day published;
    rules::Evidence evidence = rules::Evidence::official;
};

/// One holiday with the days worked for it.
struct Holiday {
    std::string name_zh;
    std::string name_en;
    Day first;
    Day last;                  ///< both days off
    std::vector<Day> make_up;  ///< Saturdays and Sundays that are worked
    std::size_t notice = 0;    ///< in Year::notices
};

/// What was told of one year. A holiday may begin in the last days of the year before or end in the
/// first of the next; what it says of those days counts where their own year is known.
struct Year {
    int year = 0;
    std::vector<Notice> notices;
    std::vector<Holiday> holidays;
};

/// A result, or the year that would have to be known for it.
template <class T>
struct Found {
    std::optional<T> value = {};
    int unknown_year = 0;  ///< 0 when there is a value
};

/// Two years say different things of one day, or one says two.
struct Contradiction {
    Day day;
    int year = 0;        ///< that says it
    int other_year = 0;  ///< that says otherwise
};

/// \pre years as catalogs/calendar loads them: each year once, make-up days on weekends
class WorkingCalendar {
public:
    /// What of `years` cannot be true together; nothing when all can.
    [[nodiscard]] static std::optional<Contradiction> contradiction(const std::vector<Year>& years);
    /// \pre no contradiction (CHECKed)
    explicit WorkingCalendar(std::vector<Year> years);

    [[nodiscard]] bool knows(int year) const { return find(year) != nullptr; }
    /// Nothing where the year was not told.
    [[nodiscard]] const Year* find(int year) const;
    /// Sorted.
    [[nodiscard]] const std::vector<Year>& years() const { return years_; }

    [[nodiscard]] Found<DayKind> kind_of(Day day) const;
    [[nodiscard]] Found<bool> is_working(Day day) const;
    /// The holiday a day off or a make-up day belongs to; null for all other days.
    [[nodiscard]] const Holiday* holiday_of(Day day) const;

    /// The `count`-th working day after `from`, which is not counted itself, as in Art. 201 of the
    /// Civil Code; before it when negative. 0: `from`, working day or not. The years of all days
    /// passed must be known. \pre -kCountMax <= count <= kCountMax
    [[nodiscard]] Found<Day> add_working_days(Day from, int count) const;
    /// `from` when it is worked, else the next working day (Art. 203: a period ends with the day
    /// after the holiday).
    [[nodiscard]] Found<Day> working_day_from(Day from) const;
    /// `days` calendar days after `from`, moved on to a working day where it is none.
    [[nodiscard]] Found<Day> add_days_to_working_day(Day from, int days) const;
    /// Working days after `from` up to and including `until`; negative when `until` is earlier.
    [[nodiscard]] Found<int> working_days_between(Day from, Day until) const;

    static constexpr int kCountMax = 10'000;

private:
    struct Special {
        DayKind kind;
        std::size_t year;
        std::size_t holiday;
    };

    std::vector<Year> years_;
    std::map<Day, Special> specials_;
};

}  // namespace jicai::calendar
