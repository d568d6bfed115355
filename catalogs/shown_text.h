#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

/// \file
/// How decoders quote what a person wrote.

namespace jicai::catalogs::detail {

/// A value for a message: at most 80 bytes of it, cut between characters; control characters as
/// "?".
inline std::string shortened(std::string text) {
    constexpr std::size_t kBytesMax = 80;
    std::size_t end = std::min(text.size(), kBytesMax);
    const bool cut = end < text.size();
    while (cut && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F) c = '?';
    }
    return cut ? text + "…" : text;
}

/// What is allowed: "official, replay, secondary".
template <typename Words>
std::string joined(const Words& words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!text.empty()) text += ", ";
        text += word;
    }
    return text;
}

}  // namespace jicai::catalogs::detail
