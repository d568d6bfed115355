#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jicai::web {

/// The address of a request, decoded.
struct Target {
    std::vector<std::string> segments;                       ///< of the path, decoded; of "/" none
    std::string path;                                        ///< decoded: "/api/rounds"
    std::vector<std::pair<std::string, std::string>> query;  ///< in order; names may repeat
};

/// Reads a request target that begins with '/'. English words for what is wrong: a bad percent
/// sign, a control character, bytes that are not UTF-8, ".", ".." or nothing between slashes, a
/// slash or backslash inside a segment.
[[nodiscard]] std::optional<std::string> read_target(std::string_view target, Target& out);

/// Whether the bytes are UTF-8 (no overlong forms, no surrogates).
[[nodiscard]] bool is_utf8(std::string_view bytes);

}  // namespace jicai::web
