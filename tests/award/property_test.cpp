// What must hold for every round, tried on seeded random ones. A failure names its seed.
#include <engine/usecases/decide_round.h>

#include <gtest/gtest.h>

#include "random_round.h"
#include "rule_files.h"
#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>

namespace jicai::test {
namespace {

constexpr std::uint64_t kSeeds = 60;

decision::LotDecision decide(const round::Round& round, const rules::Rulebook& rulebook) {
    const usecases::RoundRun run = usecases::decide_round(round, {rulebook, ratio_rule()});
    EXPECT_TRUE(run.decision.has_value());
    return run.decision->lots.front();
}

std::set<std::string> winners(const round::Round& round, const decision::LotDecision& lot) {
    std::set<std::string> names;
    for (const auto& bid : lot.bids) {
        if (bid.outcome == decision::Outcome::won) {
            names.insert(round.suppliers[round.bids[bid.bid].supplier].id);
        }
    }
    return names;
}

bool has_tie(const decision::LotDecision& lot) {
    return lot.status == decision::LotStatus::pending ||
           std::any_of(lot.bids.begin(), lot.bids.end(), [](const auto& bid) { return bid.tied; });
}

class Rulebooks : public testing::TestWithParam<const char*> {
protected:
    rules::Rulebook rulebook = rulebook_of(GetParam());
};

// Names carry no meaning: give the suppliers other ones, in another order, and the same firms win.
TEST_P(Rulebooks, NamesOfSuppliersDoNotMatter) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const round::Round round = random_round(seed, rulebook);
        const decision::LotDecision before = decide(round, rulebook);
        if (has_tie(before)) continue;
        round::Round renamed = round;
        for (round::Supplier& supplier : renamed.suppliers) {
            supplier.id = std::string(1, static_cast<char>('z' - (supplier.id.back() - 'a')));
        }
        std::reverse(renamed.bids.begin(), renamed.bids.end());
        const decision::LotDecision after = decide(renamed, rulebook);
        std::set<std::string> back;
        for (const std::string& name : winners(renamed, after)) {
            back.insert(std::string("supplier") + static_cast<char>('a' + ('z' - name.back())));
        }
        EXPECT_EQ(winners(round, before), back) << "seed " << seed;
    }
}

TEST_P(Rulebooks, ABidAboveTheCeilingChangesOnlyTheNumberOfBidders) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const round::Round round = random_round(seed, rulebook);
        round::Round more = round;
        more.suppliers.push_back({"zzz", "zzz", "zzz", "", ""});
        round::Bid bid = more.bids.front();
        bid.supplier = static_cast<round::SupplierIndex>(more.suppliers.size() - 1);
        bid.participation = round::Participation::bid;
        bid.group = "";
        bid.pack_price = money::Price(999'999'000'000);
        more.bids.push_back(bid);
        const decision::LotDecision before = decide(round, rulebook);
        const decision::LotDecision after = decide(more, rulebook);
        EXPECT_EQ(after.bidders, before.bidders + 1) << "seed " << seed;
        if (has_tie(before) || has_tie(after)) continue;
        std::map<std::uint32_t, std::optional<std::int64_t>> ranks;
        for (const auto& decided : before.bids) ranks[decided.bid] = decided.rank;
        for (const auto& decided : after.bids) {
            if (decided.bid == more.bids.size() - 1) {
                EXPECT_EQ(decided.outcome, decision::Outcome::invalid) << "seed " << seed;
            } else {
                EXPECT_EQ(decided.rank, ranks[decided.bid]) << "seed " << seed;
            }
        }
        if (before.entrants_max != after.entrants_max) continue;
        EXPECT_EQ(winners(round, before), winners(more, after)) << "seed " << seed;
    }
}

TEST_P(Rulebooks, AStricterGateLetsNobodyElsePass) {
    rules::Rulebook strict = rulebook;
    bool has_gate = false;
    for (rules::Stage& stage : strict.stages) {
        auto* gate = std::get_if<rules::GateStage>(&stage);
        if (gate == nullptr) continue;
        has_gate = true;
        auto& test = std::get<rules::FactorOfLowestTest>(gate->any_of.front());
        test.factor.value = money::Ratio(13, 10);
    }
    std::size_t differing = 0;
    for (std::uint64_t seed = 1; has_gate && seed <= kSeeds; ++seed) {
        const round::Round round = random_round(seed, rulebook);
        const std::set<std::string> loose = winners(round, decide(round, rulebook));
        const std::set<std::string> tight = winners(round, decide(round, strict));
        EXPECT_TRUE(std::includes(loose.begin(), loose.end(), tight.begin(), tight.end()))
            << "seed " << seed;
        if (loose != tight) ++differing;
    }
    if (has_gate) {
        EXPECT_GT(differing, 0U);
    }
}

TEST_P(Rulebooks, SharesConserveTheirSums) {
    std::size_t picked = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const round::Round round = random_round(seed, rulebook);
        const decision::LotDecision lot = decide(round, rulebook);
        if (lot.status != decision::LotStatus::decided) continue;
        std::int64_t regions = 0;
        for (const auto& bid : lot.bids) regions += bid.regions;
        EXPECT_EQ(regions, static_cast<std::int64_t>(round.regions.size())) << "seed " << seed;
        std::int64_t volume = 0;
        for (const auto& cell : lot.volumes) volume += cell.quantity.units();
        std::int64_t allocated = 0;
        for (const auto& row : lot.allocations) allocated += row.quantity.units();
        EXPECT_EQ(volume, allocated) << "seed " << seed;
        if (!lot.regions_complete) continue;
        ++picked;
        // Every winner has as many turns as regions were counted for it, every region one supplier.
        std::map<std::uint32_t, std::int64_t> turns;
        std::set<std::uint32_t> taken;
        for (const auto& turn : lot.turns) {
            ++turns[turn.supplier];
            EXPECT_TRUE(taken.insert(*turn.region).second) << "seed " << seed;
        }
        for (const auto& bid : lot.bids) {
            if (bid.outcome != decision::Outcome::won) continue;
            EXPECT_EQ(turns[round.bids[bid.bid].supplier], bid.regions) << "seed " << seed;
        }
    }
    EXPECT_GT(picked, kSeeds / 4);
}

// With the gates of these documents a winner that had bid less would have won too.
TEST_P(Rulebooks, BiddingLessNeverLosesAnAward) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const round::Round round = random_round(seed, rulebook);
        const decision::LotDecision before = decide(round, rulebook);
        if (has_tie(before)) continue;
        for (const auto& bid : before.bids) {
            if (bid.outcome != decision::Outcome::won) continue;
            round::Round cheaper = round;
            const std::int64_t price = bid.price->micro_yuan();
            cheaper.bids[bid.bid].pack_price = money::Price(price - price / 200'000 * 10'000);
            const decision::LotDecision after = decide(cheaper, rulebook);
            if (has_tie(after)) continue;
            const std::string name = round.suppliers[round.bids[bid.bid].supplier].id;
            EXPECT_EQ(winners(cheaper, after).count(name), 1U) << "seed " << seed << " " << name;
        }
    }
}

// Recording the steps changes nothing.
TEST_P(Rulebooks, WithoutTraceTheResultIsTheSame) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const round::Round round = random_round(seed, rulebook);
        const auto with = usecases::decide_round(round, {rulebook, ratio_rule()});
        const auto without =
            usecases::decide_round(round, {rulebook, ratio_rule()}, {.trace = false});
        ASSERT_TRUE(with.decision && without.decision);
        const auto& a = with.decision->lots.front();
        const auto& b = without.decision->lots.front();
        ASSERT_EQ(a.bids.size(), b.bids.size());
        for (std::size_t i = 0; i < a.bids.size(); ++i) {
            EXPECT_EQ(a.bids[i].bid, b.bids[i].bid) << "seed " << seed;
            EXPECT_EQ(a.bids[i].outcome, b.bids[i].outcome) << "seed " << seed;
            EXPECT_TRUE(b.bids[i].trace.empty());
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Award,
    Rulebooks,
    testing::Values("gy-yd2019-1", "gy-yd2019-2", "gy-yd2020-1", "gy-yd2021-1", "gy-yd2021-2"),
    [](const testing::TestParamInfo<const char*>& instance) {
        std::string name = instance.param;
        std::replace(name.begin(), name.end(), '-', '_');
        return name;
    }
);

}  // namespace
}  // namespace jicai::test
