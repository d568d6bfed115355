#pragma once

#include <catalogs/fault.h>
#include <catalogs/round_folder/load_round_folder.h>
#include <engine/decision/message.h>
#include <engine/product/price_ratio.h>
#include <engine/round/round.h>
#include <engine/rules/rulebook.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Everything a round is decided by, found and read: its rulebook, the price-ratio rule that names,
/// the round itself, checked against the rulebook, and the values given for its open points. One
/// way for the command line and the service.

namespace jicai::catalogs {

/// A rulebook and the price-ratio rule it names.
struct RuleFiles {
    rules::Rulebook rulebook;
    product::PriceRatioRule ratio_rule;
    std::string ratio_rule_digest;  ///< hex SHA-256 of the rule's canonical text
};

/// A round with the rules that decide it; values given for open points are applied.
struct RuledRound {
    round::Round round;
    RuleFiles rules;
};

/// What the files do wrong, or what we do not carry. One of the two lists is empty.
struct FilesRefused {
    std::vector<Fault> faults;
    std::vector<decision::Message> refusals;
};

/// Exactly one of the two.
template <class Value>
struct FilesRead {
    std::optional<Value> value;
    FilesRefused refused;
};

/// Ids of the rulebooks the binary carries, joined for a message.
[[nodiscard]] std::string known_rulebooks();

/// The rulebook in `toml` and the price-ratio rule it names, which must be one the binary carries
/// (usage.price_ratio_unknown). `file_name` is only named in faults.
[[nodiscard]] FilesRead<RuleFiles> read_rules(std::string_view toml, const std::string& file_name);

/// The same for a rulebook the binary carries; for any other id usage.rulebook_unknown.
[[nodiscard]] FilesRead<RuleFiles> find_rules(const std::string& id);

/// The round, its regions those of any of the rulebooks (added to options.regions), its classes and
/// tie keys checked against them.
[[nodiscard]] FilesRead<round::Round> read_round(
    const FolderSource& source,
    const std::vector<const rules::Rulebook*>& rulebooks,
    const LoadOptions& options
);

/// Sets the open parameters of `rules` to the values the round gives. Empty when all are taken.
[[nodiscard]] std::vector<Fault> apply_given(RuleFiles& rules, const round::Round& round);

/// The round of the folder, decided by `rules`; values it gives are applied.
[[nodiscard]] FilesRead<RuledRound> read_round_under(
    const FolderSource& source, RuleFiles rules, const LoadOptions& options
);

/// The round of the folder, decided by the rulebook its round.toml names. When round.toml has
/// faults, the faults of all files; for a rulebook the binary does not carry
/// usage.round_rulebook_unknown.
[[nodiscard]] FilesRead<RuledRound> read_ruled_round(
    const FolderSource& source, const LoadOptions& options
);

}  // namespace jicai::catalogs
