// Unit bid price against the ceiling, and against the firm's own lowest price.
#include <engine/award/stages.h>

#include <string>
#include <utility>

namespace jicai::award {

using bidding::PreparedBid;
using bidding::value_of;
using money::Price;

namespace {

bool holds(Price price, rules::Comparison compare, Price bound) {
    return compare == rules::Comparison::less ? price < bound : price <= bound;
}

std::string_view sign(rules::Comparison compare) {
    return compare == rules::Comparison::less ? "<" : "<=";
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

}  // namespace

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

}  // namespace jicai::award
