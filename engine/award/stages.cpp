#include <engine/award/stages.h>

#include <optional>
#include <utility>
#include <variant>

namespace jicai::award {
namespace {

// Stages that take no part in choosing winners: the use case reads them.
void apply(const StageContext&, const rules::SupplyRegionsStage&) {}
void apply(const StageContext&, const rules::PriceRatioStage&) {}
void apply(const StageContext&, const rules::OutlierStage&) {}
void apply(const StageContext&, const rules::AgreedVolumeStage&) {}
void apply(const StageContext&, const rules::TermStage&) {}
void apply(const StageContext&, const rules::DerivedPriceStage&) {}
void apply(const StageContext&, const rules::SubstitutionStage&) {}

}  // namespace

void note(const StageContext& context, std::size_t bid, decision::TraceStep step) {
    context.trace->bids[bid].push_back(std::move(step));
}

const std::string& supplier_id(const StageContext& context, std::size_t bid) {
    return context.round->suppliers[context.lot->bids[bid].supplier].id;
}

bool is_open(const StageContext& context, std::size_t bid) {
    return context.state->bids[bid].fate == Fate::undecided &&
           context.lot->bids[bid].representative == bid;
}

money::Price convert_or_stop(
    const StageContext& context,
    std::size_t bid,
    const product::Conversion& conversion,
    money::Price pack_price,
    const money::Rounding& rounding
) {
    const std::optional<money::Price> price = conversion.convert(pack_price, rounding);
    if (price) return *price;
    throw decision::RunStopped(
        {"wait.conversion", {{"supplier", supplier_id(context, bid)}, {"price", pack_price.text()}}}
    );
}

std::string evidence_text(rules::Evidence evidence) {
    return std::string(rules::enum_word(evidence));
}

decision::TraceStep plain_step(const char* key, Arguments arguments) {
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

}  // namespace jicai::award
