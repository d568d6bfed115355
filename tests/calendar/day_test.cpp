#include <engine/calendar/day.h>
#include <engine/calendar/deadline.h>

#include <gtest/gtest.h>

namespace jicai::calendar {
namespace {

TEST(Day, EveryDayOfFourCenturiesFollowsTheOneBefore) {
    const Day last = last_day(2399);
    CivilDate before = date_of({-1 + first_day(2000).number});
    for (Day day = first_day(2000); day <= last; day = plus(day, 1)) {
        const CivilDate date = date_of(day);
        ASSERT_EQ(day_of(date), day);
        const bool next_day =
            date.year == before.year && date.month == before.month && date.day == before.day + 1;
        const bool next_month = date.year == before.year && date.month == before.month + 1 &&
                                date.day == 1 && before.day >= 28;
        const bool next_year = date.year == before.year + 1 && date.month == 1 && date.day == 1 &&
                               before.month == 12 && before.day == 31;
        ASSERT_TRUE(next_day || next_month || next_year) << day_text(day);
        before = date;
    }
    EXPECT_EQ(first_day(2400).number - first_day(2000).number, 146097);
}

TEST(Day, KnownDays) {
    EXPECT_EQ(day_of({1970, 1, 1})->number, 0);
    EXPECT_EQ(weekday(Day{0}), 4);
    EXPECT_EQ(read_day("2026-11-24"), (Day{20781}));
    EXPECT_EQ(weekday(*read_day("2026-11-24")), 2);
    EXPECT_EQ(day_text(*read_day("2024-02-29")), "2024-02-29");
    EXPECT_EQ(date_of(last_day(kYearMax)), (CivilDate{9999, 12, 31}));
}

TEST(Day, ReadsNothingElse) {
    for (const char* text :
         {"",
          "2026-1-1",
          "2026-02-29",
          "2026-13-01",
          "2026-00-10",
          "2026-04-31",
          "1969-12-31",
          "2026/01/01",
          "2026-01-01 ",
          " 2026-01-1",
          "20260101",
          "2026-01-1a",
          "２０２６-01-01"}) {
        EXPECT_FALSE(read_day(text)) << text;
    }
}

TEST(Deadline, TheSecondItself) {
    const Day day = *read_day("2026-11-24");
    const Deadline ten = deadline_at(day, 10 * 3600);
    EXPECT_EQ(ports::beijing_text(ten.moment), "2026-11-24T10:00:00+08:00");
    EXPECT_TRUE(in_time({ten.moment.micros - 1}, ten));
    EXPECT_FALSE(in_time(ten.moment, ten));
    EXPECT_FALSE(in_time({ten.moment.micros + 1}, ten));
    EXPECT_EQ(ports::beijing_text(end_of(day).moment), "2026-11-25T00:00:00+08:00");
    EXPECT_EQ(end_of(day), deadline_at(plus(day, 1), 0));
}

TEST(Deadline, TheDayInBeijingBeginsAtSixteenHoursUtc) {
    const Day day = *read_day("2026-11-24");
    const ports::Moment midnight = deadline_at(day, 0).moment;
    EXPECT_EQ(beijing_day(midnight), day);
    EXPECT_EQ(beijing_day({midnight.micros - 1}), plus(day, -1));
    EXPECT_EQ(beijing_second({midnight.micros - 1}), kSecondsOfDay - 1);
    EXPECT_EQ(beijing_second({midnight.micros + ports::kSecond - 1}), 0);
    EXPECT_EQ(beijing_second({midnight.micros + ports::kSecond}), 1);
    EXPECT_EQ(*ports::read_beijing_day("2026-11-24"), midnight);
}

}  // namespace
}  // namespace jicai::calendar
