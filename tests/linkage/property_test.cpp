#include <engine/linkage/reference.h>

#include <tests/linkage/world.h>

#include <random>

/// What holds for every policy and any observations.
namespace jicai::linkage::testing {
namespace {

using campaign::Status;

/// A random campaign of a few products; the seed names it.
World random_world(std::uint32_t seed) {
    std::mt19937 random(seed);
    const auto below = [&random](std::uint32_t bound) {
        return static_cast<std::uint32_t>(random() % bound);
    };
    World world("黑龙江");
    const std::uint32_t products = 1 + below(4);
    for (std::uint32_t p = 0; p < products; ++p) {
        const std::int64_t units = 1 + below(3) * 7;
        const std::string price =
            std::to_string(5 + below(20)) + "." + std::to_string(10 + below(90));
        world.product(("P" + std::to_string(p)).c_str(), units, price.c_str());
        const std::uint32_t observations = below(9);
        for (std::uint32_t i = 0; i < observations; ++i) {
            const auto& region = world.campaign.regions[below(8)];
            const std::string pack =
                std::to_string(3 + below(25)) + "." + std::to_string(10 + below(90));
            auto& seen = world.seen(
                region,
                pack.c_str(),
                below(4) == 0 ? 14 : units,
                static_cast<campaign::SourceClass>(below(10))
            );
            seen.status = static_cast<campaign::ObservationStatus>(below(6) < 4 ? 0 : below(4));
            seen.evaluated = below(4) != 0;
            seen.from = day("2026-02-20").plus(below(12));
            if (below(5) == 0) seen.to = day("2026-02-25").plus(below(8));
        }
    }
    return world;
}

std::vector<Policy> policies() {
    std::vector<Policy> all;
    for (const char* id :
         {"heilongjiang-minimum",
          "shaanxi-drug",
          "guangdong-2026-consumable",
          "jilin-2026-reagent"}) {
        all.push_back(shipped(id));
    }
    for (const CountEach each : {CountEach::observation, CountEach::region}) {
        Policy policy = shipped("shaanxi-drug");
        policy.reference->aggregator = assumed(Aggregator::mean_of_lowest);
        policy.reference->lowest = assumed(Count{3});
        policy.reference->count_each = assumed(each);
        policy.reference->too_few = assumed(TooFew::lowest_provisional);
        all.push_back(policy);
        policy.reference->aggregator = assumed(Aggregator::median);
        policy.reference->median_of_even = assumed(MedianOfEven::lower);
        all.push_back(policy);
    }
    return all;
}

std::string shown(const std::vector<SkuDecision>& skus, const Campaign& campaign) {
    std::string text;
    for (const SkuDecision& sku : skus) {
        text += campaign.products[sku.product].id + ' ' + std::string(campaign::text(sku.status)) +
                ' ' + text_of(sku.reference_unit) + ' ' + text_of(sku.enforced) + '\n';
    }
    return text;
}

constexpr std::uint32_t kSeeds = 400;

TEST(Properties, NeverRaisesAndAccountsForEveryObservation) {
    for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
        const World world = random_world(seed);
        for (const Policy& policy : policies()) {
            for (const SkuDecision& sku : world.decide(policy)) {
                ASSERT_TRUE(sku.enforced.has_value());
                EXPECT_LE(*sku.enforced, sku.old_price) << seed;
                EXPECT_EQ(*sku.enforced < sku.old_price, sku.status == Status::linked) << seed;
                const auto seen = std::count_if(
                    world.campaign.observations.begin(),
                    world.campaign.observations.end(),
                    [&](const campaign::Observation& one) { return one.product == sku.product; }
                );
                EXPECT_EQ(sku.counted + sku.excluded.size(), static_cast<std::size_t>(seen))
                    << seed;
            }
        }
    }
}

TEST(Properties, OrderOfRowsDoesNotMatter) {
    for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
        const World world = random_world(seed);
        World other = world;
        std::mt19937 random(seed);
        std::shuffle(
            other.campaign.observations.begin(), other.campaign.observations.end(), random
        );
        for (const Policy& policy : policies()) {
            EXPECT_EQ(
                shown(world.decide(policy), world.campaign),
                shown(other.decide(policy), other.campaign)
            ) << seed;
        }
    }
}

TEST(Properties, AHigherObservationNeverChangesAMinimum) {
    const Policy policy = shipped("shaanxi-drug");
    for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
        World world = random_world(seed);
        const auto before = world.decide(policy);
        const SkuDecision& last = before.back();
        if (!last.reference_unit) continue;
        world.seen("北京", "1000.00", 1);
        const auto after = world.decide(policy);
        EXPECT_EQ(text_of(after.back().reference_unit), text_of(last.reference_unit)) << seed;
        EXPECT_EQ(text_of(after.back().enforced), text_of(last.enforced)) << seed;
    }
}

TEST(Properties, ALowerObservationNeverHelpsTheSeller) {
    for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
        World world = random_world(seed);
        for (const Policy& policy : policies()) {
            if (policy.reference->too_few.value == TooFew::lowest_provisional) continue;
            World lower = world;
            lower.seen("北京", "0.07", 7);
            EXPECT_LE(*lower.decide(policy).back().enforced, *world.decide(policy).back().enforced);
        }
    }
}

TEST(Properties, ExcludedOnesNeverCountAndAreKnownFromTheirDayOn) {
    const Policy policy = shipped("shaanxi-drug");
    for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
        const World whole = random_world(seed);
        World excluded = whole;
        World without = whole;
        without.campaign.observations.clear();
        for (std::uint32_t i = 0; i < whole.campaign.observations.size(); ++i) {
            if (i % 2 == 0) {
                excluded.campaign.events.push_back(
                    {i + 1,
                     campaign::EventKind::exclude_observation,
                     {},
                     i,
                     "录入错误",
                     "监测员",
                     day("2026-02-28")}
                );
            } else {
                without.campaign.observations.push_back(whole.campaign.observations[i]);
            }
        }
        const std::string expected = shown(without.decide(policy), without.campaign);
        EXPECT_EQ(shown(excluded.decide(policy), excluded.campaign), expected) << seed;
        // As it was known the day before, nothing was excluded.
        excluded.campaign.known_at = day("2026-02-27");
        EXPECT_EQ(
            shown(excluded.decide(policy), excluded.campaign),
            shown(whole.decide(policy), whole.campaign)
        ) << seed;
        excluded.campaign.known_at = day("2026-02-28");
        EXPECT_EQ(shown(excluded.decide(policy), excluded.campaign), expected) << seed;
    }
}

TEST(Properties, RecordedLaterIsNotKnownBefore) {
    World world("黑龙江");
    world.product("P", 1, "10.80");
    world.seen("北京", "9.00", 1).recorded = day("2026-03-05");
    const Policy policy = shipped("heilongjiang-minimum");
    EXPECT_EQ(text_of(world.decide_first(policy).enforced), "9");
    world.campaign.known_at = day("2026-03-04");
    const SkuDecision sku = world.decide_first(policy);
    EXPECT_EQ(text_of(sku.enforced), "10.8");
    EXPECT_EQ(sku.excluded.at(0).reason, campaign::Exclusion::not_yet_recorded);
    world.campaign.known_at = day("2026-03-05");
    EXPECT_EQ(text_of(world.decide_first(policy).enforced), "9");
    // In force from 31 January to 1 March.
    world.campaign.observations[0].to = day("2026-03-01");
    EXPECT_EQ(text_of(world.decide_first(policy).enforced), "9");
    world.campaign.as_of = day("2026-03-02");
    EXPECT_EQ(world.decide_first(policy).excluded.at(0).reason, campaign::Exclusion::expired);
    world.campaign.as_of = day("2026-01-30");
    EXPECT_EQ(
        world.decide_first(policy).excluded.at(0).reason, campaign::Exclusion::not_yet_effective
    );
}

/// Columns built at once, and the same grown one by one, give the same references.
TEST(Properties, AddingOneByOneIsTheSame) {
    for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
        std::mt19937 random(seed);
        std::vector<ObservationRow> rows(20);
        for (ObservationRow& row : rows) {
            row.product = static_cast<std::uint32_t>(random() % 3);
            row.id = static_cast<std::uint32_t>(&row - rows.data());
            row.pack_price_micro_yuan = 10'000 * static_cast<std::int64_t>(100 + random() % 400);
            row.pack_units = static_cast<std::uint32_t>(1 + random() % 3);
            row.region = static_cast<std::uint8_t>(random() % 5);
        }
        const ObservationColumns whole(3, rows);
        ObservationColumns grown(3, std::span(rows).first(8));
        for (std::size_t i = 8; i < rows.size(); ++i) grown.add(rows[i]);
        for (const Policy& policy : policies()) {
            const ReferenceRule rule = make_reference_rule(
                policy, {"a", "b", "c", "d", "e"}, 255, day("2026-03-01"), std::nullopt
            );
            ReferenceScratch scratch;
            for (std::uint32_t product = 0; product < 3; ++product) {
                const ListedPack pack{product, 2, 0};
                const Reference a = find_reference(whole, rule, {}, pack, scratch);
                const Reference b = find_reference(grown, rule, {}, pack, scratch);
                EXPECT_EQ(a.kind, b.kind);
                EXPECT_EQ(a.unit_micro_yuan, b.unit_micro_yuan);
                EXPECT_EQ(a.counted, b.counted);
                EXPECT_EQ(a.regions, b.regions);
            }
        }
    }
}

}  // namespace
}  // namespace jicai::linkage::testing
