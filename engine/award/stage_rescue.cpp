// Entrants that failed may accept a given price.
#include <engine/award/numbers.h>
#include <engine/award/stages.h>

#include <optional>

namespace jicai::award {

using bidding::PreparedBid;
using bidding::value_of;
using money::Price;

namespace {

/// Highest comparable price among the winners of the gates, or a multiple of it when one firm alone
/// won.
std::optional<Fraction> rescue_limit(const StageContext& context, const rules::RescueStage& stage) {
    std::optional<Price> highest;
    std::int64_t winners = 0;
    for (const BidState& bid : context.state->bids) {
        if (!bid.winner) continue;
        ++winners;
        if (!highest || bid.comparable > *highest) highest = bid.comparable;
    }
    if (!highest) return std::nullopt;
    if (winners > 1) return fraction_of(*highest);
    return times(
        value_of(stage.single_winner_factor, "rescue.single_winner_factor"), fraction_of(*highest)
    );
}

}  // namespace

void apply(const StageContext& context, const rules::RescueStage& stage) {
    const std::optional<Fraction> limit = rescue_limit(context, stage);
    if (!limit) return;
    const auto* comparable_stage = context.rulebook->find<rules::ComparablePriceStage>();
    for (const bidding::RankedBid& ranked : context.state->ranking.order) {
        BidState& bid = context.state->bids[ranked.bid];
        const PreparedBid& prepared = context.lot->bids[ranked.bid];
        if (bid.fate != Fate::gate) continue;
        bool accepted = false;
        if (prepared.requote_price) {
            const Price comparable = convert_or_stop(
                context,
                ranked.bid,
                *prepared.to_comparable,
                *prepared.requote_price,
                value_of(comparable_stage->rounding, "comparable_price.rounding")
            );
            accepted = compare(fraction_of(comparable), *limit) <= 0;
            if (accepted) {
                bid.comparable = comparable;
                bid.pack_price = *prepared.requote_price;
                bid.winner = true;
                bid.fate = Fate::rescued;
            }
        }
        if (context.trace == nullptr) continue;
        note(
            context,
            ranked.bid,
            accepted
                ? step(
                      "step.rescued",
                      {{"limit", yuan_text(*limit)}, {"comparable_price", bid.comparable.text()}},
                      stage.single_winner_factor
                  )
                : step(
                      "step.rescue_open", {{"limit", yuan_text(*limit)}}, stage.single_winner_factor
                  )
        );
    }
}

}  // namespace jicai::award
