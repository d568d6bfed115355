#include <engine/money/check.h>
#include <engine/product/price_ratio_articles.h>

#include <gtest/gtest.h>

#include "price_ratio_fixture.h"
#include <limits>
#include <string>
#include <vector>

namespace jicai::product {
namespace {

using money::RoundingMode;

RepresentativeCandidate candidate(
    std::string_view name, std::int64_t units, bool single_dose = false
) {
    RepresentativeCandidate result;
    result.presentation = pack(name, "1", units);
    result.matches_single_dose = single_dose;
    return result;
}

using Indexes = std::vector<std::size_t>;

TEST(Representative, PlainTabletThenHardCapsule) {
    const auto choice = choose_representative(
        {candidate("分散片", 14), candidate("硬胶囊", 14), candidate("普通片", 14)}, drug_2012()
    );
    EXPECT_EQ(choice.candidates, Indexes{2});
    EXPECT_EQ(choice.form_basis, RepresentativeBasis::preferred_form);
    EXPECT_EQ(
        choose_representative({candidate("分散片", 14), candidate("硬胶囊", 14)}, drug_2012())
            .candidates,
        Indexes{1}
    );
}

TEST(Representative, SmallVolumeInjectionThenPlainPowder) {
    EXPECT_EQ(
        choose_representative({candidate("普通粉针", 1), candidate("小容量注射液", 1)}, drug_2012())
            .candidates,
        Indexes{1}
    );
    EXPECT_EQ(
        choose_representative({candidate("冻干粉针", 1), candidate("普通粉针", 1)}, drug_2012())
            .candidates,
        Indexes{1}
    );
}

TEST(Representative, PharmacopoeiaThenFirstMarketed) {
    std::vector<RepresentativeCandidate> candidates{
        candidate("分散片", 14), candidate("颗粒剂", 14), candidate("散剂", 14)};
    candidates[1].in_pharmacopoeia = true;
    auto choice = choose_representative(candidates, drug_2012());
    EXPECT_EQ(choice.candidates, Indexes{1});
    EXPECT_EQ(choice.form_basis, RepresentativeBasis::standard_form);

    candidates[2].in_pharmacopoeia = true;
    candidates[0].first_marketed_yyyymmdd = 19'900'101;
    candidates[1].first_marketed_yyyymmdd = 20'000'102;
    candidates[2].first_marketed_yyyymmdd = 20'000'101;
    choice = choose_representative(candidates, drug_2012());
    EXPECT_EQ(choice.candidates, Indexes{2});
    EXPECT_EQ(choice.form_basis, RepresentativeBasis::first_marketed);

    candidates[2].still_sold = false;
    EXPECT_EQ(choose_representative(candidates, drug_2012()).candidates, Indexes{1});

    candidates[1].in_pharmacopoeia = candidates[2].in_pharmacopoeia = false;
    EXPECT_EQ(choose_representative(candidates, drug_2012()).candidates, Indexes{0});
}

TEST(Representative, WhatTheRuleDoesNotDecideIsLeftToPeople) {
    auto choice =
        choose_representative({candidate("分散片", 14), candidate("颗粒剂", 14)}, drug_2012());
    EXPECT_EQ(choice.form_basis, RepresentativeBasis::undecided);
    EXPECT_EQ(choice.candidates, (Indexes{0, 1}));
    std::vector<RepresentativeCandidate> same_day{candidate("分散片", 14), candidate("颗粒剂", 14)};
    same_day[0].first_marketed_yyyymmdd = same_day[1].first_marketed_yyyymmdd = 20'000'101;
    choice = choose_representative(same_day, drug_2012());
    EXPECT_EQ(choice.form_basis, RepresentativeBasis::undecided);
    EXPECT_EQ(choice.candidates, (Indexes{0, 1}));
}

TEST(Representative, SingleDoseThenMiddlePack) {
    EXPECT_EQ(
        choose_representative(
            {candidate("普通片", 7),
             candidate("普通片", 7, true),
             candidate("普通片", 14, true),
             candidate("普通片", 28, true)},
            drug_2012()
        )
            .candidates,
        Indexes{2}
    );
    const std::vector<RepresentativeCandidate> even{
        candidate("普通片", 7),
        candidate("普通片", 14),
        candidate("普通片", 28),
        candidate("普通片", 100)};
    EXPECT_EQ(choose_representative(even, drug_2012()).candidates, Indexes{1});
    PriceRatioRule open = drug_2012();
    open.representative_lower_middle = false;
    EXPECT_EQ(choose_representative(even, open).candidates, (Indexes{0, 1, 2, 3}));
    EXPECT_THROW(static_cast<void>(choose_representative({}, open)), BrokenInvariant);
}

TEST(OwnRepresentative, EightFold) {
    const auto needs = [](std::string_view a, std::string_view b) {
        return needs_own_representative(ratio(a), ratio(b), drug_2012());
    };
    EXPECT_FALSE(needs("1", "7.99"));
    EXPECT_TRUE(needs("1", "8"));
    EXPECT_TRUE(needs("1", "8.01"));
    EXPECT_TRUE(needs("8", "1"));
    EXPECT_FALSE(needs("5", "5"));
}

TEST(OwnRepresentative, ChainsByTheirEndsOrSteps) {
    const std::vector<Ratio> chain{ratio("1"), ratio("4"), ratio("16")};
    EXPECT_TRUE(chain_needs_own_representative(chain, drug_2012()));
    PriceRatioRule by_steps = drug_2012();
    by_steps.content_limit_by_ends = false;
    EXPECT_FALSE(chain_needs_own_representative(chain, by_steps));
    EXPECT_TRUE(chain_needs_own_representative({ratio("1"), ratio("8"), ratio("1")}, by_steps));
    EXPECT_FALSE(chain_needs_own_representative({ratio("1"), ratio("8"), ratio("1")}, drug_2012()));
    EXPECT_FALSE(chain_needs_own_representative({ratio("1")}, drug_2012()));
}

TEST(EqualDailyCost, Article11) {
    // 12 units at 3 a day for 6.00 yuan: 1.50 a day. 10 units at 2 a day: 0.75 each.
    EXPECT_EQ(
        equal_daily_cost(yuan("6"), {12, ratio("3")}, {10, ratio("2")}, {RoundingMode::half_up, 2}),
        yuan("7.5")
    );
    // 1.005 exactly: the tie.
    const DailyCostPack source{2, ratio("1")};
    const DailyCostPack target{1, ratio("1")};
    EXPECT_EQ(
        equal_daily_cost(yuan("2.009999"), source, target, {RoundingMode::half_up, 2}), yuan("1")
    );
    EXPECT_EQ(
        equal_daily_cost(yuan("2.01"), source, target, {RoundingMode::half_up, 2}), yuan("1.01")
    );
    EXPECT_EQ(
        equal_daily_cost(yuan("2.01"), source, target, {RoundingMode::half_even, 2}), yuan("1")
    );
    EXPECT_EQ(equal_daily_cost(yuan("2.01"), source, target, {RoundingMode::down, 2}), yuan("1"));
    EXPECT_EQ(
        equal_daily_cost(yuan("2.000001"), source, target, {RoundingMode::up, 2}), yuan("1.01")
    );
    EXPECT_EQ(equal_daily_cost(yuan("2"), source, target, {RoundingMode::up, 2}), yuan("1"));
    EXPECT_EQ(
        equal_daily_cost(
            yuan("1000000000"), {1, ratio("1")}, {2, ratio("1")}, {RoundingMode::half_up, 2}
        ),
        std::nullopt
    );
    EXPECT_THROW(
        static_cast<void>(
            equal_daily_cost(yuan("1"), {1, ratio("0")}, target, {RoundingMode::half_up, 2})
        ),
        BrokenInvariant
    );
}

TEST(Combinations, Article9And15) {
    EXPECT_EQ(combination_content({ratio("80"), ratio("12.5")}), ratio("92.5"));
    EXPECT_EQ(combination_content({ratio("1/3"), ratio("2/3")}), ratio("1"));
    constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(combination_content({Ratio{kInt64Max, 1}, Ratio{1, 1}}), std::nullopt);
    EXPECT_EQ(combination_pack_bound({yuan("1.2"), yuan("3.45")}), yuan("4.65"));
    EXPECT_EQ(combination_pack_bound({yuan("1000000000")}), yuan("1000000000"));
    EXPECT_EQ(combination_pack_bound({yuan("1000000000"), yuan("0.000001")}), std::nullopt);
    EXPECT_EQ(price_with_accessory(yuan("12.3")), yuan("12.3"));
}

}  // namespace
}  // namespace jicai::product
