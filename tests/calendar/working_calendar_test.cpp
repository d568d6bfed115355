#include <catalogs/calendar/calendar_file.h>
#include <engine/calendar/working_calendar.h>

#include <gtest/gtest.h>

namespace jicai::calendar {
namespace {

const WorkingCalendar& shipped() {
    static const WorkingCalendar calendar(catalogs::builtin_calendar_years());
    return calendar;
}

Day day(const char* text) {
    return *read_day(text);
}

std::string after(const char* from, int count) {
    const Found<Day> found = shipped().add_working_days(day(from), count);
    return found.value ? day_text(*found.value) : "unknown " + std::to_string(found.unknown_year);
}

TEST(WorkingCalendar, EveryYearCarriedHasTheDaysOfItsNotices) {
    struct Expected {
        int year;
        int off;      // days off inside the year, weekends of the holiday among them
        int make_up;  // inside the year
        int working;
    };
    // Counted by hand from the notices. 2019's first make-up day, 2018-12-29, lies before it.
    for (const Expected& expected : std::vector<Expected>{
             {2019, 22, 6, 250},
             {2020, 30, 6, 249},
             {2021, 31, 7, 250},
             {2022, 32, 7, 249},
             {2023, 26, 7, 249},
             {2024, 28, 8, 251},
             {2025, 28, 5, 248},
             {2026, 33, 6, 248}}) {
        int off = 0;
        int make_up = 0;
        int working = 0;
        const Day last = last_day(expected.year);
        for (Day d = first_day(expected.year); d <= last; d = plus(d, 1)) {
            const DayKind kind = *shipped().kind_of(d).value;
            off += kind == DayKind::holiday ? 1 : 0;
            make_up += kind == DayKind::make_up ? 1 : 0;
            working += kind == DayKind::working || kind == DayKind::make_up ? 1 : 0;
        }
        EXPECT_EQ(off, expected.off) << expected.year;
        EXPECT_EQ(make_up, expected.make_up) << expected.year;
        EXPECT_EQ(working, expected.working) << expected.year;
    }
    EXPECT_EQ(shipped().years().size(), 8U);
}

TEST(WorkingCalendar, KindsOfDays) {
    EXPECT_EQ(shipped().kind_of(day("2026-02-13")).value, DayKind::working);
    EXPECT_EQ(shipped().kind_of(day("2026-02-14")).value, DayKind::make_up);
    EXPECT_EQ(shipped().kind_of(day("2026-02-15")).value, DayKind::holiday);
    EXPECT_EQ(shipped().kind_of(day("2026-03-01")).value, DayKind::weekend);
    EXPECT_EQ(shipped().holiday_of(day("2026-02-28"))->name_zh, "春节");
    EXPECT_EQ(shipped().holiday_of(day("2026-03-01")), nullptr);
    // Told by the notice of 2023.
    EXPECT_EQ(shipped().kind_of(day("2022-12-31")).value, DayKind::holiday);
    // Told by a notice, but its year as a whole is not known.
    EXPECT_EQ(shipped().kind_of(day("2018-12-31")).unknown_year, 2018);
    EXPECT_EQ(shipped().holiday_of(day("2018-12-31")), nullptr);
}

TEST(WorkingCalendar, AcrossAHolidayWithMakeUpDays) {
    EXPECT_EQ(after("2026-02-12", 1), "2026-02-13");
    EXPECT_EQ(after("2026-02-13", 1), "2026-02-14");  // a Saturday that is worked
    EXPECT_EQ(after("2026-02-13", 2), "2026-02-24");
    EXPECT_EQ(after("2026-02-24", -1), "2026-02-14");
    EXPECT_EQ(after("2026-02-27", 1), "2026-02-28");
    EXPECT_EQ(after("2026-02-28", 1), "2026-03-02");
    EXPECT_EQ(after("2026-02-18", 0), "2026-02-18");
    EXPECT_EQ(after("2019-12-31", 1), "2020-01-02");
}

TEST(WorkingCalendar, YearsNotToldAreRefusedByNumber) {
    EXPECT_EQ(after("2026-12-31", 0), "2026-12-31");
    EXPECT_EQ(after("2026-12-30", 1), "2026-12-31");
    EXPECT_EQ(after("2026-12-31", 1), "unknown 2027");
    EXPECT_EQ(after("2019-01-02", -1), "unknown 2018");
    EXPECT_EQ(shipped().working_day_from(day("2027-01-01")).unknown_year, 2027);
    EXPECT_EQ(
        shipped().working_days_between(day("2026-12-31"), day("2027-01-01")).unknown_year, 2027
    );
    EXPECT_EQ(shipped().working_days_between(day("2026-12-31"), day("2026-12-31")).value, 0);
}

TEST(WorkingCalendar, APeriodThatEndsOnADayOffEndsOnTheNextWorkingDay) {
    EXPECT_EQ(shipped().add_days_to_working_day(day("2026-02-08"), 5).value, day("2026-02-13"));
    EXPECT_EQ(shipped().add_days_to_working_day(day("2026-02-08"), 6).value, day("2026-02-14"));
    EXPECT_EQ(shipped().add_days_to_working_day(day("2026-02-08"), 7).value, day("2026-02-24"));
}

// Adding and counting are each other's inverse, at every day of every year carried.
TEST(WorkingCalendar, CountingUndoesAdding) {
    for (Day from = first_day(2019); from <= day("2026-11-30"); from = plus(from, 1)) {
        for (const int count : {1, 2, 5, 11, 20}) {
            const Found<Day> there = shipped().add_working_days(from, count);
            ASSERT_TRUE(there.value);
            ASSERT_TRUE(*shipped().is_working(*there.value).value);
            ASSERT_EQ(shipped().working_days_between(from, *there.value).value, count);
            ASSERT_EQ(shipped().working_days_between(*there.value, from).value, -count);
            if (*shipped().is_working(from).value) {
                ASSERT_EQ(shipped().add_working_days(*there.value, -count).value, from);
            }
        }
    }
}

TEST(WorkingCalendar, YearsThatCannotBothBeTrue) {
    std::vector<Year> years = catalogs::builtin_calendar_years();
    EXPECT_FALSE(WorkingCalendar::contradiction(years));
    Holiday wrong = years.back().holidays.front();
    wrong.first = wrong.last = day("2026-10-10");
    wrong.make_up.clear();
    years.back().holidays.push_back(wrong);
    const auto found = WorkingCalendar::contradiction(years);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->day, day("2026-10-10"));
}

}  // namespace
}  // namespace jicai::calendar
