#include <catalogs/builtin/builtin.h>
#include <catalogs/calendar/calendar_file.h>
#include <catalogs/linkage_file/policy_file.h>
#include <engine/campaigns/terms.h>

#include <gtest/gtest.h>

namespace jicai::campaigns {
namespace {

linkage::Policy policy(const std::string& id) {
    auto loaded = catalogs::load_policy(*catalogs::find_linkage_policy(id), id + ".toml");
    return *std::move(loaded.policy);
}

calendar::WorkingCalendar carried() {
    return calendar::WorkingCalendar(catalogs::builtin_calendar_years());
}

// `text` is a day, `second` of it in Beijing.
ports::Moment moment(const char* text, std::int32_t second = 0) {
    return calendar::deadline_at(*calendar::read_day(text), second).moment;
}

Term days(Stage stage, std::int64_t count) {
    Term term;
    term.stage = stage;
    term.working_days = count;
    return term;
}

TEST(CampaignTerms, FollowThePolicyAndNameWhatItDoesNotSay) {
    const auto hunan = terms_of(policy("hunan-2018-drug"));
    ASSERT_EQ(hunan.size(), 1U);
    EXPECT_EQ(hunan[0].stage, Stage::declaration);
    EXPECT_EQ(hunan[0].working_days, 30);
    EXPECT_EQ(hunan[0].evidence, rules::Evidence::secondary);
    EXPECT_EQ(find_term(hunan, Stage::publicity), nullptr);

    const auto shaanxi = terms_of(policy("shaanxi-drug"));
    const Term* declaration = find_term(shaanxi, Stage::declaration);
    ASSERT_NE(declaration, nullptr);
    EXPECT_EQ(declaration->months, 1);

    const auto qinghai = terms_of(policy("qinghai-2019-drug"));
    ASSERT_NE(find_term(qinghai, Stage::declaration), nullptr);
    EXPECT_EQ(find_term(qinghai, Stage::declaration)->last, "2019-09-10");
    EXPECT_TRUE(terms_of(policy("xpcc-2026-consumable")).empty());
}

TEST(CampaignTerms, WhatThePolicySaysStandsBeforeWhatIsGiven) {
    auto terms = terms_of(policy("hunan-2018-drug"));
    terms.push_back(days(Stage::declaration, 3));
    terms.push_back(days(Stage::publicity, 3));
    terms.push_back(days(Stage::publicity, 5));
    EXPECT_EQ(find_term(terms, Stage::declaration)->working_days, 30);
    EXPECT_EQ(find_term(terms, Stage::publicity)->working_days, 5);
}

TEST(CampaignTerms, EndAtTheEndOfTheDay) {
    const auto calendar = carried();
    // Over the National Day holiday of 2025: 1 to 8 October off, 28 September and 11 October
    // worked.
    const auto ends =
        end_of_stage(days(Stage::declaration, 5), moment("2025-09-26", 36'000), calendar);
    // 28, 29 and 30 September, 9 and 10 October; too late from the next midnight on.
    EXPECT_EQ(ends.value, moment("2025-10-11"));
}

TEST(CampaignTerms, MonthsAreClampedOrGoOver) {
    Term term;
    term.months = 1;
    const auto calendar = carried();
    EXPECT_EQ(end_of_stage(term, moment("2026-01-31"), calendar).value, moment("2026-03-01"));
    term.last_day = false;
    EXPECT_EQ(end_of_stage(term, moment("2026-01-31"), calendar).value, moment("2026-03-02"));
    EXPECT_EQ(end_of_stage(term, moment("2026-12-31"), calendar).value, moment("2027-02-01"));
}

TEST(CampaignTerms, AYearNobodyToldGivesNoDeadline) {
    const auto ends = end_of_stage(days(Stage::declaration, 30), moment("2031-12-20"), carried());
    EXPECT_FALSE(ends.value);
    EXPECT_NE(ends.unknown_year, 0);
}

TEST(CampaignCourse, PassesAtTheVerySecond) {
    const auto calendar = carried();
    const std::vector<Term> terms{days(Stage::declaration, 3)};
    const ports::Moment deadline = moment("2026-03-05");
    const Standing stored{Stage::declaration, moment("2026-03-02"), deadline, 0};
    EXPECT_TRUE(course_of(stored, terms, calendar, {deadline.micros - 1}).empty());
    const auto course = course_of(stored, terms, calendar, deadline);
    ASSERT_EQ(course.size(), 1U);
    EXPECT_EQ(course[0].to, Stage::verification);
    EXPECT_EQ(course[0].at, deadline);
    EXPECT_FALSE(course[0].deadline);
}

TEST(CampaignCourse, OneDeadlineBeginsTheNextStage) {
    const auto calendar = carried();
    const std::vector<Term> terms{days(Stage::declaration, 2), days(Stage::objection, 2)};
    const Standing notice{Stage::notice, moment("2026-03-02"), moment("2026-03-03"), 0};
    // Entered on Tuesday 3 March at 00:00; the second working day after it is Thursday.
    const auto course = course_of(notice, terms, calendar, moment("2026-03-06"));
    ASSERT_EQ(course.size(), 2U);
    EXPECT_EQ(course[0].to, Stage::declaration);
    EXPECT_EQ(course[0].deadline, moment("2026-03-06"));
    EXPECT_EQ(course[1].to, Stage::verification);
    EXPECT_EQ(course_of(notice, terms, calendar, moment("2026-03-05")).size(), 1U);
    // Publication is an act of people: the end of the objections passes nothing.
    const Standing objection{Stage::objection, moment("2026-03-02"), moment("2026-03-04"), 0};
    EXPECT_TRUE(course_of(objection, terms, calendar, moment("2026-06-01")).empty());
}

TEST(CampaignConsequences, FollowTheLadder) {
    const auto hunan = consequences_of(policy("hunan-2018-drug"));
    EXPECT_EQ(hunan.first, Consequence::suspended);
    EXPECT_TRUE(hunan.delists_after);
    EXPECT_FALSE(delisted_on(hunan, *calendar::read_day("2026-03-01")));
    const auto qinghai = consequences_of(policy("qinghai-2019-drug"));
    EXPECT_EQ(qinghai.first, Consequence::delisted);
    EXPECT_EQ(
        barred_until(qinghai, *calendar::read_day("2026-03-01")), calendar::read_day("2028-03-01")
    );
    const auto jilin = consequences_of(policy("jilin-2026-reagent"));
    EXPECT_EQ(jilin.grace_months, 2);
    const auto xpcc = consequences_of(policy("xpcc-2026-consumable"));
    EXPECT_FALSE(xpcc.delists_after);
    EXPECT_FALSE(barred_until(xpcc, *calendar::read_day("2026-03-01")));
}

}  // namespace
}  // namespace jicai::campaigns
