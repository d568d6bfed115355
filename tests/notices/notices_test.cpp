// Reminders at their boundaries, waiting between tries, what a webhook may reach, what signs it.
#include <catalogs/calendar/calendar_file.h>
#include <engine/calendar/deadline.h>
#include <engine/notices/deadlines.h>
#include <engine/notices/outbox.h>
#include <web/server/channels.h>

#include <gtest/gtest.h>

#include <algorithm>

namespace jicai::notices {
namespace {

using access::Role;
using access::Stage;
using ports::Moment;

Moment at(const char* utc) {
    return ports::read_database_text(utc).value();
}

calendar::WorkingCalendar working_calendar() {
    return calendar::WorkingCalendar(catalogs::builtin_calendar_years());
}

TEST(Reminders, CountWorkingDaysOverTheSpringFestival) {
    const auto calendar = working_calendar();
    // 15 to 23 February 2026 are off; Saturday the 14th and the 28th are worked.
    const Moment deadline = at("2026-02-25 09:00:00");  // Wednesday, 17:00 in Beijing
    EXPECT_EQ(reminder_at(leads()[0], calendar, deadline), at("2026-02-13 09:00:00"));
    EXPECT_EQ(reminder_at(leads()[1], calendar, deadline), at("2026-02-24 09:00:00"));
    EXPECT_EQ(reminder_at(leads()[2], calendar, deadline), at("2026-02-25 07:00:00"));
}

TEST(Reminders, HoldFromTheirMomentToTheDeadline) {
    const auto calendar = working_calendar();
    const Moment deadline = at("2026-11-27 09:00:00");
    const auto name = [&](Moment now) {
        const Lead* const lead = lead_at(calendar, deadline, now);
        return lead == nullptr ? std::string() : std::string(lead->name);
    };
    EXPECT_EQ(name(at("2026-11-24 08:59:59.999999")), "");
    EXPECT_EQ(name(at("2026-11-24 09:00:00")), "three_working_days");
    EXPECT_EQ(name(at("2026-11-26 08:59:59.999999")), "three_working_days");
    EXPECT_EQ(name(at("2026-11-26 09:00:00")), "one_working_day");
    EXPECT_EQ(name(at("2026-11-27 06:59:59.999999")), "one_working_day");
    EXPECT_EQ(name(at("2026-11-27 07:00:00")), "two_hours");
    EXPECT_EQ(name(at("2026-11-27 08:59:59.999999")), "two_hours");
    EXPECT_EQ(name(deadline), "");
}

TEST(Reminders, OfAYearNobodyToldCountCalendarDays) {
    const auto calendar = working_calendar();
    EXPECT_EQ(
        reminder_at(leads()[0], calendar, at("2046-05-17 09:00:00")), at("2046-05-14 09:00:00")
    );
}

TEST(Reminders, LeadsAreAssumed) {
    ASSERT_EQ(leads().size(), 3U);
    for (const Lead& lead : leads()) EXPECT_EQ(lead.evidence, rules::Evidence::assumed);
}

TEST(Reminders, GoToWhoseActsTheDeadlineEnds) {
    const std::vector<Role> reporting{
        Role::hospital_reporter, Role::hospital_approver, Role::pharmacy};
    EXPECT_EQ(concerned(Stage::volume_reporting), reporting);
    const auto confirming = concerned(Stage::volume_confirmation);
    for (const Role role : {Role::bureau_county, Role::bureau_city, Role::bureau_province}) {
        EXPECT_NE(std::find(confirming.begin(), confirming.end(), role), confirming.end());
    }
    EXPECT_EQ(concerned(Stage::bidding), std::vector<Role>{Role::supplier});
    EXPECT_TRUE(concerned(Stage::closed).empty());
}

TEST(Reminders, AMovedDeadlineHasRemindersOfItsOwn) {
    const Reminder first{"R-1", Stage::bidding, Moment{1}, leads().data()};
    Reminder moved = first;
    moved.deadline = Moment{2};
    EXPECT_EQ(first.once(), "deadline:R-1:bidding:1:three_working_days");
    EXPECT_NE(first.once(), moved.once());
}

TEST(Outbox, WaitsTwiceAsLongEachTime) {
    const Retries retries{.first_seconds = 60, .tries_max = 12};
    EXPECT_EQ(wait_micros(retries, 1), ports::kMinute);
    EXPECT_EQ(wait_micros(retries, 2), 2 * ports::kMinute);
    EXPECT_EQ(wait_micros(retries, 5), 16 * ports::kMinute);
    EXPECT_EQ(wait_micros(retries, 9), 256 * ports::kMinute);
    EXPECT_EQ(wait_micros(retries, 10), 6 * ports::kHour);
    EXPECT_EQ(wait_micros(retries, 1'000'000), 6 * ports::kHour);
}

// Computed with Python's hmac for "1700000000.{}" under the key "Jefe".
TEST(Channels, SignAsReceiversDo) {
    EXPECT_EQ(
        web::signature_of("Jefe", "1700000000", "{}"),
        "sha256=d3793e2b4103edfbd98cc19591832f5fad701d413db9fcae0ae7dab8184ed207"
    );
}

TEST(Channels, ReachPublicAddressesOnly) {
    for (const char* address :
         {"0.0.0.0",
          "10.1.2.3",
          "100.64.0.1",
          "127.0.0.1",
          "127.255.255.255",
          "169.254.169.254",
          "172.16.0.1",
          "172.31.255.255",
          "192.168.0.1",
          "198.18.0.1",
          "224.0.0.1",
          "255.255.255.255",
          "::",
          "::1",
          "::ffff:10.0.0.1",
          "fe80::1",
          "fc00::1",
          "fdff::1",
          "ff02::1",
          "64:ff9b::a00:1",
          "2002:a00:1::",
          "2001:db8::1",
          "::10.0.0.1",
          "",
          "example.org"}) {
        EXPECT_FALSE(web::is_public_address(address)) << address;
    }
    for (const char* address :
         {"9.255.255.255",
          "11.0.0.0",
          "100.63.255.255",
          "100.128.0.0",
          "172.15.255.255",
          "172.32.0.0",
          "192.167.255.255",
          "192.169.0.0",
          "223.255.255.255",
          "114.114.114.114",
          "2400:3200::1"}) {
        EXPECT_TRUE(web::is_public_address(address)) << address;
    }
}

}  // namespace
}  // namespace jicai::notices
