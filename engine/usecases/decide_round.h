#pragma once

#include <engine/decision/message.h>
#include <engine/decision/round_decision.h>
#include <engine/product/price_ratio.h>
#include <engine/round/round.h>
#include <engine/rules/rulebook.h>

#include <optional>
#include <vector>

/// \file
/// Decide a whole round: from recorded inputs and a rulebook to winners, regions, volumes, terms
/// and the prices of all packs. A pure function: the same inputs give the same decision, on every
/// machine, in any order of rows.

namespace jicai::usecases {

/// What decides: a rulebook and the price-ratio rule it names. Both must outlive the call.
struct RuleSet {
    const rules::Rulebook& rulebook;
    const product::PriceRatioRule& ratio_rule;
};

struct DecideOptions {
    bool trace = true;         ///< without it: no steps are recorded (simulation)
    bool pick_regions = true;  ///< replay recorded picks and preferences
};

/// Either a decision or the reasons why the inputs contradict the rulebook (an event no stage
/// allows, a recorded pick out of turn, a lot of an unknown volume class). A lot that merely waits
/// for something is pending inside the decision.
struct RoundRun {
    std::optional<decision::RoundDecision> decision;
    std::vector<decision::Message> refusals;
};

/// Decides `round` under `rules`.
[[nodiscard]] RoundRun decide_round(
    const round::Round& round, const RuleSet& rules, const DecideOptions& options = {}
);

}  // namespace jicai::usecases
