#include <engine/price_watch/fairness.h>
#include <engine/price_watch/plausibility.h>
#include <engine/price_watch/substitution.h>

#include <tests/linkage/world.h>

#include <algorithm>
#include <limits>

namespace jicai::price_watch {
namespace {

using campaign::ReviewKind;
using campaign::Slip;
using linkage::testing::World;
using linkage::testing::yuan;

constexpr std::int64_t kYuan = 1'000'000;
constexpr std::int64_t kPriceMax = money::Price::kMicroYuanMax;

/// Points of one product in different regions, one unit each.
std::vector<PricePoint> points(const std::vector<std::int64_t>& micro_yuan) {
    std::vector<PricePoint> all;
    for (std::uint32_t i = 0; i < micro_yuan.size(); ++i) {
        PricePoint point;
        point.observation = i;
        point.region = i;
        point.pack_price_micro_yuan = micro_yuan[i];
        all.push_back(point);
    }
    return all;
}

TEST(HoldForReview, ComparesExactlyAtItsBounds) {
    const PlausibilityRule rule;
    for (const auto& [price, held] : std::vector<std::pair<std::int64_t, bool>>{
             {4'999'999, false}, {5'000'000, true}, {5'000'001, true}}) {
        EXPECT_EQ(hold_for_review(points({kYuan, kYuan, price}), 1, rule).size(), held ? 1U : 0U)
            << price;
    }
    for (const auto& [price, held] : std::vector<std::pair<std::int64_t, bool>>{
             {200'001, false}, {200'000, true}, {199'999, true}}) {
        EXPECT_EQ(hold_for_review(points({kYuan, kYuan, price}), 1, rule).size(), held ? 1U : 0U)
            << price;
    }
    // A tenth is suggested while it is within 1.6 times of the others: from 6.25 to 16 times.
    for (const auto& [price, slip] : std::vector<std::pair<std::int64_t, Slip>>{
             {6'249'999, Slip::none},
             {6'250'000, Slip::tenfold},
             {6'250'001, Slip::tenfold},
             {15'999'999, Slip::tenfold},
             {16'000'000, Slip::tenfold},
             {16'000'001, Slip::none}}) {
        const auto found = hold_for_review(points({kYuan, kYuan, price}), 1, rule);
        ASSERT_EQ(found.size(), 1U);
        EXPECT_EQ(found.front().slip, slip) << price;
    }
}

TEST(HoldForReview, TheLargestNumbersDoNotOverflow) {
    std::vector<PricePoint> all = points({1, 1, kPriceMax});
    all[0].pack_units = campaign::kPackUnitsMax;
    all[1].pack_units = campaign::kPackUnitsMax;
    const PlausibilityRule strict{
        2,
        money::Ratio(1'000'000'000'001, 1'000'000'000'000),
        money::Ratio(1'000'000'000'001, 1'000'000'000'000)};
    const auto found = hold_for_review(all, campaign::kPackUnitsMax, strict);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].kind, ReviewKind::too_high);
    EXPECT_EQ(found[0].observation, 2U);
    EXPECT_EQ(found[0].slip, Slip::none);
    EXPECT_EQ(found[0].ratio_scaled, std::numeric_limits<std::int64_t>::max());
}

TEST(HoldForReview, TheOrderOfPointsChangesNothingButTheOrderOfFindings) {
    std::uint32_t state = 20260615;
    const auto next = [&state](std::uint32_t below) {
        state = state * 1'664'525U + 1'013'904'223U;
        return (state >> 8U) % below;
    };
    std::size_t held_in_all = 0;
    for (int round = 0; round < 500; ++round) {
        std::vector<PricePoint> all;
        const std::uint32_t count = 2 + next(8);
        for (std::uint32_t i = 0; i < count; ++i) {
            PricePoint point;
            point.observation = i;
            point.region = i;  // no duplicates: which one is the first depends on the order
            point.pack_units = std::vector<std::int64_t>{1, 10, 14, 28}[next(4)];
            point.pack_price_micro_yuan =
                kYuan * (1 + next(30)) * (next(4) == 0 ? point.pack_units * 10 : point.pack_units);
            all.push_back(point);
        }
        const auto sorted = [](std::vector<campaign::HeldObservation> held) {
            std::sort(held.begin(), held.end(), [](const auto& a, const auto& b) {
                return a.observation < b.observation;
            });
            return held;
        };
        const auto one = sorted(hold_for_review(all, 14, {}));
        std::reverse(all.begin(), all.end());
        const auto other = sorted(hold_for_review(all, 14, {}));
        ASSERT_EQ(one.size(), other.size());
        held_in_all += one.size();
        for (std::size_t i = 0; i < one.size(); ++i) {
            EXPECT_EQ(one[i].observation, other[i].observation);
            EXPECT_EQ(one[i].ratio_scaled, other[i].ratio_scaled);
            EXPECT_EQ(one[i].slip, other[i].slip);
            EXPECT_EQ(one[i].suggested, other[i].suggested);
        }
    }
    EXPECT_GT(held_in_all, 100U);
}

TEST(HoldForReview, ACorrectionTakesTheObservationOut) {
    World world("湖南");
    world.product("P1", 10, "10.00");
    world.seen("北京", "10.00", 10);
    world.seen("上海", "10.00", 10);
    world.seen("广东", "100.00", 10);
    EXPECT_EQ(hold_for_review(world.campaign, {}).size(), 1U);
    campaign::Event event;
    event.kind = campaign::EventKind::exclude_observation;
    event.observation = 2;
    event.at = linkage::testing::day("2026-02-10");
    world.campaign.events.push_back(event);
    EXPECT_TRUE(hold_for_review(world.campaign, {}).empty());
    world.campaign.known_at = linkage::testing::day("2026-02-09");
    EXPECT_EQ(hold_for_review(world.campaign, {}).size(), 1U);
}

TEST(WatchPrices, ASectionThatIsNotThereFindsNothing) {
    World world("湖南");
    world.product("P1", 10, "30.00");
    for (const char* region : {"北京", "上海", "广东"}) world.seen(region, "10.00", 10);
    world.seen("天津", "100.00", 10);
    linkage::Policy policy = linkage::testing::shipped("price-watch");
    const auto found = watch_prices(world.campaign, policy, nullptr);
    EXPECT_EQ(found.region_gaps.size(), 1U);
    EXPECT_EQ(found.monitored_gaps.size(), 1U);
    EXPECT_EQ(found.held.size(), 1U);
    ASSERT_EQ(found.risks.size(), 1U);
    EXPECT_EQ(found.risks.front().word, "red_3");
    EXPECT_EQ(found.risks.front().grounds.size(), 3U);
    policy.fairness.reset();
    const auto less = watch_prices(world.campaign, policy, nullptr);
    EXPECT_TRUE(less.region_gaps.empty() && less.monitored_gaps.empty());
    ASSERT_EQ(less.risks.size(), 1U);
    EXPECT_EQ(less.risks.front().word, "review");
    policy.plausibility.reset();
    EXPECT_TRUE(watch_prices(world.campaign, policy, nullptr).risks.empty());
}

TEST(WatchPrices, AnOpenValueIsNamed) {
    World world("湖南");
    world.product("P1", 10, "30.00");
    linkage::Policy policy = linkage::testing::shipped("price-watch");
    policy.fairness->regions_min.value.reset();
    try {
        static_cast<void>(watch_prices(world.campaign, policy, nullptr));
        FAIL();
    } catch (const decision::RunStopped& stopped) {
        EXPECT_EQ(stopped.why().key, "wait.open_parameter");
    }
}

}  // namespace
}  // namespace jicai::price_watch
