// Comparable price and rank.
#include <engine/award/stages.h>

#include <algorithm>

namespace jicai::award {

using bidding::PreparedBid;
using bidding::value_of;
using decision::TraceStep;

void apply(const StageContext& context, const rules::ComparablePriceStage& stage) {
    const money::Rounding& rounding = value_of(stage.rounding, "comparable_price.rounding");
    for (std::size_t i = 0; i < context.lot->bids.size(); ++i) {
        if (!is_open(context, i)) continue;
        const PreparedBid& bid = context.lot->bids[i];
        BidState& state = context.state->bids[i];
        state.comparable =
            convert_or_stop(context, i, *bid.to_comparable, state.pack_price, rounding);
        state.has_comparable = true;
        if (context.trace == nullptr) continue;
        note(
            context,
            i,
            step(
                "step.comparable_price",
                {{"pack_price", state.pack_price.text()},
                 {"factor", bid.to_comparable->factor_text()},
                 {"reference_spec", context.round->specs[context.lot->reference_spec].name},
                 {"comparable_price", state.comparable.text()}},
                stage.rounding
            )
        );
    }
}

namespace {

void note_rank(
    const StageContext& context,
    const rules::RankingStage& stage,
    const bidding::RankedBid& ranked,
    std::int64_t rank
) {
    const std::size_t bid = ranked.bid;
    note(
        context,
        bid,
        step(
            "step.rank",
            {{"rank", text(rank)},
             {"valid", text(static_cast<std::int64_t>(context.state->ranking.order.size()))}},
            stage.order
        )
    );
    if (ranked.tie == bidding::TieBroken::by_key) {
        const rules::TieKey& key = stage.tie_keys[ranked.key];
        const auto& columns = context.round->bid_extra_columns;
        const auto column = std::find(columns.begin(), columns.end(), key.column);
        const round::Bid& input = context.round->bids[context.lot->bids[bid].bid];
        note(
            context,
            bid,
            TraceStep{
                {"step.tie_key",
                 {{"title_zh", key.title_zh},
                  {"title_en", key.title_en},
                  {"column", key.column},
                  {"value", input.extra[static_cast<std::size_t>(column - columns.begin())]}}},
                key.clause,
                evidence_text(key.evidence)}
        );
    } else if (ranked.tie == bidding::TieBroken::by_draw) {
        note(context, bid, plain_step("step.drawn", {{"order", text(rank)}}));
    }
}

}  // namespace

void apply(const StageContext& context, const rules::RankingStage& stage) {
    LotState& state = *context.state;
    for (std::size_t i = 0; i < context.lot->bids.size(); ++i) {
        if (!is_open(context, i)) continue;
        state.ranking.order.push_back({i, state.bids[i].comparable});
    }
    bidding::rank_bids(*context.round, *context.lot, state.ranking);
    number_ranks(state);
    if (context.trace == nullptr) return;
    for (std::size_t i = 0; i < state.ranking.order.size(); ++i) {
        note_rank(context, stage, state.ranking.order[i], static_cast<std::int64_t>(i) + 1);
    }
    for (std::size_t i = 0; i < state.ranking.draws_used.size(); ++i) {
        if (state.ranking.draws_used[i]) continue;
        std::string drawn;
        for (const round::SupplierIndex supplier : context.lot->draws[i]) {
            drawn += (drawn.empty() ? "" : "|") + context.round->suppliers[supplier].id;
        }
        context.trace->lot.push_back(plain_step("step.draw_unused", {{"suppliers", drawn}}));
    }
    if (state.ranking.order.empty()) {
        context.trace->lot.push_back(
            plain_step("step.no_valid_bid", {{"bidders", text(state.bidders)}})
        );
        return;
    }
    const bidding::RankedBid& lowest = state.ranking.order.front();
    context.trace->lot.push_back(step(
        "step.lowest",
        {{"price", lowest.comparable.text()}, {"supplier", supplier_id(context, lowest.bid)}},
        stage.order
    ));
}

}  // namespace jicai::award
