#include <engine/allocation/region_picking.h>
#include <engine/award/award.h>
#include <engine/bidding/prepared_lot.h>
#include <engine/decision/trace.h>
#include <engine/money/check.h>
#include <engine/usecases/decide_round.h>
#include <engine/usecases/finish_award.h>
#include <engine/usecases/lot_taken_out.h>
#include <engine/usecases/substitution.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace jicai::usecases {
namespace {

using award::Fate;
using award::LotState;
using bidding::PreparedLot;
using bidding::value_of;
using decision::BidDecision;
using decision::LotDecision;
using decision::LotStatus;
using decision::Message;
using decision::Outcome;

// --- events against the rulebook
bool allowed(round::EventKind kind, const rules::Rulebook& rulebook) {
    switch (kind) {
        case round::EventKind::set_aside:
        case round::EventKind::withdraw:
        case round::EventKind::disqualify:
        case round::EventKind::draw_of_lots:
        case round::EventKind::objection_upheld:
        case round::EventKind::lot_cancelled:
        case round::EventKind::lot_failed:
        case round::EventKind::lot_retendered:
            return true;
        case round::EventKind::requote:
            return rulebook.find<rules::RescueStage>() != nullptr;
        case round::EventKind::region_pick:
        case round::EventKind::region_pass:
        case round::EventKind::region_refused:
            return rulebook.find<rules::RegionPickingStage>() != nullptr;
        case round::EventKind::award_cancelled:
        case round::EventKind::substitute:
            return rulebook.find<rules::SubstitutionStage>() != nullptr;
        // No stage of this version lets a price be negotiated or a hospital choose.
        case round::EventKind::negotiated_price:
        case round::EventKind::hospital_choice:
            return false;
    }
    return false;
}

bool bids_in_lot(const round::Round& round, const round::Event& event) {
    return std::any_of(round.bids.begin(), round.bids.end(), [&](const round::Bid& bid) {
        return bid.lot == event.lot && bid.supplier == *event.supplier;
    });
}

std::vector<Message> check_events(const round::Round& round, const rules::Rulebook& rulebook) {
    std::vector<Message> refusals;
    for (const round::Event& event : round.events) {
        const std::string seq = std::to_string(event.seq);
        const std::string& lot = round.lots[event.lot].id;
        if (!allowed(event.kind, rulebook)) {
            refusals.push_back(
                {"refusal.event_not_allowed",
                 {{"event", std::string(round::text(event.kind))},
                  {"seq", seq},
                  {"lot", lot},
                  {"kind", rulebook.id}}}
            );
        } else if (event.supplier && !bids_in_lot(round, event)) {
            refusals.push_back(
                {"refusal.event_supplier_not_bidding",
                 {{"seq", seq}, {"lot", lot}, {"supplier", round.suppliers[*event.supplier].id}}}
            );
        }
    }
    return refusals;
}

// --- results of one lot
Outcome outcome_of(Fate fate) {
    switch (fate) {
        case Fate::undecided:
            return Outcome::pending;
        case Fate::absent:
            return Outcome::absent;
        case Fate::set_aside:
        case Fate::withdrawn:
        case Fate::disqualified:
            return Outcome::set_aside;
        case Fate::main_spec_missing:
        case Fate::without_price:
        case Fate::over_ceiling:
        case Fate::over_own_lowest:
            return Outcome::invalid;
        case Fate::affiliation:
        case Fate::entry:
        case Fate::gate:
        case Fate::outlier:
        case Fate::gave_up:
            return Outcome::lost;
        case Fate::won:
        case Fate::rescued:
            return Outcome::won;
    }
    return Outcome::pending;
}

BidDecision bid_decision(
    const PreparedLot& prepared, const LotState& state, std::size_t i, bool pending
) {
    const bidding::PreparedBid& bid = prepared.bids[i];
    const award::BidState& decided = state.bids[bid.representative];
    const award::BidState& own = state.bids[i];
    BidDecision result;
    result.bid = bid.bid;
    const Fate fate = own.fate != Fate::undecided ? own.fate : decided.fate;
    result.outcome = outcome_of(fate);
    const bool fixed = result.outcome != Outcome::won && result.outcome != Outcome::lost;
    if (pending && !fixed) result.outcome = Outcome::pending;
    result.step =
        result.outcome == Outcome::pending ? "waiting" : std::string(award::step_text(fate));
    result.price = bid.pack_price;
    if (own.fate == Fate::rescued) result.price = own.pack_price;
    if (own.has_unit_price) result.unit_price = own.unit_price;
    if (own.has_comparable) result.unit_comparable_price = own.comparable;
    if (!pending && decided.ranked) result.rank = decided.rank;
    if (!pending) result.regions = decided.regions;
    return result;
}

void mark_ties(const LotState& state, std::vector<BidDecision>& by_index) {
    for (const bidding::RankedBid& ranked : state.ranking.order) {
        by_index[ranked.bid].tied = ranked.tie == bidding::TieBroken::unresolved;
    }
}

void close_trace(BidDecision& bid) {
    if (bid.outcome == Outcome::won) {
        bid.trace.push_back(
            {{"step.won",
              {{"rank", std::to_string(bid.rank.value_or(0))},
               {"regions", std::to_string(bid.regions)}}},
             "",
             ""}
        );
    } else if (bid.outcome == Outcome::lost) {
        bid.trace.push_back({{"step.lost", {}}, "", ""});
    }
}

void sort_bids(const round::Round& round, std::vector<BidDecision>& bids) {
    std::stable_sort(bids.begin(), bids.end(), [&](const BidDecision& a, const BidDecision& b) {
        if (a.rank.has_value() != b.rank.has_value()) return a.rank.has_value();
        if (a.rank && *a.rank != *b.rank) return *a.rank < *b.rank;
        const round::Bid& left = round.bids[a.bid];
        const round::Bid& right = round.bids[b.bid];
        const std::string& left_id = round.suppliers[left.supplier].id;
        const std::string& right_id = round.suppliers[right.supplier].id;
        return left_id != right_id ? left_id < right_id : left.product < right.product;
    });
}

// --- region picking
std::vector<round::RegionIndex> regions_of(
    const round::Round& round, const round::Lot& lot, const rules::Rulebook& rulebook
) {
    if (!lot.regions.empty()) return lot.regions;
    const auto* stage = rulebook.find<rules::SupplyRegionsStage>();
    std::vector<round::RegionIndex> regions;
    for (const std::string& name : value_of(stage->regions, "supply_regions.regions")) {
        const auto found = std::find(round.regions.begin(), round.regions.end(), name);
        JICAI_CHECK(found != round.regions.end());
        regions.push_back(static_cast<round::RegionIndex>(found - round.regions.begin()));
    }
    return regions;
}

/// What region picking found out about one lot, over all its sessions.
struct Picking {
    allocation::PickingResult result;
    std::size_t first_event = 0;
    bool tied_pickers = false;
};

allocation::PickingResult pick_once(
    const round::Round& round,
    const rules::Rulebook& rulebook,
    const PreparedLot& prepared,
    const LotState& state,
    std::size_t first_event
) {
    const auto* stage = rulebook.find<rules::RegionPickingStage>();
    allocation::PickingSession session{
        .lot = prepared.lot,
        .pickers = {},
        .regions = regions_of(round, round.lots[prepared.lot], rulebook),
        .first_extra_picks = value_of(stage->first_extra_picks, "region_picking.first_extra_picks"),
        .region_may_refuse = value_of(stage->region_may_refuse, "region_picking.region_may_refuse"),
        .first_event = first_event,
    };
    for (const std::size_t winner : state.winners) {
        session.pickers.push_back(prepared.bids[winner].supplier);
    }
    return allocation::pick_regions(round, session);
}

/// Winners that no recorded value tells apart cannot be put in picking order.
bool pickers_are_tied(const LotState& state) {
    for (const bidding::OpenTie& tie : state.ranking.ties) {
        std::size_t winners = 0;
        for (std::size_t i = 0; i < tie.count; ++i) {
            if (state.bids[state.ranking.order[tie.first + i].bid].winner) ++winners;
        }
        if (winners > 1) return true;
    }
    return false;
}

// --- the round
class RoundDecider {
public:
    RoundDecider(const round::Round& round, const RuleSet& rules, const DecideOptions& options)
        : round_(round), rules_(rules), options_(options) {}

    RoundRun run() {
        RoundRun result;
        result.refusals = check_events(round_, rules_.rulebook);
        if (!result.refusals.empty()) return result;
        for (std::size_t i = 0; i < round_.lots.size(); ++i) {
            const auto lot = static_cast<round::LotIndex>(i);
            left_.push_back(lot_taken_out(round_, lot, options_.trace));
            if (left_.back()) sort_bids(round_, left_.back()->bids);
        }
        const auto* stage = rules_.rulebook.find<rules::PriceRatioStage>();
        JICAI_CHECK(stage != nullptr);
        try {
            conversions_ = std::make_unique<bidding::Conversions>(rules_.ratio_rule, *stage);
        } catch (const decision::RunStopped& stopped) {
            return all_wait(stopped.why());
        }
        prepare();
        award_and_pick();
        decision::RoundDecision decided;
        std::size_t next = 0;
        for (std::size_t i = 0; i < round_.lots.size(); ++i) {
            decided.lots.push_back(left_[i] ? *left_[i] : finish_lot(next++));
        }
        for (const LotDecision& lot : decided.lots) {
            result.refusals.insert(
                result.refusals.end(), lot.region_faults.begin(), lot.region_faults.end()
            );
        }
        result.refusals.insert(result.refusals.end(), refusals_.begin(), refusals_.end());
        if (result.refusals.empty()) result.decision = std::move(decided);
        return result;
    }

private:
    RoundRun all_wait(const Message& why) const {
        decision::RoundDecision decided;
        for (std::size_t i = 0; i < round_.lots.size(); ++i) {
            if (left_[i]) {
                decided.lots.push_back(*left_[i]);
                continue;
            }
            LotDecision lot;
            lot.lot = static_cast<std::uint32_t>(i);
            lot.waits_for.push_back(why);
            for (std::size_t b = 0; b < round_.bids.size(); ++b) {
                if (round_.bids[b].lot != i) continue;
                BidDecision bid;
                bid.bid = static_cast<std::uint32_t>(b);
                bid.step = "waiting";
                bid.price = round_.bids[b].pack_price;
                lot.bids.push_back(std::move(bid));
            }
            decided.lots.push_back(std::move(lot));
        }
        return {std::move(decided), {}};
    }

    void prepare() {
        for (std::size_t i = 0; i < round_.lots.size(); ++i) {
            if (left_[i]) continue;
            const auto lot = static_cast<round::LotIndex>(i);
            try {
                prepared_.push_back(
                    bidding::prepare_lot(round_, lot, rules_.rulebook, *conversions_)
                );
            } catch (const decision::RunStopped& stopped) {
                PreparedLot waiting;
                waiting.lot = lot;
                waiting.waits_for.push_back(stopped.why());
                prepared_.push_back(std::move(waiting));
            }
        }
    }

    /// A pass gives up the award and region picking begins anew, so the award is decided again
    /// without who passed.
    void award_and_pick() {
        picking_.assign(prepared_.size(), {});
        for (bool again = true; again;) {
            again = false;
            award::award_round(
                round_, prepared_, rules_.rulebook, states_, options_.trace ? &traces_ : nullptr
            );
            if (!options_.pick_regions) return;
            for (std::size_t i = 0; i < prepared_.size(); ++i) again = pick(i) || again;
        }
    }

    /// Whether someone passed.
    bool pick(std::size_t i) {
        if (!states_[i].waits_for.empty() || states_[i].winners.empty()) return false;
        if (rules_.rulebook.find<rules::RegionPickingStage>() == nullptr) return false;
        const bool recorded = allocation::has_picks(round_, prepared_[i].lot);
        if (!recorded && states_[i].winners.size() > 1) return false;
        picking_[i].tied_pickers = recorded && pickers_are_tied(states_[i]);
        if (picking_[i].tied_pickers) return false;
        picking_[i].result =
            pick_once(round_, rules_.rulebook, prepared_[i], states_[i], picking_[i].first_event);
        if (!picking_[i].result.pass_event) return false;
        const std::size_t event = *picking_[i].result.pass_event;
        picking_[i].first_event = event + 1;
        for (bidding::PreparedBid& bid : prepared_[i].bids) {
            if (bid.supplier != *round_.events[event].supplier) continue;
            bid.gave_up_award = true;
            bid.gave_up_event = &round_.events[event];
        }
        return true;
    }

    LotDecision finish_lot(std::size_t i) {
        const LotState& state = states_[i];
        LotDecision lot;
        lot.lot = prepared_[i].lot;
        lot.bidders = state.bidders;
        lot.entrants_max = state.entrants_max;
        lot.waits_for = state.waits_for;
        const bool pending = !state.waits_for.empty();
        lot.status = pending ? LotStatus::pending
                             : (state.winners.empty() ? LotStatus::failed : LotStatus::decided);
        lot.winners = pending ? 0 : static_cast<std::int64_t>(state.winners.size());
        for (std::size_t b = 0; b < prepared_[i].bids.size(); ++b) {
            lot.bids.push_back(bid_decision(prepared_[i], state, b, pending));
        }
        if (!pending) mark_ties(state, lot.bids);
        if (options_.trace) {
            lot.trace = traces_[i].lot;
            for (std::size_t b = 0; b < lot.bids.size(); ++b)
                lot.bids[b].trace = traces_[i].bids[b];
        }
        if (lot.status == LotStatus::decided) settle_award(i, lot);
        note_objections(lot);
        if (lot.status == LotStatus::pending) forget_award(lot);
        if (options_.trace) {
            for (BidDecision& bid : lot.bids) close_trace(bid);
        }
        sort_bids(round_, lot.bids);
        return lot;
    }

    /// Objections are kept on record; what follows from one is another event.
    void note_objections(LotDecision& lot) const {
        if (!options_.trace) return;
        for (const round::Event& event : round_.events) {
            if (event.lot != lot.lot || event.kind != round::EventKind::objection_upheld) continue;
            lot.trace.push_back(
                {{"step.objection_upheld",
                  {{"supplier", event.supplier ? round_.suppliers[*event.supplier].id : ""},
                   {"reason", event.reason},
                   {"who", event.who},
                   {"at", event.at}}},
                 "",
                 ""}
            );
        }
    }

    /// A lot that waits shows nothing that depends on what it waits for: no rank, no place, no
    /// winner.
    static void forget_award(LotDecision& lot) {
        const auto depends = [](const decision::TraceStep& step) {
            const std::string& key = step.message.key;
            return key != "step.draw_unused" && key != "step.lowest" &&
                   key != "step.objection_upheld" && key.rfind("step.bidders", 0) != 0;
        };
        lot.trace.erase(
            std::remove_if(lot.trace.begin(), lot.trace.end(), depends), lot.trace.end()
        );
        lot.winners = 0;
        lot.percent.reset();
        lot.term_years.reset();
        lot.volumes.clear();
        lot.turns.clear();
        lot.regions_complete = false;
        lot.allocations.clear();
        lot.packs.clear();
        for (BidDecision& bid : lot.bids) {
            if (bid.outcome == Outcome::won || bid.outcome == Outcome::lost) {
                bid.outcome = Outcome::pending;
                bid.step = "waiting";
            }
            bid.rank.reset();
            bid.tied = false;
            bid.regions = 0;
            const auto first_rank = std::find_if(
                bid.trace.begin(),
                bid.trace.end(),
                [](const decision::TraceStep& step) { return step.message.key == "step.rank"; }
            );
            bid.trace.erase(first_rank, bid.trace.end());
        }
    }

    void settle_award(std::size_t i, LotDecision& lot) {
        const Picking& picking = picking_[i];
        lot.turns = picking.result.turns;
        lot.regions_complete = picking.result.complete;
        lot.region_faults = picking.result.faults;
        if (picking.tied_pickers) {
            lot.waits_for.push_back({"wait.tied_pickers", {{"lot", round_.lots[lot.lot].id}}});
        }
        try {
            const std::int64_t awarded = lot.winners;
            const SubstitutionResult substitution =
                substitute_failed_winners(round_, rules_.rulebook, lot, options_.trace);
            refusals_.insert(
                refusals_.end(), substitution.refusals.begin(), substitution.refusals.end()
            );
            if (lot.status != LotStatus::decided) return;
            const std::int64_t counted =
                substitution.changes_percent_and_term ? lot.winners : awarded;
            finish_award(round_, rules_, *conversions_, counted, options_.trace, lot);
        } catch (const decision::RunStopped& stopped) {
            lot.status = LotStatus::pending;
            lot.waits_for.push_back(stopped.why());
        }
    }

    const round::Round& round_;
    const RuleSet& rules_;
    const DecideOptions& options_;
    std::unique_ptr<bidding::Conversions> conversions_;
    std::vector<std::optional<LotDecision>> left_;  ///< by lot; set for those taken out
    std::vector<PreparedLot> prepared_;             ///< of the lots that stay, in order
    std::vector<LotState> states_;
    std::vector<award::LotTrace> traces_;
    std::vector<Picking> picking_;
    std::vector<Message> refusals_;
};

}  // namespace

RoundRun decide_round(
    const round::Round& round, const RuleSet& rules, const DecideOptions& options
) {
    return RoundDecider(round, rules, options).run();
}

}  // namespace jicai::usecases
