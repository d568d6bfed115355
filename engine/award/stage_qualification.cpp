// Which bids are admitted at all.
#include <engine/award/stages.h>

#include <optional>

namespace jicai::award {

using bidding::PreparedBid;
using bidding::Standing;
using money::Price;

namespace {

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

}  // namespace

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

}  // namespace jicai::award
