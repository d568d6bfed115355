// The spread test, across all lots of the round.
#include <engine/award/stages.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace jicai::award {

using bidding::value_of;
using money::Price;

namespace {

struct Spread {
    std::size_t lot;
    Price lowest;
    Price highest;
};

std::optional<Spread> spread_of(std::size_t lot, const LotState& state, std::int64_t winners_min) {
    std::optional<Spread> spread;
    std::int64_t winners = 0;
    for (const bidding::RankedBid& ranked : state.ranking.order) {
        const BidState& bid = state.bids[ranked.bid];
        if (bid.winner) ++winners;
        if (!bid.entrant) continue;
        if (!spread) spread = Spread{lot, bid.comparable, bid.comparable};
        spread->highest = std::max(spread->highest, bid.comparable);
    }
    return winners >= winners_min ? spread : std::nullopt;
}

}  // namespace

void apply_outlier(const rules::OutlierStage& stage, const std::vector<StageContext>& lots) {
    const std::int64_t widest = value_of(stage.widest_lots, "outlier.widest_lots");
    const std::int64_t winners_min = value_of(stage.winners_min, "outlier.winners_min");
    std::vector<Spread> spreads;
    for (std::size_t i = 0; i < lots.size(); ++i) {
        if (!lots[i].state->waits_for.empty()) continue;
        if (const auto spread = spread_of(i, *lots[i].state, winners_min))
            spreads.push_back(*spread);
    }
    // highest / lowest, widest first, compared exactly.
    std::stable_sort(spreads.begin(), spreads.end(), [](const Spread& a, const Spread& b) {
        return money::Int128{a.highest.micro_yuan()} * b.lowest.micro_yuan() >
               money::Int128{b.highest.micro_yuan()} * a.lowest.micro_yuan();
    });
    for (std::size_t i = 0; i < spreads.size() && i < static_cast<std::size_t>(widest); ++i) {
        const StageContext& context = lots[spreads[i].lot];
        for (const bidding::RankedBid& ranked : context.state->ranking.order) {
            BidState& bid = context.state->bids[ranked.bid];
            if (!bid.winner || bid.comparable != spreads[i].highest ||
                spreads[i].highest == spreads[i].lowest) {
                continue;
            }
            bid.winner = false;
            bid.fate = Fate::outlier;
            if (context.trace == nullptr) continue;
            note(
                context,
                ranked.bid,
                step(
                    "step.outlier_fell",
                    {{"spread", spreads[i].highest.text() + "/" + spreads[i].lowest.text()},
                     {"place", text(static_cast<std::int64_t>(i) + 1)},
                     {"widest_lots", text(widest)}},
                    stage.widest_lots
                )
            );
        }
    }
}

}  // namespace jicai::award
