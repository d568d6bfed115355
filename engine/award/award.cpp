#include <engine/award/award.h>
#include <engine/award/numbers.h>
#include <engine/award/stages.h>
#include <engine/money/check.h>

#include <algorithm>
#include <iterator>
#include <string>

namespace jicai::award {

std::string_view step_text(Fate fate) {
    switch (fate) {
        case Fate::undecided:
            return "";
        case Fate::absent:
            return "absent";
        case Fate::set_aside:
            return "set_aside";
        case Fate::withdrawn:
            return "withdraw";
        case Fate::disqualified:
            return "disqualify";
        case Fate::main_spec_missing:
            return "qualification";
        case Fate::without_price:
            return "without_price";
        case Fate::over_ceiling:
            return "ceiling";
        case Fate::over_own_lowest:
            return "ceiling";
        case Fate::affiliation:
            return "affiliation";
        case Fate::entry:
            return "entry";
        case Fate::gate:
            return "gate";
        case Fate::outlier:
            return "outlier";
        case Fate::gave_up:
            return "region_picking";
        case Fate::won:
            return "award";
        case Fate::rescued:
            return "rescue";
    }
    return "";
}

std::vector<std::int64_t> region_counts(
    std::int64_t winners, std::int64_t regions, std::int64_t extra
) {
    std::vector<std::int64_t> counts(static_cast<std::size_t>(winners), 0);
    if (winners == 0) return counts;
    const std::int64_t first = std::min(extra, regions);
    const std::int64_t shared = regions - first;
    for (std::int64_t i = 0; i < winners; ++i) {
        counts[static_cast<std::size_t>(i)] = shared / winners + (i < shared % winners ? 1 : 0);
    }
    counts[0] += first;
    return counts;
}

namespace {

std::size_t stage_index(const rules::Rulebook& rulebook, std::string_view kind) {
    for (std::size_t i = 0; i < rulebook.stages.size(); ++i) {
        const std::string_view here =
            std::visit([](const auto& stage) { return stage.kind; }, rulebook.stages[i]);
        if (here == kind) return i;
    }
    return rulebook.stages.size();
}

/// What a change of a tie's order may not change: who wins and how many regions each gets.
bool same_result(const LotState& left, const LotState& right) {
    for (std::size_t i = 0; i < left.bids.size(); ++i) {
        if (left.bids[i].winner != right.bids[i].winner) return false;
        if (left.bids[i].regions != right.bids[i].regions) return false;
    }
    return true;
}

class TieCheck {
public:
    TieCheck(StageContext context, std::size_t after_ranking)
        : context_(context), after_ranking_(after_ranking) {}

    /// Orders of more than this many bids are checked by all exchanges of two instead of all
    /// orders.
    static constexpr std::size_t kAllOrdersMax = 5;

    bool has_effect(const LotState& ranked, const LotState& decided, const bidding::OpenTie& tie) {
        std::vector<std::size_t> order(tie.count);
        for (std::size_t i = 0; i < tie.count; ++i) order[i] = i;
        if (tie.count <= kAllOrdersMax) {
            while (std::next_permutation(order.begin(), order.end())) {
                if (differs(ranked, decided, tie, order)) return true;
            }
            return false;
        }
        for (std::size_t i = 0; i < tie.count; ++i) {
            for (std::size_t j = i + 1; j < tie.count; ++j) {
                std::swap(order[i], order[j]);
                if (differs(ranked, decided, tie, order)) return true;
                std::swap(order[i], order[j]);
            }
        }
        return false;
    }

private:
    bool differs(
        const LotState& ranked,
        const LotState& decided,
        const bidding::OpenTie& tie,
        const std::vector<std::size_t>& order
    ) {
        LotState other = ranked;
        for (std::size_t i = 0; i < tie.count; ++i) {
            other.ranking.order[tie.first + i] = ranked.ranking.order[tie.first + order[i]];
        }
        number_ranks(other);
        StageContext context = context_;
        context.state = &other;
        context.trace = nullptr;
        run_stages(context, after_ranking_, context.rulebook->stages.size());
        return !same_result(other, decided);
    }

    StageContext context_;
    std::size_t after_ranking_;
};

void note_ties(const StageContext& context, const LotState& ranked) {
    LotState& state = *context.state;
    if (ranked.ranking.ties.empty()) return;
    const std::size_t after_ranking = stage_index(*context.rulebook, rules::RankingStage::kind) + 1;
    TieCheck check(context, after_ranking);
    for (const bidding::OpenTie& tie : ranked.ranking.ties) {
        std::string suppliers;
        for (std::size_t i = 0; i < tie.count; ++i) {
            const std::size_t bid = ranked.ranking.order[tie.first + i].bid;
            if (i > 0) suppliers += "|";
            suppliers += context.round->suppliers[context.lot->bids[bid].supplier].id;
        }
        const std::string price = ranked.ranking.order[tie.first].comparable.text();
        if (check.has_effect(ranked, state, tie)) {
            state.ties_with_effect.push_back(tie);
            std::string keys;
            for (const rules::TieKey& key :
                 context.rulebook->find<rules::RankingStage>()->tie_keys) {
                if (!keys.empty()) keys += ", ";
                keys += key.column;
            }
            state.waits_for.push_back(
                {"wait.tie", {{"suppliers", suppliers}, {"price", price}, {"keys", keys}}}
            );
        } else if (context.trace != nullptr) {
            const auto& listing = context.rulebook->find<rules::RankingStage>()->tie_listing;
            context.trace->lot.push_back(
                step("step.tie_noted", {{"suppliers", suppliers}, {"price", price}}, listing)
            );
        }
    }
}

void start(const StageContext& context) {
    LotState& state = *context.state;
    const std::size_t count = context.lot->bids.size();
    state.bids.assign(count, BidState{});
    state.ranking.order.clear();
    state.ranking.ties.clear();
    state.bidders = 0;
    state.entrants_max.reset();
    state.winners.clear();
    state.ties_with_effect.clear();
    state.waits_for.clear();
    if (context.trace != nullptr) {
        context.trace->lot.clear();
        context.trace->bids.assign(count, {});
    }
}

/// Runs [from, to) and turns a stop into the lot's list of what it waits for.
void run_or_wait(const StageContext& context, std::size_t from, std::size_t to) {
    if (!context.state->waits_for.empty()) return;
    try {
        run_stages(context, from, to);
    } catch (const decision::RunStopped& stopped) {
        context.state->waits_for.push_back(stopped.why());
    }
}

/// Everything before `outlier`, then the check of ties on a copy taken right after ranking.
void run_lot(const StageContext& context, std::size_t end) {
    start(context);
    context.state->waits_for = context.lot->waits_for;
    const std::size_t after_ranking =
        std::min(end, stage_index(*context.rulebook, rules::RankingStage::kind) + 1);
    run_or_wait(context, 0, after_ranking);
    if (!context.state->waits_for.empty()) return;
    if (context.state->ranking.ties.empty()) {
        run_or_wait(context, after_ranking, end);
        return;
    }
    const LotState ranked = *context.state;
    run_or_wait(context, after_ranking, end);
    if (context.state->waits_for.empty()) note_ties(context, ranked);
}

}  // namespace

void award_lot(
    const round::Round& round,
    const bidding::PreparedLot& lot,
    const rules::Rulebook& rulebook,
    LotState& state,
    LotTrace* trace
) {
    run_lot(StageContext{&round, &lot, &rulebook, &state, trace}, rulebook.stages.size());
}

void award_round(
    const round::Round& round,
    const std::vector<bidding::PreparedLot>& lots,
    const rules::Rulebook& rulebook,
    std::vector<LotState>& states,
    std::vector<LotTrace>* traces
) {
    states.resize(lots.size());
    if (traces != nullptr) traces->resize(lots.size());
    const std::size_t count = rulebook.stages.size();
    const std::size_t outlier = stage_index(rulebook, rules::OutlierStage::kind);
    const auto context = [&](std::size_t i) {
        return StageContext{
            &round, &lots[i], &rulebook, &states[i], traces == nullptr ? nullptr : &(*traces)[i]};
    };
    for (std::size_t i = 0; i < lots.size(); ++i) run_lot(context(i), outlier);
    if (outlier == count) return;
    std::vector<StageContext> contexts;
    for (std::size_t i = 0; i < lots.size(); ++i) contexts.push_back(context(i));
    apply_outlier(std::get<rules::OutlierStage>(rulebook.stages[outlier]), contexts);
    for (std::size_t i = 0; i < lots.size(); ++i) run_or_wait(context(i), outlier + 1, count);
}

}  // namespace jicai::award
