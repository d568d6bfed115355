#pragma once

#include <cli/session.h>
#include <engine/product/price_ratio.h>
#include <engine/round/round.h>
#include <engine/rules/rulebook.h>
#include <engine/usecases/decide_round.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// \file
/// From the names on the command line to engine types. All functions throw BadInput for what the
/// files do wrong and WorldFault when the system fails.

namespace jicai::cli {

/// A rulebook and the price-ratio rule it names.
struct LoadedRules {
    rules::Rulebook rulebook;
    product::PriceRatioRule ratio_rule;
    std::string ratio_rule_digest;  ///< hex SHA-256 of the rule's canonical text

    [[nodiscard]] usecases::RuleSet set() const { return {rulebook, ratio_rule}; }
};

/// A round with the rules that decide it; values given for open points are applied.
struct LoadedRound {
    round::Round round;
    LoadedRules rules;
};

using LoadProgress = std::function<void(std::uint64_t bytes_done, std::uint64_t bytes_total)>;

/// `name` is a file (it has a slash, ends in .toml, or exists) or the id of a rulebook the program
/// carries.
[[nodiscard]] rules::Rulebook load_rulebook_named(const std::string& name);
[[nodiscard]] LoadedRules load_rules(const std::string& name);

/// The round of the folder, decided by `rulebook` or, where that is empty, by the one its
/// round.toml names.
[[nodiscard]] LoadedRound load_round(
    const Session& session, const std::string& rulebook, const LoadProgress& progress
);

/// The round of the folder, its regions those of any of the rulebooks, its classes and tie keys
/// checked against them.
[[nodiscard]] round::Round load_round_with(
    const Session& session,
    const std::vector<const rules::Rulebook*>& rulebooks,
    const LoadProgress& progress
);

/// The first of --rulebook, or empty.
[[nodiscard]] std::string chosen_rulebook(const Arguments& arguments);

/// Decides; refusals of the inputs become BadInput.
[[nodiscard]] decision::RoundDecision decide(const LoadedRound& loaded, bool trace);

/// Sets the open parameters of `rules` to the values the round gives. Faults become BadInput.
void apply_given_values(LoadedRules& rules, const round::Round& round);

}  // namespace jicai::cli
