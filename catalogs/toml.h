#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <tuple>

/// \file
/// toml++ with one setting for all decoders, and the only way to call it. Version 3.3 meets some
/// malformed text with a broken precondition of its own instead of an error: table headers such as
/// "[[[" or "[&" (an assert), and characters such as U+3001 outside of quotes (unreachable code).
/// Its asserts are therefore always on and raise, and text outside of quotes is looked at first;
/// `parse_toml` makes both a syntax error like any other.

namespace jicai::catalogs::detail {

/// An assert of the parser failed.
class TomlParserGaveUp : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Throws TomlParserGaveUp.
[[noreturn]] inline void toml_parser_gave_up() {
    throw TomlParserGaveUp("precondition of the TOML parser");
}

}  // namespace jicai::catalogs::detail

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_UNRELEASED_FEATURES 0
#undef TOML_ASSERT
#define TOML_ASSERT(expr)                           \
    (static_cast<bool>(expr) ? static_cast<void>(0) \
                             : ::jicai::catalogs::detail::toml_parser_gave_up())
#pragma push_macro("NDEBUG")
#undef NDEBUG
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

namespace jicai::catalogs {

namespace detail {

/// Where the first byte above 127 outside of strings and comments stands; nothing when there is
/// none before the end or before a string that its line does not close (the parser says that
/// better).
inline std::optional<std::size_t> non_ascii_outside_quotes(std::string_view text) {
    std::size_t i = text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
    while (i < text.size()) {
        const char c = text[i];
        if (static_cast<unsigned char>(c) >= 0x80U) return i;
        if (c == '#') {
            i = text.find('\n', i);
            if (i == std::string_view::npos) return std::nullopt;
            continue;
        }
        if (c != '"' && c != '\'') {
            ++i;
            continue;
        }
        const bool several_lines =
            text.substr(i, 3) == std::string_view(c == '"' ? "\"\"\"" : "'''");
        const std::size_t quotes = several_lines ? 3 : 1;
        i += quotes;
        std::size_t run = 0;  // closing quotes seen in a row
        while (i < text.size() && run < quotes) {
            if (text[i] == '\n' && !several_lines) return std::nullopt;
            if (text[i] == '\\' && c == '"') {
                run = 0;
                i += 2;
                continue;
            }
            run = text[i] == c ? run + 1 : 0;
            ++i;
        }
        // Up to two more quotes belong to a string of several lines.
        while (several_lines && i < text.size() && text[i] == c) ++i;
    }
    return std::nullopt;
}

/// Line and column of a byte, both from 1; columns count characters.
inline toml::source_position position_of(std::string_view text, std::size_t offset) {
    toml::source_position position{1, 1};
    for (std::size_t i = 0; i < offset; ++i) {
        if (text[i] == '\n') {
            ++position.line;
            position.column = 1;
        } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
            ++position.column;
        }
    }
    return position;
}

/// Whether the line is a table header whose name cannot begin there: "[[[", "[&", "[".
inline bool is_malformed_header(std::string_view line) {
    const auto skip_blanks = [&line] {
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t'))
            line.remove_prefix(1);
    };
    skip_blanks();
    if (line.empty() || line.front() != '[') return false;
    line.remove_prefix(1);
    if (!line.empty() && line.front() == '[') line.remove_prefix(1);
    skip_blanks();
    if (line.empty()) return true;
    const char c = line.front();
    const bool name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '"' || c == '\'';
    return !name;
}

/// The first line with a malformed header, or the first line.
inline toml::source_position malformed_header(std::string_view text) {
    std::size_t begin = 0;
    for (toml::source_index line = 1; begin < text.size(); ++line) {
        const std::size_t end = text.find('\n', begin);
        if (is_malformed_header(text.substr(begin, end - begin))) return {line, 1};
        if (end == std::string_view::npos) break;
        begin = end + 1;
    }
    return {1, 1};
}

inline toml::parse_result parse_checked(std::string_view text) {
    try {
        return toml::parse(text);
    } catch (const TomlParserGaveUp&) {
        return toml::parse_result(
            toml::parse_error("Malformed table header", malformed_header(text))
        );
    }
}

}  // namespace detail

/// The document, or the first syntax error with its position. Never throws for any bytes.
[[nodiscard]] inline toml::parse_result parse_toml(std::string_view text) {
    const std::optional<std::size_t> offset = detail::non_ascii_outside_quotes(text);
    if (!offset) return detail::parse_checked(text);
    const toml::source_position position = detail::position_of(text, *offset);
    toml::parse_result before = detail::parse_checked(text.substr(0, *offset));
    if (!before) {
        const toml::source_position& earlier = before.error().source().begin;
        if (std::tie(earlier.line, earlier.column) < std::tie(position.line, position.column)) {
            return before;
        }
    }
    return toml::parse_result(toml::parse_error(
        "Only text in quotes and comments may hold characters other than ASCII", position
    ));
}

}  // namespace jicai::catalogs
