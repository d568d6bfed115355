#pragma once

#include <engine/award/award.h>

#include <string>
#include <utility>
#include <vector>

/// \file
/// The stages of one lot. Private to engine/award: each apply() reads what earlier stages left in
/// the state and adds its own. Stages without a part in choosing winners (volumes, term, prices of
/// packs) have no apply() here.

namespace jicai::award {

/// Everything a stage may look at and the state it changes. Plain pointers: a context lives for one
/// call.
struct StageContext {
    const round::Round* round;
    const bidding::PreparedLot* lot;
    const rules::Rulebook* rulebook;
    LotState* state;
    LotTrace* trace;  ///< null: record nothing
};

/// Every bid's standing; several bids of one supplier must fit the ratio rule (GY-YD2019-1 6.2).
void apply(const StageContext& context, const rules::QualificationStage& stage);
/// Unit bid price, ceiling, own lowest price (6.4).
void apply(const StageContext& context, const rules::CeilingStage& stage);
/// n (11.1).
void apply(const StageContext& context, const rules::BiddersStage& stage);
/// Unit comparable price of what is still valid (11.2).
void apply(const StageContext& context, const rules::ComparablePriceStage& stage);
/// Ranks and ties (11.2-11.3).
void apply(const StageContext& context, const rules::RankingStage& stage);
/// Strikes all but the first-ranked of a concerned group (11.4).
void apply(const StageContext& context, const rules::AffiliationStage& stage);
/// M by n, who enters, the last place of related firms (11.1, 11.4).
void apply(const StageContext& context, const rules::EntryStage& stage);
/// Entrants that pass no test lose (12).
void apply(const StageContext& context, const rules::GateStage& stage);
/// Entrants that failed and accepted the rescue price win after all.
void apply(const StageContext& context, const rules::RescueStage& stage);
/// Who gave up loses; winners in picking order and their numbers of regions (12-13).
void apply(const StageContext& context, const rules::RegionPickingStage& stage);

/// The cross-lot stage.
void apply_outlier(const rules::OutlierStage& stage, const std::vector<StageContext>& lots);

/// Runs the stages [from, to) of the rulebook on one lot. Throws decision::RunStopped.
void run_stages(const StageContext& context, std::size_t from, std::size_t to);

/// Numbers the ranks in the order of `state.ranking`.
void number_ranks(LotState& state);

/// Whether nothing has ended the bid yet and it stands for itself (not another bid of its
/// supplier).
[[nodiscard]] bool is_open(const StageContext& context, std::size_t bid);

/// The id of the bid's supplier.
[[nodiscard]] const std::string& supplier_id(const StageContext& context, std::size_t bid);

/// `conversion` applied to `pack_price`; stops the lot (wait.conversion) when there is no result.
[[nodiscard]] money::Price convert_or_stop(
    const StageContext& context,
    std::size_t bid,
    const product::Conversion& conversion,
    money::Price pack_price,
    const money::Rounding& rounding
);

using Arguments = std::vector<std::pair<std::string, std::string>>;

/// The word of an evidence grade, as traces carry it.
/// Records a step of a bid. \pre the context has a trace.
void note(const StageContext& context, std::size_t bid, decision::TraceStep step);

/// A whole number as the text of a step's argument.
[[nodiscard]] inline std::string text(std::int64_t number) {
    return std::to_string(number);
}

/// The word of the scale: official, replay, ...
[[nodiscard]] std::string evidence_text(rules::Evidence evidence);

/// A trace step that names the clause and evidence of `parameter`.
template <class T>
decision::TraceStep step(
    const char* key, Arguments arguments, const rules::Parameter<T>& parameter
) {
    return {{key, std::move(arguments)}, parameter.clause, evidence_text(parameter.evidence)};
}
/// A trace step no rulebook value stands behind.
[[nodiscard]] decision::TraceStep plain_step(const char* key, Arguments arguments);

}  // namespace jicai::award
