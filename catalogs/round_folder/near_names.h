#pragma once

#include <string_view>

/// \file
/// Names that were probably meant to be other names.

namespace jicai::catalogs::round_folder {

/// Whether `written` is not `name` but nearly: in lower case they differ by at most two characters
/// inserted, left out or replaced, and by at most one for every three characters of `name`.
[[nodiscard]] bool nearly_same(std::string_view written, std::string_view name);

}  // namespace jicai::catalogs::round_folder
