// Who gave up, who won, and how many regions each winner gets.
#include <engine/award/stages.h>

#include <string>
#include <vector>

namespace jicai::award {

using bidding::value_of;

namespace {

void note_given_up(const StageContext& context) {
    for (std::size_t i = 0; i < context.lot->bids.size(); ++i) {
        if (context.state->bids[i].fate != Fate::gave_up) continue;
        const round::Event* event = context.lot->bids[i].gave_up_event;
        if (event == nullptr) continue;
        note(
            context,
            i,
            plain_step(
                "step.gave_up", {{"reason", event->reason}, {"who", event->who}, {"at", event->at}}
            )
        );
    }
}

void collect_winners(const StageContext& context) {
    LotState& state = *context.state;
    state.winners.clear();
    const auto collect = [&](bool rescued) {
        for (const bidding::RankedBid& ranked : state.ranking.order) {
            BidState& bid = state.bids[ranked.bid];
            if (!bid.winner || (bid.fate == Fate::rescued) != rescued) continue;
            if (!rescued) bid.fate = Fate::won;
            state.winners.push_back(ranked.bid);
        }
    };
    collect(false);
    collect(true);
}

}  // namespace

void apply(const StageContext& context, const rules::RegionPickingStage& stage) {
    LotState& state = *context.state;
    for (const bidding::RankedBid& ranked : state.ranking.order) {
        BidState& bid = state.bids[ranked.bid];
        if (!bid.winner || !context.lot->bids[ranked.bid].gave_up_award) continue;
        bid.winner = false;
        bid.fate = Fate::gave_up;
    }
    collect_winners(context);
    const std::vector<std::int64_t> counts = region_counts(
        static_cast<std::int64_t>(state.winners.size()),
        context.lot->regions,
        value_of(stage.first_extra_picks, "region_picking.first_extra_picks")
    );
    for (std::size_t i = 0; i < state.winners.size(); ++i) {
        state.bids[state.winners[i]].regions = counts[i];
    }
    if (context.trace == nullptr) return;
    note_given_up(context);
    if (counts.empty()) return;
    std::string shown;
    for (const std::int64_t count : counts) shown += (shown.empty() ? "" : " ") + text(count);
    context.trace->lot.push_back(
        plain_step("step.winners", {{"winners", text(static_cast<std::int64_t>(counts.size()))}})
    );
    context.trace->lot.push_back(step(
        "step.region_counts",
        {{"regions", text(context.lot->regions)}, {"counts", shown}},
        stage.first_extra_picks
    ));
}

}  // namespace jicai::award
