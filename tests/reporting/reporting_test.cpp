#include <engine/access/role.h>
#include <engine/reporting/aggregate.h>
#include <engine/reporting/check_report.h>
#include <engine/reporting/confirmation.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace jicai::reporting {
namespace {

LotReport report(std::int64_t units, Cause cause = Cause::none) {
    LotReport made;
    made.specs = {{"5mg", 1}, {"10mg", 2}};
    made.lines = {{1, "", units, cause, ""}};
    made.past = {{1, 2023, 1000}, {1, 2024, 1000}, {1, 2022, 999'999}};
    made.first_year = 2023;
    return made;
}

std::vector<Finding> findings(
    const LotReport& lot, const Policy& policy = rules::assumed_reporting()
) {
    std::vector<Finding> found;
    for (const LotFinding& one : check_lot(lot, policy).findings) found.push_back(one.finding);
    return found;
}

using Found = std::vector<Finding>;

TEST(VolumeReport, FloorJustBelowAtAndAbove) {
    EXPECT_EQ(findings(report(799)), Found{Finding::below_floor_unsaid});
    EXPECT_EQ(findings(report(800)), Found{});
    EXPECT_EQ(findings(report(801)), Found{});
    EXPECT_EQ(findings(report(799, Cause::patients_fell)), Found{Finding::below_floor});
    EXPECT_EQ(findings(report(0)), Found{Finding::below_floor_unsaid});
}

TEST(VolumeReport, AlarmJustBelowAtAndAbove) {
    EXPECT_EQ(findings(report(1999)), Found{});
    EXPECT_EQ(findings(report(2000)), Found{});
    EXPECT_EQ(findings(report(2001)), Found{Finding::above_alarm_unsaid});
    EXPECT_EQ(findings(report(2001, Cause::new_department)), Found{Finding::above_alarm});
}

// 80 % of (1 + 2) / 2 is 1.2: one unit is below, two are above; nothing is rounded in between.
TEST(VolumeReport, TheMeanIsNeverRounded) {
    LotReport lot = report(1);
    lot.past = {{0, 2023, 1}, {0, 2024, 2}};
    lot.lines = {{0, "", 1, Cause::none, ""}};
    EXPECT_EQ(findings(lot), Found{Finding::below_floor_unsaid});
    EXPECT_EQ(check_lot(lot, rules::assumed_reporting()).comparison.floor, "2");
    lot.lines[0].units = 2;
    EXPECT_EQ(findings(lot), Found{});
}

TEST(VolumeReport, SpecsAddUpByContent) {
    LotReport lot = report(0);
    lot.lines = {{0, "", 1598, Cause::none, ""}, {1, "", 1, Cause::none, ""}};
    EXPECT_EQ(check_lot(lot, rules::assumed_reporting()).comparison.reported, "1600");
    EXPECT_EQ(check_lot(lot, rules::assumed_reporting()).comparison.past_sum, "4000");
    EXPECT_EQ(findings(lot), Found{});
    lot.lines[0].units = 1597;
    EXPECT_EQ(findings(lot), Found{Finding::below_floor_unsaid});
}

TEST(VolumeReport, LinesByThemselves) {
    LotReport lot = report(900, Cause::other);
    EXPECT_EQ(findings(lot), Found{Finding::remark_missing});
    lot.lines[0].remark = "说明";
    EXPECT_EQ(findings(lot), Found{});
    lot.lines.push_back(lot.lines[0]);
    EXPECT_EQ(findings(lot), Found{Finding::line_twice});
    lot.lines[1].brand = "甲厂";
    EXPECT_EQ(findings(lot), Found{});
    Policy policy = rules::assumed_reporting();
    policy.brand_rule.value = BrandRule::brand;
    EXPECT_EQ(findings(lot, policy), Found{Finding::brand_missing});
    policy.brand_rule.value = BrandRule::generic;
    EXPECT_EQ(findings(lot, policy), Found{Finding::brand_unwanted});
}

TEST(VolumeReport, OpenPointsAreNotChecked) {
    Policy policy = rules::assumed_reporting();
    policy.alarm_percent.value.reset();
    EXPECT_EQ(findings(report(1'000'000), policy), Found{});
    policy.floor_percent.value.reset();
    EXPECT_EQ(findings(report(0), policy), Found{});
    EXPECT_EQ(check_lot(report(0), policy).comparison.floor, "");
    LotReport fresh = report(5);
    fresh.past.clear();
    EXPECT_EQ(findings(fresh), Found{Finding::no_past_use});
    EXPECT_FALSE(holds_back(Finding::no_past_use));
    EXPECT_TRUE(holds_back(Finding::below_floor_unsaid));
    EXPECT_FALSE(holds_back(Finding::below_floor));
}

TEST(VolumeReport, WhatNoRulebookSaysIsAssumed) {
    const Policy policy = rules::assumed_reporting();
    for (const auto evidence :
         {policy.floor_percent.evidence,
          policy.alarm_percent.evidence,
          policy.years.evidence,
          policy.brand_rule.evidence}) {
        EXPECT_EQ(evidence, rules::Evidence::assumed);
    }
}

// Another floor, alarm and number of years than the assumed ones, each at its very bound.
TEST(VolumeReport, FollowsTheValuesOfTheRound) {
    Policy policy = rules::assumed_reporting();
    policy.floor_percent.value = 95;
    policy.alarm_percent.value = 110;
    EXPECT_EQ(findings(report(949), policy), Found{Finding::below_floor_unsaid});
    EXPECT_EQ(findings(report(950), policy), Found{});
    EXPECT_EQ(findings(report(951), policy), Found{});
    EXPECT_EQ(findings(report(1099), policy), Found{});
    EXPECT_EQ(findings(report(1100), policy), Found{});
    EXPECT_EQ(findings(report(1101), policy), Found{Finding::above_alarm_unsaid});
    policy.years.value = 1;
    LotReport lot = report(949);
    lot.past = {{0, 2022, 7}, {0, 2023, 1000}};
    lot.lines = {{0, "", 949, Cause::none, ""}};
    EXPECT_EQ(findings(lot, policy), Found{Finding::below_floor_unsaid});
    lot.lines[0].units = 950;
    EXPECT_EQ(findings(lot, policy), Found{});
}

// Against plain fractions in 64 bits, on small numbers: every pair of uses and reports up to 40.
TEST(VolumeReport, SmallWorldExhaustively) {
    for (std::int64_t a = 0; a <= 40; ++a) {
        for (std::int64_t b = 0; b <= 40; b += 3) {
            for (std::int64_t units = 0; units <= 100; ++units) {
                LotReport lot = report(units);
                lot.past = {{1, 2023, a}, {1, 2024, b}};
                const bool below = units * 200 < 80 * (a + b);
                const bool above = units * 200 > 200 * (a + b);
                const Found found = findings(lot);
                ASSERT_EQ(
                    std::count(found.begin(), found.end(), Finding::below_floor_unsaid), below
                );
                ASSERT_EQ(
                    std::count(found.begin(), found.end(), Finding::above_alarm_unsaid), above
                );
            }
        }
    }
}

using access::Role;

TEST(Confirmation, TheWholeWayForEachLevel) {
    struct Way {
        const char* region;
        std::vector<Role> roles;
    };
    for (const Way& way : std::vector<Way>{
             {"230102", {Role::bureau_county, Role::bureau_city, Role::bureau_province}},
             {"230100", {Role::bureau_city, Role::bureau_province}},
             {"230000", {Role::bureau_province}}}) {
        const Level level = *level_of_region(way.region);
        Status status =
            take_step(Status::draft, level, {Step::submit, {Role::hospital_reporter}, "", false})
                .status;
        status =
            take_step(status, level, {Step::approve, {Role::hospital_approver}, "", false}).status;
        for (const Role role : way.roles) {
            ASSERT_EQ(confirms_next(status, level), role);
            ASSERT_FALSE(counts(status));
            status = take_step(status, level, {Step::confirm, {role}, "", false}).status;
        }
        EXPECT_EQ(status, Status::province_confirmed);
        EXPECT_TRUE(counts(status));
    }
    for (const char* bad : {"", "2301", "23010x", "000000", "001200"})
        EXPECT_FALSE(level_of_region(bad));
}

// Every status, level, step and role: exactly one role can take a step where one can.
TEST(Confirmation, EveryStep) {
    for (int s = 0; s < kStatuses; ++s) {
        const auto status = static_cast<Status>(s);
        for (const Level level : {Level::county, Level::city, Level::province}) {
            for (const Step step :
                 {Step::submit, Step::take_back, Step::approve, Step::confirm, Step::send_back}) {
                int able = 0;
                for (const Role role : access::all_roles()) {
                    const StepAnswer answer = take_step(status, level, {step, {role}, "x", false});
                    able += answer.why == StepRefusal::none ? 1 : 0;
                    if (answer.why != StepRefusal::none) {
                        ASSERT_EQ(answer.status, status);
                    } else {
                        ASSERT_NE(answer.status, status);
                    }
                    if (answer.why == StepRefusal::not_yours) {
                        ASSERT_TRUE(answer.who.has_value());
                        ASSERT_EQ(
                            take_step(status, level, {step, {*answer.who}, "x", false}).why,
                            StepRefusal::none
                        );
                    }
                }
                const bool hospital = step == Step::submit || step == Step::take_back;
                ASSERT_LE(able, hospital ? 2 : 1);  // reporter and pharmacy
            }
        }
    }
}

TEST(Confirmation, ReturningNeedsARemarkAndHandingInNoHeldBackFinding) {
    const StepAsked silent{Step::send_back, {Role::bureau_county}, "", false};
    EXPECT_EQ(
        take_step(Status::department_approved, Level::county, silent).why,
        StepRefusal::remark_missing
    );
    const StepAsked held{Step::submit, {Role::hospital_reporter}, "", true};
    EXPECT_EQ(take_step(Status::draft, Level::county, held).why, StepRefusal::held_back);
    // Two people at once: the second finds another status.
    const StepAsked approve{Step::approve, {Role::hospital_approver}, "", false};
    EXPECT_EQ(
        take_step(Status::department_approved, Level::county, approve).why,
        StepRefusal::not_from_here
    );
}

TEST(Aggregate, SumsOfEveryLevelAreTheSame) {
    std::mt19937 random(11);  // the same numbers everywhere
    std::vector<RegionLine> lines;
    std::int64_t total = 0;
    for (int i = 0; i < 2000; ++i) {
        const auto number = static_cast<std::int64_t>(random() % 1'000'000);
        const std::string region = std::to_string(
            110000 + (random() % 50) * 10000 + (random() % 20) * 100 + random() % 30
        );
        lines.push_back(
            {region, std::to_string(random() % 60), "10mg", random() % 2 == 0 ? "" : "甲", number}
        );
        total += number;
    }
    for (const RegionLevel level :
         {RegionLevel::county, RegionLevel::city, RegionLevel::province, RegionLevel::country}) {
        std::int64_t sum = 0;
        for (const auto& [key, units] : sums_by_region(lines, level)) sum += units;
        EXPECT_EQ(sum, total);
    }
    EXPECT_EQ(region_at("230102", RegionLevel::city), "230100");
    const auto before = sums_by_region(lines, RegionLevel::city);
    std::shuffle(lines.begin(), lines.end(), random);
    EXPECT_EQ(sums_by_region(lines, RegionLevel::city), before);
}

TEST(Group, SharesAddUpAndFollowTheWeights) {
    EXPECT_EQ(split_in_group(10, {1, 1, 1}), (std::vector<std::int64_t>{4, 3, 3}));
    EXPECT_EQ(split_in_group(10, {0, 0, 0}), (std::vector<std::int64_t>{4, 3, 3}));
    EXPECT_EQ(split_in_group(7, {5, 0, 2}), (std::vector<std::int64_t>{5, 0, 2}));
    EXPECT_EQ(split_in_group(1, {1, 2}), (std::vector<std::int64_t>{0, 1}));
    EXPECT_EQ(split_in_group(0, {3, 4}), (std::vector<std::int64_t>{0, 0}));
    EXPECT_EQ(split_in_group(1'000'000'000'000, {1'000'000'000'000, 1}).front(), 999'999'999'999);
    std::mt19937 random(7);
    for (int i = 0; i < 5000; ++i) {
        std::vector<std::int64_t> weights(1 + random() % 8);
        for (auto& weight : weights) weight = static_cast<std::int64_t>(random() % 1000);
        const auto units = static_cast<std::int64_t>(random() % 100'000);
        const auto shares = split_in_group(units, weights);
        ASSERT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), units);
        const auto total = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
        for (std::size_t k = 0; k < shares.size() && total > 0; ++k) {
            const std::int64_t down = units * weights[k] / total;
            ASSERT_TRUE(shares[k] == down || shares[k] == down + 1);
        }
    }
}

}  // namespace
}  // namespace jicai::reporting
