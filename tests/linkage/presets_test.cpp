#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <engine/linkage/policy_parameters.h>

#include <tests/linkage/world.h>

/// Hand-computed cases of each shipped policy.
namespace jicai::linkage::testing {
namespace {

using campaign::CeilingKind;
using campaign::Exclusion;
using campaign::SourceClass;
using campaign::Status;

/// Unit prices 9.80, 10.20, 10.50, 11.00, 12.40; current 10.80; packs of ten.
World five_prices(const std::string& region, SourceClass lowest = SourceClass::province_listing) {
    World world(region);
    world.product("P", 10, "108.00");
    world.seen("北京", "98.00", 10, lowest);
    world.seen("天津", "102.00", 10);
    world.seen("上海", "105.00", 10);
    world.seen("河北", "110.00", 10);
    world.seen("江苏", "124.00", 10);
    return world;
}

Policy hunan() {
    Policy policy = shipped("hunan-2018-drug");
    EXPECT_TRUE(apply_given(policy, {{"exclusions.regions", "[\"none\"]"}}).empty());
    return policy;
}

/// The five legal answers to the same prices.
TEST(Presets, OneSetOfPricesHasFiveLegalAnswers) {
    const SkuDecision minimum = five_prices("黑龙江").decide_first(shipped("heilongjiang-minimum"));
    EXPECT_EQ(text_of(minimum.reference_unit), "9.8");
    EXPECT_EQ(text_of(minimum.enforced), "98");
    EXPECT_EQ(cut_scaled_of(minimum), 926);

    const SkuDecision mean = five_prices("湖南").decide_first(hunan());
    EXPECT_EQ(text_of(mean.reference_unit), "10.1667");
    EXPECT_EQ(text_of(mean.enforced), "101.67");
    EXPECT_EQ(cut_scaled_of(mean), 586);

    Policy median = shipped("heilongjiang-minimum");
    median.reference->aggregator = assumed(Aggregator::median);
    median.reference->count_each = assumed(CountEach::region);
    median.reference->median_of_even = assumed(MedianOfEven::mean);
    const SkuDecision middle = five_prices("黑龙江").decide_first(median);
    EXPECT_EQ(text_of(middle.reference_unit), "10.5");
    EXPECT_EQ(text_of(middle.enforced), "105");
    EXPECT_EQ(cut_scaled_of(middle), 278);

    Policy all_awards = shipped("heilongjiang-minimum");
    all_awards.comparison.sources = assumed(TextList{"province_listing", "province_award"});
    const World award_lowest = five_prices("黑龙江", SourceClass::province_award);
    const SkuDecision without = award_lowest.decide_first(all_awards);
    EXPECT_EQ(text_of(without.reference_unit), "10.2");
    ASSERT_EQ(without.excluded.size(), 1U);
    EXPECT_EQ(without.excluded[0].reason, Exclusion::award_of_other_region);

    Policy hunan_awards = hunan();
    hunan_awards.comparison.sources = all_awards.comparison.sources;
    const SkuDecision mean_without =
        five_prices("湖南", SourceClass::province_award).decide_first(hunan_awards);
    EXPECT_EQ(text_of(mean_without.reference_unit), "10.5667");
    EXPECT_EQ(text_of(mean_without.enforced), "105.67");
}

TEST(Presets, LinkageNeverRaises) {
    World world("黑龙江");
    world.product("P", 1, "10.80");
    world.seen("北京", "11.20", 1);
    const SkuDecision sku = world.decide_first(shipped("heilongjiang-minimum"));
    EXPECT_EQ(sku.status, Status::no_lower_price);
    EXPECT_EQ(text_of(sku.reference), "11.2");
    EXPECT_EQ(text_of(sku.enforced), "10.8");
}

TEST(Presets, HunanTakesTheLowestUntilTheThirdPriceAppears) {
    World world("湖南");
    world.product("P", 1, "10.80");
    world.seen("北京", "10.20", 1);
    world.seen("天津", "10.50", 1);
    const SkuDecision two = world.decide_first(hunan());
    EXPECT_EQ(two.status, Status::linked);
    EXPECT_TRUE(two.provisional);
    EXPECT_EQ(text_of(two.enforced), "10.2");
    world.seen("上海", "10.80", 1);
    const SkuDecision three = world.decide_first(hunan());
    EXPECT_FALSE(three.provisional);
    EXPECT_EQ(text_of(three.enforced), "10.5");
}

TEST(Presets, HunanCountsOnePriceOfEachRegionAndOnlyAfterEvaluation) {
    World world("湖南");
    world.product("P", 1, "10.80");
    world.seen("北京", "10.20", 1);
    world.seen("北京", "10.10", 1);
    world.seen("北京", "9.00", 1).evaluated = false;
    world.seen("天津", "10.50", 1);
    const SkuDecision sku = world.decide_first(hunan());
    EXPECT_TRUE(sku.provisional);
    EXPECT_EQ(text_of(sku.enforced), "10.1");
    ASSERT_EQ(sku.excluded.size(), 1U);
    EXPECT_EQ(sku.excluded[0].reason, Exclusion::not_evaluated);
}

TEST(Presets, HunanDeadlineCountsWorkingDaysOfAPublishedYear) {
    World world = five_prices("湖南");
    EXPECT_FALSE(world.decide_first(hunan()).declare_by.has_value());
    // 2026: a week of holidays from Sunday 15 February, Saturdays 14 and 28 February worked.
    for (int i = 15; i <= 23; ++i) {
        world.campaign.working_days.add(day(("2026-02-" + std::to_string(i)).c_str()), false);
    }
    world.campaign.working_days.add(day("2026-02-14"), true);
    world.campaign.working_days.add(day("2026-02-28"), true);
    const SkuDecision sku = world.decide_first(hunan());
    ASSERT_TRUE(sku.declare_by.has_value());
    // From 31 January: 2-6, 9-14, 24-28 February are 16 days; 2-6, 9-13, 16-19 March are 14.
    EXPECT_EQ(sku.declare_by->text(), "2026-03-19");
}

TEST(Presets, ShaanxiDeadlineIsClampedToTheEndOfTheMonth) {
    World world("陕西");
    world.product("P", 1, "10.80");
    world.seen("北京", "9.00", 1, SourceClass::province_award);
    const SkuDecision sku = world.decide_first(shipped("shaanxi-drug"));
    EXPECT_EQ(text_of(sku.enforced), "9");
    ASSERT_TRUE(sku.declare_by.has_value());
    EXPECT_EQ(sku.declare_by->text(), "2026-02-28");
}

TEST(Presets, ShaanxiConsumablesWaitForTheWindowButHaveTheirPrice) {
    World world("陕西");
    world.product("P", 1, "10.80");
    world.seen("北京", "9.00", 1, SourceClass::province_award);
    world.seen("天津", "8.00", 1, SourceClass::city_reference);
    const SkuDecision sku = world.decide_first(shipped("shaanxi-2019-consumable"));
    EXPECT_EQ(sku.status, Status::linked);
    EXPECT_EQ(text_of(sku.enforced), "9");
    ASSERT_EQ(sku.waits_for.size(), 1U);
    EXPECT_EQ(sku.waits_for[0].arguments[0].second, "deadline.window_end");
}

TEST(Presets, QinghaiTakesWhatFirmsDeclare) {
    World world("青海", "2019-09-10");
    world.product("P", 1, "10.80");
    world.seen("青海", "9.90", 1, SourceClass::firm_declared).from = day("2019-09-03");
    world.seen("北京", "5.00", 1).from = day("2019-09-03");
    const SkuDecision sku = world.decide_first(shipped("qinghai-2019-drug"));
    EXPECT_EQ(text_of(sku.enforced), "9.9");
    EXPECT_EQ(sku.declare_by->text(), "2019-09-10");
}

TEST(Presets, QinghaiBarsForTwoYears) {
    World world("青海", "2026-03-01");
    world.product("P", 1, "12.00");
    world.campaign.events.push_back(
        {1, campaign::EventKind::delist, 0, {}, "虚假申报", "青海省医保局", day("2026-03-01")}
    );
    const SkuDecision sku = world.decide_first(shipped("qinghai-2019-drug"));
    EXPECT_EQ(sku.status, Status::delisted);
    EXPECT_FALSE(sku.enforced.has_value());
    EXPECT_EQ(sku.barred_until->text(), "2028-03-01");
    EXPECT_EQ(sku.trace.back().message.arguments[1].second, "12");
}

TEST(Presets, FujianLooksAtOtherPlatformsOnly) {
    World world("福建");
    world.product("P", 1, "10.80");
    world.seen("福建", "8.00", 1);
    world.seen("北京", "9.50", 1);
    const SkuDecision sku = world.decide_first(shipped("fujian-drug"));
    EXPECT_EQ(text_of(sku.enforced), "9.5");
    EXPECT_EQ(sku.excluded.at(0).reason, Exclusion::own_region);
}

TEST(Presets, GuangdongShowsBothFamiliesAndTakesTheLower) {
    World world("广东", "2026-06-30");
    world.product("P", 1, "60.00");
    world.seen("北京", "46.00", 1, SourceClass::province_award);
    world.seen("上海", "52.00", 1, SourceClass::alliance_award);
    world.seen("天津", "50.00", 1);
    world.seen("广东", "48.00", 1, SourceClass::city_reference);
    world.seen("江苏", "40.00", 1, SourceClass::city_reference);
    const SkuDecision sku = world.decide_first(shipped("guangdong-2026-consumable"));
    EXPECT_EQ(text_of(sku.enforced), "46");
    const auto families =
        std::find_if(sku.trace.begin(), sku.trace.end(), [](const decision::TraceStep& step) {
            return step.message.key == "step.link_families";
        });
    ASSERT_NE(families, sku.trace.end());
    EXPECT_EQ(families->message.arguments[0].second, "46");
    EXPECT_EQ(families->message.arguments[1].second, "48");
    EXPECT_EQ(sku.used.size(), 2U);
    EXPECT_EQ(sku.excluded.at(0).reason, Exclusion::source_not_counted);
}

TEST(Presets, JilinNeedsThreeProvinces) {
    World world("吉林", "2026-05-01");
    world.product("P", 1, "60.00");
    world.seen("北京", "46.00", 1);
    world.seen("北京", "45.00", 1);
    world.seen("天津", "47.00", 1);
    EXPECT_EQ(
        world.decide_first(shipped("jilin-2026-reagent")).status, Status::insufficient_observations
    );
    world.seen("上海", "70.00", 1);
    const SkuDecision sku = world.decide_first(shipped("jilin-2026-reagent"));
    EXPECT_EQ(text_of(sku.enforced), "45");
    EXPECT_EQ(sku.declare_by->text(), "2026-05-31");
}

TEST(Presets, XpccSuspendsWhoIsSilent) {
    World world("新疆兵团", "2026-06-01");
    world.product("P", 1, "58.00");
    world.seen("北京", "47.00", 1);
    EXPECT_EQ(text_of(world.decide_first(shipped("xpcc-2026-consumable")).enforced), "47");
    world.campaign.events.push_back(
        {1, campaign::EventKind::silent, 0, {}, "逾期", "兵团医保局", day("2026-05-20")}
    );
    const SkuDecision sku = world.decide_first(shipped("xpcc-2026-consumable"));
    EXPECT_EQ(sku.status, Status::suspended);
    EXPECT_EQ(text_of(sku.reference), "47");
}

TEST(Presets, SichuanFollowsWinningPrices) {
    World world("四川");
    world.product("P", 1, "10.80");
    world.seen("北京", "9.00", 1);
    world.seen("天津", "9.50", 1, SourceClass::province_award);
    EXPECT_EQ(text_of(world.decide_first(shipped("sichuan-2010-drug")).enforced), "9.5");
}

const product::PriceRatioRule& drug_2012() {
    static const catalogs::LoadedPriceRatioRule loaded =
        catalogs::load_price_ratio_rule(*catalogs::find_price_ratio("drug-2012"), "drug-2012.toml");
    return *loaded.rule;
}

TEST(Presets, WinnersOutsideTheirRegionsAndProductsNotEvaluated) {
    World world("广东");
    world.product("LOSER", 14, "8.00").evaluated = false;
    world.product("OTHER", 28, "8.00");
    world.product("WINNER", 14, "7.00");
    world.campaign.winners.push_back({2, yuan("4.00"), {}});
    const auto skus = world.decide(shipped("non-winning-national"), &drug_2012());
    ASSERT_EQ(skus.size(), 3U);
    // 4.00 by the curve 1.95 down to one tablet and back to 14: 0.3146 a tablet, 4.00.
    EXPECT_EQ(skus[0].ceilings.at(0).kind, CeilingKind::winning_price);
    EXPECT_EQ(text_of(skus[0].enforced), "4");
    EXPECT_EQ(skus[1].status, Status::no_lower_price);
    EXPECT_EQ(skus[2].ceilings.at(0).kind, CeilingKind::outside_supply);
    EXPECT_EQ(text_of(skus[2].enforced), "6");
}

TEST(Presets, WinnerInItsSupplyRegionHasItsOwnPrice) {
    World world("广东");
    world.product("WINNER", 14, "7.00");
    const auto guangdong =
        std::find(world.campaign.regions.begin(), world.campaign.regions.end(), "广东") -
        world.campaign.regions.begin();
    world.campaign.winners.push_back(
        {0, yuan("4.00"), {static_cast<campaign::RegionIndex>(guangdong)}}
    );
    EXPECT_EQ(
        text_of(world.decide_first(shipped("non-winning-national"), &drug_2012()).enforced), "4"
    );
    world.campaign.scope = campaign::Scope::non_winning;
    EXPECT_TRUE(world.decide(shipped("non-winning-national"), &drug_2012()).empty());
}

TEST(Presets, ThreeEvaluatedMakersSuspendTheOthers) {
    World world("广东");
    world.product("A", 14, "8.00");
    world.product("B", 14, "8.00");
    world.product("LATE", 14, "8.00").evaluated = false;
    world.product("ORIGINATOR", 14, "20.00").originator = true;
    world.campaign.products.back().evaluated = false;
    const Policy policy = shipped("non-winning-national");
    EXPECT_EQ(world.decide(policy, &drug_2012())[2].status, Status::no_lower_price);
    world.product("C", 14, "8.00");
    const auto skus = world.decide(policy, &drug_2012());
    EXPECT_EQ(skus[2].status, Status::suspended);
    EXPECT_EQ(skus[3].status, Status::no_lower_price);
}

TEST(Presets, HighestWinningPriceOutsideTheSupplyRegions) {
    World world("广东");
    world.product("WINNER", 1, "9.00");
    world.product("DEAR", 1, "9.00");
    world.campaign.winners.push_back({0, yuan("4.00"), {}});
    world.campaign.winners.push_back({1, yuan("5.50"), {}});
    Policy policy = shipped("non-winning-national");
    policy.winner_rules->outside_supply = assumed(OutsideSupply::highest_winning_price);
    EXPECT_EQ(text_of(world.decide_first(policy, &drug_2012()).enforced), "5.5");
}

TEST(Presets, GradientWaitsForItsBands) {
    World world("广东");
    world.product("LOSER", 1, "9.00");
    world.product("WINNER", 1, "3.00");
    world.campaign.winners.push_back({1, yuan("3.00"), {}});
    const SkuDecision sku = world.decide_first(shipped("non-winning-gradient"));
    EXPECT_EQ(sku.status, Status::waiting);
    EXPECT_EQ(sku.waits_for.at(0).arguments[0].second, "winner_rules.cut_bands");
    EXPECT_FALSE(sku.enforced.has_value());
}

/// Below, on and above each bound of the bands: ratio 2, 3 and 5 to a winning price of 3.00.
TEST(Presets, GradientBandsHaveTheirBoundsAsWritten) {
    Policy policy = shipped("non-winning-gradient");
    ASSERT_TRUE(apply_given(
                    policy,
                    {{"winner_rules.cut_bands", "(2..3] = 10|(3..5] = 20|(5..) = 30"},
                     {"winner_rules.floor_multiple", "1.8"}}
    ).empty());
    const auto enforced = [&policy](const char* price) {
        World world("广东");
        world.product("LOSER", 1, price);
        world.product("WINNER", 1, "3.00");
        world.campaign.winners.push_back({1, yuan("3.00"), {}});
        return text_of(world.decide_first(policy).enforced);
    };
    EXPECT_EQ(enforced("5.99"), "5.99");
    EXPECT_EQ(enforced("6.00"), "6");
    EXPECT_EQ(enforced("6.01"), "5.41");
    EXPECT_EQ(enforced("8.99"), "8.09");
    EXPECT_EQ(enforced("9.00"), "8.1");
    EXPECT_EQ(enforced("9.01"), "7.21");
    EXPECT_EQ(enforced("14.99"), "11.99");
    EXPECT_EQ(enforced("15.00"), "12");
    EXPECT_EQ(enforced("15.01"), "10.51");
    // The floor: 1.8 times 3.00.
    ASSERT_TRUE(policy.winner_rules->cut_bands.value.has_value());
    policy.winner_rules->cut_bands = assumed(TextList{"(2..) = 90"});
    EXPECT_EQ(enforced("9.00"), "5.4");
}

TEST(Presets, JiangsuLabelsNeverBlock) {
    Policy policy = shipped("jiangsu-2021-labels");
    World open("江苏");
    open.product("P", 1, "10.00");
    EXPECT_EQ(open.decide_first(policy).status, Status::waiting);
    ASSERT_TRUE(apply_given(policy, {{"reference.aggregator", "minimum"}}).empty());
    const auto label = [&policy](const char* price) {
        World world("江苏");
        world.product("P", 1, price);
        world.seen("北京", "10.00", 1);
        const SkuDecision sku = world.decide_first(policy);
        EXPECT_TRUE(sku.enforced.has_value());
        return sku.label;
    };
    EXPECT_EQ(label("10.00"), "");
    EXPECT_EQ(label("10.01"), "yellow");
    EXPECT_EQ(label("19.99"), "yellow");
    EXPECT_EQ(label("20.00"), "red_1");
    EXPECT_EQ(label("49.99"), "red_1");
    EXPECT_EQ(label("50.00"), "red_2");
    EXPECT_EQ(label("99.99"), "red_2");
    EXPECT_EQ(label("100.00"), "red_3");
}

/// A cut of at most 5.00 percent is left out.
TEST(Presets, ToleranceBoundary) {
    Policy policy = shipped("heilongjiang-minimum");
    policy.reference->tolerance = assumed(rules::PercentBound{money::Ratio(5, 1), 2});
    const auto status = [&policy](const char* price) {
        World world("黑龙江");
        world.product("P", 1, "100.00");
        world.seen("北京", price, 1);
        const SkuDecision sku = world.decide_first(policy);
        EXPECT_EQ(text_of(sku.enforced), sku.status == Status::linked ? yuan(price).text() : "100");
        return sku.status;
    };
    EXPECT_EQ(status("95.01"), Status::within_tolerance);
    EXPECT_EQ(status("95.00"), Status::within_tolerance);
    EXPECT_EQ(status("94.99"), Status::linked);
}

TEST(Presets, SeveralCeilingsTheLowestGovernsAndAllAreShown) {
    Policy policy = shipped("non-winning-gradient");
    policy.reference = shipped("heilongjiang-minimum").reference;
    policy.winner_rules->cut_bands = assumed(TextList{"(2..) = 10"});
    policy.winner_rules->floor_multiple = assumed(money::Ratio(1, 1));
    World world("广东");
    world.product("LOSER", 1, "9.00").evaluated = false;
    world.seen("北京", "5.00", 1);
    world.product("WINNER", 1, "3.00");
    world.campaign.winners.push_back({1, yuan("3.00"), {}});
    const SkuDecision sku = world.decide_first(policy);
    ASSERT_EQ(sku.ceilings.size(), 3U);
    EXPECT_EQ(sku.ceilings[0].kind, CeilingKind::winning_price);
    EXPECT_EQ(sku.ceilings[1].kind, CeilingKind::linkage_reference);
    EXPECT_EQ(sku.ceilings[2].kind, CeilingKind::gradient_cut);
    EXPECT_EQ(text_of(sku.ceilings[2].price), "8.1");
    EXPECT_EQ(text_of(sku.enforced), "3");
}

/// Another strength and another pack, by the price-ratio rule: 20 mg x 28 at 9.282 is 10 mg x 14
/// at 2.80.
TEST(Presets, PriceRatioRuleBringsPacksAndStrengthsTogether) {
    Policy policy = shipped("heilongjiang-minimum");
    policy.comparison.key = assumed(ComparisonKey::any_strength);
    policy.conversion.rule = assumed(ConversionRule::price_ratio);
    policy.conversion.price_ratio_rule = assumed(std::string("drug-2012"));
    World world("黑龙江");
    world.product("P", 14, "4.00");
    world.seen("北京", "9.282", 28).content = money::Ratio(20, 1);
    const SkuDecision sku = world.decide_first(policy, &drug_2012());
    EXPECT_EQ(text_of(sku.enforced), "2.8");
    // By division it is 0.3315 a tablet, and another strength does not count.
    const SkuDecision divided = world.decide_first(shipped("heilongjiang-minimum"));
    EXPECT_EQ(divided.excluded.at(0).reason, Exclusion::other_strength);
}

}  // namespace
}  // namespace jicai::linkage::testing
