#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// \file
/// How wide a text stands on a terminal: Chinese characters and full-width signs take two cells,
/// combining marks none.

namespace jicai::reports {

/// Cells of `text` (UTF-8). Bytes that are no character count one each. Characters of ambiguous
/// width (×, ≤, “) count one.
[[nodiscard]] std::size_t display_width(std::string_view text);

enum class Align { left, right };

/// `text` filled up with blanks to `width` cells; wider text is left as it is.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width, Align align);

}  // namespace jicai::reports
