#pragma once

#include <engine/rules/rulebook.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What makes a rulebook impossible to follow although each of its values is well formed: stages in
/// an order in which one needs what only a later one provides, and entries that contradict each
/// other or can never take effect.

namespace jicai::rules {

/// What a kind of stage needs of the stages before it.
struct StageNeeds {
    std::string_view kind;
    std::vector<std::string_view> needs;  ///< kinds that must stand, and before it
    std::vector<std::string_view> after;  ///< kinds that, where they stand, must stand before it
    bool repeats;                         ///< may stand more than once
    bool required;                        ///< must stand in every rulebook of kind "drug"
};

/// One row per stage kind, in the order rulebooks are usually written. The table is printed in
/// docs/rulebooks.md.
[[nodiscard]] const std::vector<StageNeeds>& stage_needs();

/// One contradiction: a message key of the catalogue with its arguments, and where.
struct Contradiction {
    std::string key;   ///< "fault.rulebook.entrants_above_bidders"
    std::string path;  ///< of the parameter, or the stage key, or "rulebook" as a whole
    std::string item;  ///< row of a count table; empty elsewhere
    std::vector<std::pair<std::string, std::string>> arguments;
};

/// All of them, in the order of the stages.
[[nodiscard]] std::vector<Contradiction> contradictions(const Rulebook& rulebook);

}  // namespace jicai::rules
