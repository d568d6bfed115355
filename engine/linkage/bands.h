#pragma once

#include <engine/money/ratio.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Bands of a ratio, each bound open or closed as written: "(2..3] = 10" holds above 2 and up to 3,
/// "[10..) = red_3" from 10 on.

namespace jicai::linkage {

struct Band {
    money::Ratio low;
    bool low_included;
    std::optional<money::Ratio> high;  ///< nothing: no upper end
    bool high_included;
    std::string value;  ///< a percentage, or the word of a label
    std::string text;   ///< as written

    [[nodiscard]] bool holds(const money::Ratio& ratio) const;
};

/// Nothing when the text has not the form of a band or the band is empty.
[[nodiscard]] std::optional<Band> parse_band(std::string_view text);

/// The first band that holds, or null.
[[nodiscard]] const Band* find_band(const std::vector<Band>& bands, const money::Ratio& ratio);

/// The first text that is no band or overlaps, or stands before, an earlier one; nothing when all
/// are sound.
[[nodiscard]] std::optional<std::string> unsound_band(const std::vector<std::string>& texts);

}  // namespace jicai::linkage
