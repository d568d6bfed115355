#pragma once

#include <catalogs/rule_set/rule_set.h>
#include <cli/session.h>
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

using LoadedRules = catalogs::RuleFiles;
using LoadedRound = catalogs::RuledRound;

/// What the use cases take; lives as long as `rules`.
[[nodiscard]] inline usecases::RuleSet rule_set(const LoadedRules& rules) {
    return {rules.rulebook, rules.ratio_rule};
}

using LoadProgress = std::function<void(std::uint64_t bytes_done, std::uint64_t bytes_total)>;

/// `name` is a file (it has a slash, ends in .toml, or exists) or the id of a rulebook the program
/// carries.
[[nodiscard]] bool looks_like_path(const std::string& name);
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

}  // namespace jicai::cli
