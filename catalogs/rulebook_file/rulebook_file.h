#pragma once

#include <catalogs/fault.h>
#include <engine/round/round.h>
#include <engine/rules/rulebook.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Decodes rulebook files. The form is described in docs/rulebooks.md.

namespace jicai::catalogs {

struct LoadedRulebook {
    std::optional<rules::Rulebook>
        rulebook;               ///< set exactly when there is no fault; its digest is set
    std::vector<Fault> faults;  ///< by line, then column; each with its source line
};

/// Larger files are refused unread.
inline constexpr std::size_t kRulebookBytesMax = 1024 * 1024;

/// All faults of the file are found in one pass (after a syntax error of TOML, that one alone).
/// `file_name` is only named in faults. Source lines longer than 10,000 bytes are left out of a
/// fault.
[[nodiscard]] LoadedRulebook load_rulebook(std::string_view toml, std::string file_name);

/// Sets the open parameters of `rulebook` to the values a round gives for them
/// (rules::apply_given); every refused one is a fault naming the parameter, its clause and, when it
/// is not open, its value. With any fault the rulebook is left as it was.
[[nodiscard]] std::vector<Fault> apply_given(
    rules::Rulebook& rulebook,
    const std::vector<round::GivenParameter>& given,
    const std::string& file_name
);

}  // namespace jicai::catalogs
