// Related firms, and who enters.
#include <engine/award/numbers.h>
#include <engine/award/stages.h>

#include <optional>
#include <vector>

namespace jicai::award {

using bidding::PreparedBid;
using bidding::value_of;
using money::Price;

namespace {

/// A group is concerned when at least two of its members really bid.
bool group_is_concerned(const StageContext& context, int group) {
    if (group < 0) return false;
    const auto* stage = context.rulebook->find<rules::AffiliationStage>();
    const bool valid_only = stage != nullptr && stage->group_concerned.present &&
                            value_of(stage->group_concerned, "affiliation.group_concerned") ==
                                rules::GroupConcerned::two_valid_bids;
    std::optional<round::SupplierIndex> first;
    for (std::size_t i = 0; i < context.lot->bids.size(); ++i) {
        const PreparedBid& bid = context.lot->bids[i];
        if (bid.group != group) continue;
        switch (context.state->bids[i].fate) {
            case Fate::absent:
            case Fate::set_aside:
            case Fate::withdrawn:
            case Fate::disqualified:
            case Fate::main_spec_missing:
                continue;
            case Fate::without_price:
            case Fate::over_ceiling:
            case Fate::over_own_lowest:
                if (valid_only) continue;
                break;
            case Fate::undecided:
            case Fate::affiliation:
            case Fate::entry:
            case Fate::gate:
            case Fate::outlier:
            case Fate::gave_up:
            case Fate::won:
            case Fate::rescued:
                break;
        }
        if (first && *first != bid.supplier) return true;
        first = bid.supplier;
    }
    return false;
}

}  // namespace

/// Marks everyone of a concerned group but its first-ranked member.
void apply(const StageContext& context, const rules::AffiliationStage& stage) {
    if (!value_of(stage.lowest_only, "affiliation.lowest_only")) return;
    LotState& state = *context.state;
    for (std::size_t at = 0; at < state.ranking.order.size(); ++at) {
        const std::size_t bid = state.ranking.order[at].bid;
        const int group = context.lot->bids[bid].group;
        if (!group_is_concerned(context, group)) continue;
        std::size_t lowest = bid;
        for (const bidding::RankedBid& ranked : state.ranking.order) {
            if (context.lot->bids[ranked.bid].group != group) continue;
            lowest = ranked.bid;
            break;
        }
        if (lowest == bid) continue;
        state.bids[bid].fate = Fate::affiliation;
        if (context.trace == nullptr) continue;
        note(
            context,
            bid,
            step(
                "step.affiliation_not_lowest",
                {{"group", context.lot->group_names[static_cast<std::size_t>(group)]},
                 {"lowest_supplier", supplier_id(context, lowest)}},
                stage.lowest_only
            )
        );
    }
}

namespace {

bool has_concerned_group(const StageContext& context) {
    for (std::size_t group = 0; group < context.lot->group_names.size(); ++group) {
        if (group_is_concerned(context, static_cast<int>(group))) return true;
    }
    return false;
}

struct Place {
    std::size_t bid;
    std::int64_t place;  ///< 1 ... entrants_max
};

/// The first `places` of the ranking. Struck bids hand their place on, or keep it empty.
std::vector<Place> take_places(
    const StageContext& context, std::int64_t places, rules::FreedPlace freed
) {
    std::vector<Place> taken;
    std::int64_t place = 0;
    for (const bidding::RankedBid& ranked : context.state->ranking.order) {
        const Fate fate = context.state->bids[ranked.bid].fate;
        // Who gave up the award is not in the ranking any more; a struck affiliate may still fill
        // its place.
        if (fate == Fate::gave_up) continue;
        const bool struck = fate == Fate::affiliation;
        if (struck && freed == rules::FreedPlace::next_rank) continue;
        if (++place > places) break;
        if (!struck) taken.push_back({ranked.bid, place});
    }
    return taken;
}

void note_last_place(
    const StageContext& context,
    const rules::AffiliationStage& stage,
    const Place& last,
    std::int64_t places
) {
    const auto group = static_cast<std::size_t>(context.lot->bids[last.bid].group);
    note(
        context,
        last.bid,
        step(
            "step.affiliation_last_place",
            {{"group", context.lot->group_names[group]}, {"place", text(last.place)}},
            stage.not_in_last_place
        )
    );
    if (last.place == places) return;
    // Fewer entered than the table allows: that the last of them holds the last place is a reading.
    note(
        context,
        last.bid,
        step(
            "step.last_place_read",
            {{"place", text(last.place)}, {"entrants_max", text(places)}},
            stage.last_place
        )
    );
}

/// Strikes a concerned group's remaining bid from the last place; whether there was one.
bool strike_last_place(
    const StageContext& context,
    const rules::AffiliationStage& stage,
    const std::vector<Place>& taken,
    std::int64_t places
) {
    if (taken.empty()) return false;
    const Place last = taken.back();
    const bool table_place =
        value_of(stage.last_place, "affiliation.last_place") == rules::LastPlace::of_table;
    if (table_place && last.place != places) return false;
    const int group = context.lot->bids[last.bid].group;
    if (!group_is_concerned(context, group)) return false;
    if (last.place == 1 &&
        !value_of(stage.single_place_is_last, "affiliation.single_place_is_last")) {
        if (context.trace != nullptr) {
            note(context, last.bid, step("step.single_place_kept", {}, stage.single_place_is_last));
        }
        return false;
    }
    context.state->bids[last.bid].fate = Fate::affiliation;
    if (context.trace != nullptr) note_last_place(context, stage, last, places);
    return true;
}

void set_aside_who_gave_up(const StageContext& context) {
    const auto* picking = context.rulebook->find<rules::RegionPickingStage>();
    if (picking == nullptr) return;
    const bool moves_up = picking->after_pass.value &&
                          *picking->after_pass.value == rules::AfterPass::next_rank_moves_up;
    if (!moves_up) return;
    for (const bidding::RankedBid& ranked : context.state->ranking.order) {
        if (!context.lot->bids[ranked.bid].gave_up_award) continue;
        context.state->bids[ranked.bid].fate = Fate::gave_up;
    }
}

std::vector<Place> settle_entrants(
    const StageContext& context, std::int64_t places, const rules::AffiliationStage* affiliation
) {
    // Lots without related firms need none of the stage's points, open or not.
    if (affiliation == nullptr || !has_concerned_group(context)) {
        return take_places(context, places, rules::FreedPlace::next_rank);
    }
    const rules::FreedPlace freed = value_of(affiliation->freed_place, "affiliation.freed_place");
    std::vector<Place> taken = take_places(context, places, freed);
    if (!value_of(affiliation->not_in_last_place, "affiliation.not_in_last_place")) return taken;
    while (strike_last_place(context, *affiliation, taken, places)) {
        taken = take_places(context, places, freed);
        if (freed == rules::FreedPlace::stays_empty) break;
    }
    return taken;
}

/// Who stands on a better place than its rank does so because related firms were struck before it.
void note_freed_place(const StageContext& context, const Place& place) {
    std::int64_t struck = 0;
    for (const bidding::RankedBid& ranked : context.state->ranking.order) {
        if (ranked.bid == place.bid) break;
        if (context.state->bids[ranked.bid].fate == Fate::affiliation) ++struck;
    }
    if (struck == 0) return;
    note(
        context,
        place.bid,
        step(
            "step.place_freed",
            {{"place", text(place.place)}, {"struck", text(struck)}},
            context.rulebook->find<rules::AffiliationStage>()->freed_place
        )
    );
}

void note_entry(
    const StageContext& context, const rules::EntryStage& stage, const std::vector<Place>& taken
) {
    const LotState& state = *context.state;
    context.trace->lot.push_back(step(
        "step.max_entrants",
        {{"bidders", text(state.bidders)}, {"entrants_max", text(*state.entrants_max)}},
        stage.max_entrants
    ));
    for (const Place& place : taken) {
        note(
            context,
            place.bid,
            step(
                "step.entered",
                {{"rank", text(state.bids[place.bid].rank)},
                 {"place", text(place.place)},
                 {"entrants_max", text(*state.entrants_max)}},
                stage.max_entrants
            )
        );
        note_freed_place(context, place);
    }
    if (taken.empty()) return;
    const Price last = state.bids[taken.back().bid].comparable;
    for (const bidding::RankedBid& ranked : state.ranking.order) {
        const BidState& bid = state.bids[ranked.bid];
        if (bid.fate != Fate::entry) continue;
        note(
            context,
            ranked.bid,
            step(
                "step.not_entered",
                {{"rank", text(bid.rank)},
                 {"entrants_max", text(*state.entrants_max)},
                 {"last_entrant_price", last.text()},
                 {"missed_by", yuan_text(minus(fraction_of(bid.comparable), fraction_of(last)))}},
                stage.max_entrants
            )
        );
    }
}

}  // namespace

void apply(const StageContext& context, const rules::EntryStage& stage) {
    LotState& state = *context.state;
    if (state.ranking.order.empty()) return;
    const auto& table = value_of(stage.max_entrants, "entry.max_entrants");
    const rules::Count* places = table.find(state.bidders);
    if (places == nullptr) {
        throw decision::RunStopped(
            {"wait.count_outside_table",
             {{"parameter", "entry.max_entrants"},
              {"count", text(state.bidders)},
              {"clause", stage.max_entrants.clause}}}
        );
    }
    state.entrants_max = *places;
    set_aside_who_gave_up(context);
    const std::vector<Place> taken =
        settle_entrants(context, *places, context.rulebook->find<rules::AffiliationStage>());
    for (const Place& place : taken) {
        state.bids[place.bid].entrant = true;
        state.bids[place.bid].winner = true;
    }
    for (const bidding::RankedBid& ranked : state.ranking.order) {
        BidState& bid = state.bids[ranked.bid];
        if (!bid.entrant && bid.fate == Fate::undecided) bid.fate = Fate::entry;
    }
    if (context.trace != nullptr) note_entry(context, stage, taken);
}

}  // namespace jicai::award
