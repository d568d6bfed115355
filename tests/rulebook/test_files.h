#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace jicai::test {

inline std::filesystem::path source_path(std::string_view relative) {
    return std::filesystem::path(JICAI_SOURCE_DIR) / relative;
}

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// `text` with the one occurrence of `from` replaced; throws when there is not exactly one.
inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    if (at == std::string::npos || text.find(from, at + 1) != std::string::npos) {
        throw std::logic_error("not exactly once: " + std::string(from));
    }
    return text.replace(at, from.size(), to);
}

}  // namespace jicai::test
