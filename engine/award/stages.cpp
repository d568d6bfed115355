#include <engine/award/numbers.h>
#include <engine/award/stages.h>
#include <engine/bidding/prepared_lot.h>
#include <engine/money/check.h>

#include <algorithm>
#include <iterator>

namespace jicai::award {
namespace {

using bidding::PreparedBid;
using bidding::Standing;
using bidding::value_of;
using decision::TraceStep;
using money::Price;

std::string text(std::int64_t number) {
    return std::to_string(number);
}

const std::string& supplier_id(const StageContext& context, std::size_t bid) {
    return context.round->suppliers[context.lot->bids[bid].supplier].id;
}

void note(const StageContext& context, std::size_t bid, TraceStep step) {
    context.trace->bids[bid].push_back(std::move(step));
}

/// Whether the bid itself is tested and ranked, or another bid of its supplier stands for it.
bool stands_for_itself(const StageContext& context, std::size_t bid) {
    return context.lot->bids[bid].representative == bid;
}

bool is_open(const StageContext& context, std::size_t bid) {
    return context.state->bids[bid].fate == Fate::undecided && stands_for_itself(context, bid);
}

Fate fate_of(Standing standing) {
    switch (standing) {
        case Standing::absent:
            return Fate::absent;
        case Standing::set_aside:
            return Fate::set_aside;
        case Standing::withdrawn:
            return Fate::withdrawn;
        case Standing::disqualified:
            return Fate::disqualified;
        case Standing::main_spec_missing:
            return Fate::main_spec_missing;
        case Standing::without_price:
            return Fate::without_price;
        case Standing::admitted:
            return Fate::undecided;
    }
    return Fate::undecided;
}

// --- qualification
// ---------------------------------------------------------------------------------------------

void note_standing(
    const StageContext& context, const rules::QualificationStage& stage, std::size_t i
) {
    const PreparedBid& bid = context.lot->bids[i];
    const auto by_event = [&](const char* key) {
        const round::Event& event = *bid.event;
        note(
            context,
            i,
            plain_step(key, {{"reason", event.reason}, {"who", event.who}, {"at", event.at}})
        );
    };
    switch (bid.standing) {
        case Standing::absent:
            note(context, i, plain_step("step.absent", {}));
            break;
        case Standing::set_aside:
            by_event("step.set_aside");
            break;
        case Standing::withdrawn:
            by_event("step.withdrawn");
            break;
        case Standing::disqualified:
            by_event("step.disqualified");
            break;
        case Standing::main_spec_missing: {
            const round::Bid& input = context.round->bids[bid.bid];
            note(
                context,
                i,
                step(
                    "step.main_spec_missing",
                    {{"spec", context.round->specs[input.spec].name}},
                    stage.main_spec_required
                )
            );
            break;
        }
        case Standing::without_price:
            note(context, i, plain_step("step.without_price", {}));
            break;
        case Standing::admitted:
            break;
    }
}

/// Bids of one supplier on several main specs must fit the ratio rule among each other.
void check_fitting(const StageContext& context, const rules::QualificationStage& stage) {
    for (std::size_t i = 0; i < context.lot->bids.size(); ++i) {
        const PreparedBid& bid = context.lot->bids[i];
        if (bid.representative == i || !bid.from_representative) continue;
        const PreparedBid& chosen = context.lot->bids[bid.representative];
        // Declared prices carry two decimals (6.3), so the implied price does too.
        const std::optional<Price> implied =
            bid.from_representative->convert(*chosen.pack_price, {money::RoundingMode::half_up, 2});
        if (implied && *implied == *bid.pack_price) continue;
        throw decision::RunStopped(
            {"wait.ratio_misfit",
             {{"supplier", supplier_id(context, i)},
              {"spec", context.round->specs[context.round->bids[bid.bid].spec].name},
              {"price", bid.pack_price->text()},
              {"expected", implied ? implied->text() : "-"},
              {"clause", stage.bids_per_supplier.clause}}}
        );
    }
}

void apply(const StageContext& context, const rules::QualificationStage& stage) {
    for (std::size_t i = 0; i < context.lot->bids.size(); ++i) {
        const PreparedBid& bid = context.lot->bids[i];
        BidState& state = context.state->bids[i];
        state.fate = fate_of(bid.standing);
        if (bid.pack_price) state.pack_price = *bid.pack_price;
        if (context.trace != nullptr) note_standing(context, stage, i);
    }
    check_fitting(context, stage);
}

// --- ceiling
// ---------------------------------------------------------------------------------------------------

bool holds(Price price, rules::Comparison compare, Price bound) {
    return compare == rules::Comparison::less ? price < bound : price <= bound;
}

std::string_view sign(rules::Comparison compare) {
    return compare == rules::Comparison::less ? "<" : "<=";
}

Price convert_or_stop(
    const StageContext& context,
    std::size_t bid,
    const product::Conversion& conversion,
    Price pack_price,
    const money::Rounding& rounding
) {
    const std::optional<Price> price = conversion.convert(pack_price, rounding);
    if (price) return *price;
    throw decision::RunStopped(
        {"wait.conversion", {{"supplier", supplier_id(context, bid)}, {"price", pack_price.text()}}}
    );
}

void note_unit_price(const StageContext& context, std::size_t i, const rules::CeilingStage& stage) {
    const PreparedBid& bid = context.lot->bids[i];
    const round::Bid& input = context.round->bids[bid.bid];
    note(
        context,
        i,
        step(
            "step.unit_price",
            {{"pack_price", bid.pack_price->text()},
             {"pack_units", text(input.pack_units)},
             {"form", input.form},
             {"base_form", context.round->lots[context.lot->lot].base_form},
             {"factor", bid.to_unit->factor_text()},
             {"unit_price", context.state->bids[i].unit_price.text()}},
            stage.rounding
        )
    );
}

void test_ceiling(
    const StageContext& context,
    std::size_t i,
    const rules::CeilingStage& stage,
    rules::Comparison compare
) {
    const PreparedBid& bid = context.lot->bids[i];
    BidState& state = context.state->bids[i];
    if (!bid.ceiling) {
        if (context.trace != nullptr) note(context, i, plain_step("step.no_ceiling", {}));
        return;
    }
    const bool met = holds(state.unit_price, compare, *bid.ceiling);
    if (!met) state.fate = Fate::over_ceiling;
    if (context.trace == nullptr) return;
    Arguments arguments{
        {"unit_price", state.unit_price.text()},
        {"compare", std::string(sign(compare))},
        {"ceiling", bid.ceiling->text()},
    };
    if (!met) {
        arguments.emplace_back(
            "excess", Price(state.unit_price.micro_yuan() - bid.ceiling->micro_yuan()).text()
        );
    }
    note(
        context,
        i,
        step(
            met ? "step.ceiling_met" : "step.ceiling_exceeded", std::move(arguments), stage.compare
        )
    );
}

void test_own_lowest(const StageContext& context, std::size_t i, const rules::CeilingStage& stage) {
    if (!stage.compare_own_lowest.present) return;
    const PreparedBid& bid = context.lot->bids[i];
    BidState& state = context.state->bids[i];
    if (!bid.own_lowest_price || state.fate != Fate::undecided) return;
    const rules::Comparison compare =
        value_of(stage.compare_own_lowest, "ceiling.compare_own_lowest");
    const bool met = holds(*bid.pack_price, compare, *bid.own_lowest_price);
    if (!met) state.fate = Fate::over_own_lowest;
    if (context.trace == nullptr) return;
    note(
        context,
        i,
        step(
            met ? "step.own_lowest_met" : "step.own_lowest_exceeded",
            {{"price", bid.pack_price->text()},
             {"compare", std::string(sign(compare))},
             {"own_lowest", bid.own_lowest_price->text()}},
            stage.compare_own_lowest
        )
    );
}

void apply(const StageContext& context, const rules::CeilingStage& stage) {
    const money::Rounding& rounding = value_of(stage.rounding, "ceiling.rounding");
    const rules::Comparison compare = value_of(stage.compare, "ceiling.compare");
    for (std::size_t i = 0; i < context.lot->bids.size(); ++i) {
        if (!is_open(context, i)) continue;
        BidState& state = context.state->bids[i];
        state.unit_price =
            convert_or_stop(context, i, *context.lot->bids[i].to_unit, state.pack_price, rounding);
        state.has_unit_price = true;
        if (context.trace != nullptr) note_unit_price(context, i, stage);
        test_ceiling(context, i, stage, compare);
        test_own_lowest(context, i, stage);
    }
}

// --- bidders
// ---------------------------------------------------------------------------------------------------

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

void apply(const StageContext& context, const rules::BiddersStage& stage) {
    const bool group_counts_once = value_of(stage.group_counts_once, "bidders.group_counts_once");
    for (std::size_t i = 0; i < context.lot->bids.size(); ++i) {
        BidState& state = context.state->bids[i];
        state.counted = counts(state.fate, stage);
        if (state.counted && !party_counted_before(context, i, group_counts_once)) {
            ++context.state->bidders;
        }
    }
    if (context.trace != nullptr) note_bidders(context, stage);
}

// --- comparable price and ranking
// --------------------------------------------------------------------------------

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

// --- affiliation and entry
// -----------------------------------------------------------------------------------------

/// A group is concerned when at least two of its members really bid.
bool group_is_concerned(const StageContext& context, int group) {
    if (group < 0) return false;
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
            case Fate::undecided:
            case Fate::without_price:
            case Fate::over_ceiling:
            case Fate::over_own_lowest:
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
    if (last.place == 1 &&
        !value_of(stage.single_place_is_last, "affiliation.single_place_is_last")) {
        return false;
    }
    const int group = context.lot->bids[last.bid].group;
    if (!group_is_concerned(context, group)) return false;
    context.state->bids[last.bid].fate = Fate::affiliation;
    if (context.trace != nullptr) {
        note(
            context,
            last.bid,
            step(
                "step.affiliation_last_place",
                {{"group", context.lot->group_names[static_cast<std::size_t>(group)]},
                 {"place", text(last.place)}},
                stage.not_in_last_place
            )
        );
    }
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
    if (affiliation == nullptr) {
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

// --- gates
// -----------------------------------------------------------------------------------------------------------

/// One test of a gate on one entrant.
class GateTester {
public:
    GateTester(const StageContext& context, std::size_t bid) : context_(context), bid_(bid) {}

    bool operator()(const rules::FactorOfLowestTest& test) const {
        const Price lowest = context_.state->ranking.order.front().comparable;
        const money::Ratio& factor = value_of(test.factor, "gate.factor");
        const Fraction limit = times(factor, fraction_of(lowest));
        const bool passed = reaches(limit);
        if (context_.trace != nullptr) {
            note_limit(
                passed ? "step.gate_factor_passed" : "step.gate_factor_failed",
                {{"factor", factor.text()}, {"lowest", lowest.text()}},
                limit,
                test.factor
            );
        }
        return passed;
    }

    bool operator()(const rules::FactorOfAnchorTest& test) const {
        const Fraction anchor = anchor_price(value_of(test.mean_factor, "gate.mean_factor"));
        const money::Ratio& factor = value_of(test.factor, "gate.factor");
        const Fraction limit = times(factor, anchor);
        const bool passed = reaches(limit);
        if (context_.trace != nullptr) {
            note_limit(
                passed ? "step.gate_anchor_passed" : "step.gate_anchor_failed",
                {{"factor", factor.text()}, {"anchor", yuan_text(anchor)}},
                limit,
                test.factor
            );
        }
        return passed;
    }

    bool operator()(const rules::PriceAtMostTest& test) const {
        const Price bound = value_of(test.price, "gate.price");
        const Price comparable = state().comparable;
        const bool passed = comparable <= bound;
        if (context_.trace == nullptr) return passed;
        Arguments arguments{{"comparable_price", comparable.text()}, {"price", bound.text()}};
        if (!passed) {
            arguments.emplace_back(
                "missed_by", yuan_text(minus(fraction_of(comparable), fraction_of(bound)))
            );
        }
        note(
            context_,
            bid_,
            step(
                passed ? "step.gate_price_passed" : "step.gate_price_failed",
                std::move(arguments),
                test.price
            )
        );
        return passed;
    }

    bool operator()(const rules::CutAtLeastTest& test) const {
        const rules::PercentBound& bound = value_of(test.percent, "gate.percent");
        const std::optional<Price>& ceiling = context_.lot->bids[bid_].ceiling;
        if (!ceiling || ceiling->micro_yuan() == 0) {
            if (context_.trace != nullptr) {
                note(
                    context_,
                    bid_,
                    step(
                        "step.gate_cut_no_ceiling",
                        {{"percent", bound.percent.text()}},
                        test.percent
                    )
                );
            }
            return false;
        }
        const bool passed = cut_reaches(state().unit_price, *ceiling, bound);
        if (context_.trace != nullptr) note_cut(test, bound, *ceiling, passed);
        return passed;
    }

private:
    [[nodiscard]] const BidState& state() const { return context_.state->bids[bid_]; }

    [[nodiscard]] bool reaches(const Fraction& limit) const {
        return award::compare(fraction_of(state().comparable), limit) <= 0;
    }

    template <class T>
    void note_limit(
        const char* key,
        Arguments arguments,
        const Fraction& limit,
        const rules::Parameter<T>& parameter
    ) const {
        const Fraction comparable = fraction_of(state().comparable);
        arguments.emplace_back("comparable_price", state().comparable.text());
        arguments.emplace_back("limit", yuan_text(limit));
        if (!reaches(limit)) {
            arguments.emplace_back("missed_by", yuan_text(minus(comparable, limit)));
        }
        note(context_, bid_, step(key, std::move(arguments), parameter));
    }

    /// max(mean_factor x mean of the entrants, lowest), exactly.
    [[nodiscard]] Fraction anchor_price(const money::Ratio& mean_factor) const {
        money::Int128 sum = 0;
        std::int64_t entrants = 0;
        for (const BidState& bid : context_.state->bids) {
            if (!bid.entrant) continue;
            sum += bid.comparable.micro_yuan();
            ++entrants;
        }
        const Fraction share = times(mean_factor, {sum, entrants});
        const Fraction lowest = fraction_of(context_.state->ranking.order.front().comparable);
        return award::compare(share, lowest) >= 0 ? share : lowest;
    }

    static bool cut_reaches(Price unit_price, Price ceiling, const rules::PercentBound& bound) {
        const money::Rounding rounding{money::RoundingMode::half_up, bound.decimals};
        const std::int64_t cut = money::cut_percent_scaled(unit_price, ceiling, rounding);
        std::int64_t scale = 1;
        for (int i = 0; i < bound.decimals; ++i) scale *= 10;
        return money::Int128{cut} * bound.percent.denominator() >=
               money::Int128{bound.percent.numerator()} * scale;
    }

    /// The highest unit price, at the decimals unit prices have, that would have reached the cut.
    [[nodiscard]] Price unit_price_needed(Price ceiling, const rules::PercentBound& bound) const {
        const auto* stage = context_.rulebook->find<rules::CeilingStage>();
        std::int64_t step = 1;
        for (int i = value_of(stage->rounding, "ceiling.rounding").decimals;
             i < money::kMicroYuanScale;
             ++i) {
            step *= 10;
        }
        std::int64_t low = 0;  // the cut of a price of zero is 100 percent
        std::int64_t high = state().unit_price.micro_yuan() / step;
        while (low + 1 < high) {
            const std::int64_t middle = low + (high - low) / 2;
            (cut_reaches(Price(middle * step), ceiling, bound) ? low : high) = middle;
        }
        return Price(low * step);
    }

    void note_cut(
        const rules::CutAtLeastTest& test,
        const rules::PercentBound& bound,
        Price ceiling,
        bool passed
    ) const {
        const money::Rounding rounding{money::RoundingMode::half_up, bound.decimals};
        Arguments arguments{
            {"cut",
             percent_text(
                 money::cut_percent_scaled(state().unit_price, ceiling, rounding), bound.decimals
             )},
            {"percent", bound.percent.text()},
            {"unit_price", state().unit_price.text()},
            {"ceiling", ceiling.text()},
        };
        if (!passed) {
            arguments.emplace_back("unit_price_needed", unit_price_needed(ceiling, bound).text());
        }
        note(
            context_,
            bid_,
            step(
                passed ? "step.gate_cut_passed" : "step.gate_cut_failed",
                std::move(arguments),
                test.percent
            )
        );
    }

    const StageContext& context_;
    std::size_t bid_;
};

void apply(const StageContext& context, const rules::GateStage& stage) {
    for (const bidding::RankedBid& ranked : context.state->ranking.order) {
        BidState& bid = context.state->bids[ranked.bid];
        if (!bid.winner) continue;
        const GateTester tester(context, ranked.bid);
        const bool passed =
            std::any_of(stage.any_of.begin(), stage.any_of.end(), [&](const rules::GateTest& test) {
                return std::visit(tester, test);
            });
        if (passed) continue;
        bid.winner = false;
        bid.fate = Fate::gate;
    }
}

// --- rescue
// ------------------------------------------------------------------------------------------------------------

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

// --- number of regions
// ---------------------------------------------------------------------------------------------------

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

// Stages that take no part in choosing winners: the use case reads them.
void apply(const StageContext&, const rules::SupplyRegionsStage&) {}
void apply(const StageContext&, const rules::PriceRatioStage&) {}
void apply(const StageContext&, const rules::OutlierStage&) {}
void apply(const StageContext&, const rules::AgreedVolumeStage&) {}
void apply(const StageContext&, const rules::TermStage&) {}
void apply(const StageContext&, const rules::DerivedPriceStage&) {}
void apply(const StageContext&, const rules::SubstitutionStage&) {}

}  // namespace

std::string evidence_text(rules::Evidence evidence) {
    return std::string(rules::enum_word(evidence));
}

TraceStep plain_step(const char* key, Arguments arguments) {
    return {{key, std::move(arguments)}, "", ""};
}

void number_ranks(LotState& state) {
    for (std::size_t i = 0; i < state.ranking.order.size(); ++i) {
        BidState& bid = state.bids[state.ranking.order[i].bid];
        bid.ranked = true;
        bid.rank = static_cast<std::int64_t>(i) + 1;
    }
}

void run_stages(const StageContext& context, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
        std::visit([&](const auto& stage) { apply(context, stage); }, context.rulebook->stages[i]);
    }
}

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
