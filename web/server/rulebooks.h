#pragma once

#include <engine/rules/rulebook.h>

#include <string>
#include <string_view>
#include <vector>

namespace jicai::web {

/// A rulebook the binary carries.
struct KnownRulebook {
    rules::Rulebook rulebook;
    std::string_view toml;  ///< its file
};

/// All of them by id, read on first use.
[[nodiscard]] const std::vector<KnownRulebook>& known_rulebooks();
/// Refused with rulebook.not_found.
[[nodiscard]] const KnownRulebook& rulebook_named(const std::string& id);

}  // namespace jicai::web
