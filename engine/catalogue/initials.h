#pragma once

#include <string>
#include <string_view>

namespace jicai::catalogue {

/// Makes the pinyin initials of a name: "阿托伐他汀" is "atftt". catalogs/initials has the only
/// one; the engine does not see it.
using Initials = std::string (*)(std::string_view name);

}  // namespace jicai::catalogue
