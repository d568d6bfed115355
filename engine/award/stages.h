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

/// Runs the stages [from, to) of the rulebook on one lot. Throws decision::RunStopped.
void run_stages(const StageContext& context, std::size_t from, std::size_t to);

/// Numbers the ranks in the order of `state.ranking`.
void number_ranks(LotState& state);

/// The cross-lot stage.
void apply_outlier(const rules::OutlierStage& stage, const std::vector<StageContext>& lots);

using Arguments = std::vector<std::pair<std::string, std::string>>;

/// The word of an evidence grade, as traces carry it.
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
