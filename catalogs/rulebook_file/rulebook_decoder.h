#pragma once

#include <catalogs/parameter_file/findings.h>
#include <engine/rules/rulebook.h>

#include <string_view>

/// \file
/// The walk over a rulebook's TOML tables; internal to this library.

namespace jicai::catalogs::detail {

struct DecodedRulebook {
    rules::Rulebook rulebook;  ///< what could be decoded; complete only without faults
    Findings findings;
};

/// All faults of the form; what contradicts what is not asked here.
[[nodiscard]] DecodedRulebook decode_rulebook(std::string_view toml);

}  // namespace jicai::catalogs::detail
