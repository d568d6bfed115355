// The spread test compares lots: in the six widest the highest bidder falls. Vector: domain notes,
// drug rounds other, section 13.
#include <engine/usecases/decide_round.h>

#include <gtest/gtest.h>

#include "rule_files.h"
#include <string>
#include <vector>

namespace jicai::test {
namespace {

/// One lot per spread: the lowest bid at 1.00, the highest at spread yuan.
round::Round round_of_spreads(const std::vector<std::int64_t>& highest_fen) {
    round::Round round;
    round.kind = "drug";
    for (const char* name : {"low", "high"}) round.suppliers.push_back({name, name, name, "", ""});
    for (std::size_t i = 0; i < highest_fen.size(); ++i) {
        const auto lot = static_cast<round::LotIndex>(i);
        round.lots.push_back(
            {std::to_string(i + 1),
             "lot",
             "general",
             "general",
             "小容量注射液",
             100,
             {},
             {static_cast<round::SpecIndex>(i)}}
        );
        round.specs.push_back({lot, "s", money::Ratio(1, 1), "mg", std::nullopt, true, std::nullopt}
        );
        for (std::uint32_t supplier = 0; supplier < 2; ++supplier) {
            round.bids.push_back(
                {.lot = lot,
                 .supplier = supplier,
                 .product = "",
                 .spec = static_cast<round::SpecIndex>(i),
                 .content = money::Ratio(1, 1),
                 .form = "小容量注射液",
                 .pack_units = 1,
                 .pack_price = money::Price((supplier == 0 ? 100 : highest_fen[i]) * 10'000),
                 .participation = round::Participation::bid,
                 .evidence = "",
                 .group = "",
                 .own_lowest_price = std::nullopt,
                 .fill_nl = std::nullopt,
                 .extra = {},
                 .row = 0}
            );
        }
    }
    return round;
}

TEST(Outlier, TheHighestBidderFallsInTheSixWidestLots) {
    const rules::Rulebook rulebook = rulebook_of("test-outlier");
    round::Round round = round_of_spreads({300, 290, 280, 270, 260, 250, 240});
    round.regions = *rulebook.find<rules::SupplyRegionsStage>()->regions.value;
    const auto run = usecases::decide_round(round, {rulebook, ratio_rule()});
    ASSERT_TRUE(run.decision);
    for (std::size_t i = 0; i < run.decision->lots.size(); ++i) {
        EXPECT_EQ(run.decision->lots[i].winners, i < 6 ? 1 : 2) << "lot " << i + 1;
    }
    EXPECT_EQ(run.decision->lots[0].bids[1].step, "outlier");
}

TEST(Outlier, AnEvenLotHasNoHighestBidder) {
    const rules::Rulebook rulebook = rulebook_of("test-outlier");
    round::Round round = round_of_spreads({100});
    round.regions = *rulebook.find<rules::SupplyRegionsStage>()->regions.value;
    const auto run =
        usecases::decide_round(round, {rulebook, ratio_rule()}, {.pick_regions = false});
    ASSERT_TRUE(run.decision);
    for (const auto& bid : run.decision->lots[0].bids) EXPECT_NE(bid.step, "outlier");
}

}  // namespace
}  // namespace jicai::test
