#pragma once

#include <string>
#include <string_view>

/// \file
/// By what people find a name: the first letter of each character's pinyin.

namespace jicai::catalogs {

/// The initials of a name in lower case: "阿托伐他汀" is "atftt", "重庆市" "cqs". Latin letters and
/// digits stay, everything else is left out. Readings are those of ICU; characters with several
/// readings follow a table of the words the trade uses (人参, 重组, 长春 …).
[[nodiscard]] std::string initials_of(std::string_view name);

}  // namespace jicai::catalogs
