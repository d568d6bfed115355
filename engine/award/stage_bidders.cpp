// n: who counts as a bidder.
#include <engine/award/stages.h>

#include <algorithm>
#include <string>

namespace jicai::award {

using bidding::PreparedBid;
using bidding::value_of;

namespace {

bool counts(Fate fate, const rules::BiddersStage& stage) {
    switch (fate) {
        case Fate::absent:
            return value_of(stage.absent_counts, "bidders.absent_counts");
        case Fate::set_aside:
            return value_of(stage.set_aside_counts, "bidders.set_aside_counts");
        case Fate::withdrawn:
        case Fate::disqualified:
            return value_of(stage.withdrawn_counts, "bidders.withdrawn_counts");
        case Fate::main_spec_missing:
            return value_of(stage.unqualified_counts, "bidders.unqualified_counts");
        case Fate::without_price:
            return value_of(stage.without_price_counts, "bidders.without_price_counts");
        case Fate::over_ceiling:
        case Fate::over_own_lowest:
            return value_of(stage.over_ceiling_counts, "bidders.over_ceiling_counts");
        case Fate::undecided:
        case Fate::affiliation:
        case Fate::entry:
        case Fate::gate:
        case Fate::outlier:
        case Fate::gave_up:
        case Fate::won:
        case Fate::rescued:
            return true;
    }
    return false;
}

/// Whether an earlier counted bid already stands for the same party.
bool party_counted_before(const StageContext& context, std::size_t i, bool group_counts_once) {
    const PreparedBid& bid = context.lot->bids[i];
    for (std::size_t j = 0; j < i; ++j) {
        if (!context.state->bids[j].counted) continue;
        const PreparedBid& earlier = context.lot->bids[j];
        if (earlier.supplier == bid.supplier) return true;
        if (group_counts_once && bid.group >= 0 && earlier.group == bid.group) return true;
    }
    return false;
}

/// Which related firms count as one.
void note_groups(const StageContext& context, const rules::BiddersStage& stage) {
    for (std::size_t group = 0; group < context.lot->group_names.size(); ++group) {
        std::string suppliers;
        int members = 0;
        for (std::size_t i = 0; i < context.lot->bids.size(); ++i) {
            if (context.lot->bids[i].group != static_cast<int>(group)) continue;
            if (!context.state->bids[i].counted || context.lot->bids[i].representative != i)
                continue;
            suppliers += (members++ > 0 ? "|" : "") + supplier_id(context, i);
        }
        if (members < 2) continue;
        context.trace->lot.push_back(
            step("step.bidders_group_once", {{"suppliers", suppliers}}, stage.group_counts_once)
        );
    }
}

/// How bids taken out by an event are counted: the documents are silent, so the value is named.
void note_taken_out(const StageContext& context, const rules::BiddersStage& stage) {
    std::int64_t set_aside = 0;
    std::int64_t withdrawn = 0;
    for (const BidState& bid : context.state->bids) {
        if (bid.fate == Fate::set_aside) ++set_aside;
        if (bid.fate == Fate::withdrawn || bid.fate == Fate::disqualified) ++withdrawn;
    }
    const auto note_count = [&](std::int64_t count, const rules::Parameter<rules::Flag>& counts) {
        if (count == 0) return;
        context.trace->lot.push_back(step(
            *counts.value ? "step.bidders_out_counted" : "step.bidders_out_not_counted",
            {{"count", text(count)}},
            counts
        ));
    };
    note_count(set_aside, stage.set_aside_counts);
    note_count(withdrawn, stage.withdrawn_counts);
}

void note_bidders(const StageContext& context, const rules::BiddersStage& stage) {
    const auto number_of = [&](auto has_fate) {
        return text(static_cast<std::int64_t>(std::count_if(
            context.state->bids.begin(),
            context.state->bids.end(),
            [&](const BidState& bid) { return has_fate(bid.fate); }
        )));
    };
    context.trace->lot.push_back(step(
        "step.bidders",
        {{"bidders", text(context.state->bidders)},
         {"listed", text(static_cast<std::int64_t>(context.lot->bids.size()))},
         {"over_ceiling", number_of([](Fate fate) {
              return fate == Fate::over_ceiling || fate == Fate::over_own_lowest;
          })},
         {"absent", number_of([](Fate fate) { return fate == Fate::absent; })},
         {"set_aside", number_of([](Fate fate) {
              return fate == Fate::set_aside || fate == Fate::withdrawn ||
                     fate == Fate::disqualified;
          })},
         {"groups", text(static_cast<std::int64_t>(context.lot->group_names.size()))}},
        stage.over_ceiling_counts
    ));
}

}  // namespace

void apply(const StageContext& context, const rules::BiddersStage& stage) {
    const bool group_counts_once = value_of(stage.group_counts_once, "bidders.group_counts_once");
    for (std::size_t i = 0; i < context.lot->bids.size(); ++i) {
        BidState& state = context.state->bids[i];
        state.counted = counts(state.fate, stage);
        if (state.counted && !party_counted_before(context, i, group_counts_once)) {
            ++context.state->bidders;
        }
    }
    if (context.trace == nullptr) return;
    note_bidders(context, stage);
    if (group_counts_once) note_groups(context, stage);
    note_taken_out(context, stage);
}

}  // namespace jicai::award
