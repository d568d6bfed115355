#pragma once

#include <catalogs/round_folder/text_table.h>
#include <catalogs/sha256/sha256.h>
#include <catalogs/toml.h>
#include <engine/round/round.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// A small TOML file of a folder: its values, its faults with carets, its canonical lines. Includes
/// toml++: for sources only.

namespace jicai::catalogs::round_folder {

inline constexpr std::size_t kSourceLineBytesMax = 10'000;

inline std::string_view line_of(std::string_view text, std::size_t line) {
    std::size_t begin = 0;
    for (std::size_t i = 1; i < line; ++i) {
        begin = text.find('\n', begin);
        if (begin == std::string_view::npos) return {};
        ++begin;
    }
    std::string_view found = text.substr(begin, text.find('\n', begin) - begin);
    if (!found.empty() && found.back() == '\r') found.remove_suffix(1);
    return found.substr(0, kSourceLineBytesMax);
}

/// Text of a string as a TOML basic string.
inline std::string basic_string_text(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < 0x20 || byte == 0x7F) {
            out += "\\u00";
            out.push_back(kDigits[byte >> 4U]);
            out.push_back(kDigits[byte & 15U]);
        } else {
            out.push_back(c);
        }
    }
    return out + "\"";
}

inline std::string key_text(std::string_view key) {
    const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    });
    return bare ? std::string(key) : basic_string_text(key);
}

template <class T>
std::string streamed(const T& value) {
    std::ostringstream out;
    out << value;
    return out.str();
}

/// A TOML file being read: its text for carets, its faults, its canonical lines.
class TomlFile {
public:
    TomlFile(std::string_view text, FaultList& faults) : text_(text), faults_(faults) {
        toml::parse_result parsed = parse_toml(text);
        if (parsed) {
            table_ = std::move(parsed).table();
            return;
        }
        const toml::parse_error& error = parsed.error();
        add(FaultKind::round_toml_syntax,
            error.source(),
            {},
            {},
            {{"detail", std::string(error.description())}});
    }

    [[nodiscard]] const toml::table* table() const { return table_ ? &*table_ : nullptr; }

    void add(
        FaultKind kind,
        const toml::source_region& where,
        std::string_view key,
        std::string_view value,
        FaultArguments arguments = {}
    ) {
        add_keyed(fault_key(kind), where, key, value, arguments);
    }

    /// `message`: a whole message key.
    void add_keyed(
        std::string_view message,
        const toml::source_region& where,
        std::string_view key,
        std::string_view value,
        FaultArguments arguments = {}
    ) {
        Fault fault;
        fault.row = where.begin.line;
        fault.column_number = where.begin.column;
        fault.column = shown(key);
        fault.value = shown(value);
        if (fault.row > 0) fault.source_line = shown_line(line_of(text_, where.begin.line));
        faults_.add_at(message, std::move(fault), arguments);
    }

    void unknown_key(const toml::key& key, std::string_view path, std::string_view allowed) {
        add(FaultKind::round_toml_key_unknown,
            key.source(),
            path,
            key.str(),
            {{"allowed", std::string(allowed)}});
    }

    /// The canonical text of a value; inexact numbers are faulted.
    std::string canonical(const toml::node& node, std::string_view path) {
        if (const auto* text = node.as_string()) return basic_string_text(text->get());
        if (const auto* number = node.as_integer()) return std::to_string(number->get());
        if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
        if (const auto* date = node.as_date()) return streamed(date->get());
        if (const auto* time = node.as_time()) return streamed(time->get());
        if (const auto* moment = node.as_date_time()) return streamed(moment->get());
        if (const auto* array = node.as_array()) return canonical_array(*array, path);
        if (const auto* table = node.as_table()) return canonical_table(*table, path);
        add(FaultKind::round_toml_inexact_number, node.source(), path, source_of(node));
        return {};
    }

    void add_line(const std::string& key, const std::string& value) {
        lines_.push_back(key + "=" + value + "\n");
    }

    [[nodiscard]] round::InputFile digest() {
        std::sort(lines_.begin(), lines_.end());
        Sha256 digest;
        for (const std::string& line : lines_) digest.update(line);
        return {faults_.file(), digest.hex(), lines_.size()};
    }

private:
    std::string canonical_array(const toml::array& array, std::string_view path) {
        std::string text = "[";
        for (const toml::node& element : array) {
            if (text.size() > 1) text += ", ";
            text += canonical(element, path);
        }
        return text + "]";
    }

    std::string canonical_table(const toml::table& table, std::string_view path) {
        std::map<std::string, std::string> entries;
        for (auto&& [key, value] : table) {
            entries.emplace(key_text(key.str()), canonical(value, path));
        }
        std::string text = "{";
        for (const auto& [key, value] : entries) {
            text += (text.size() > 1 ? ", " : " ") + key + " = " + value;
        }
        return text + (entries.empty() ? "}" : " }");
    }

    std::string source_of(const toml::node& node) const {
        const toml::source_region& where = node.source();
        const std::string_view line = line_of(text_, where.begin.line);
        if (where.begin.line != where.end.line || where.begin.column == 0) return {};
        const std::size_t begin = std::min<std::size_t>(where.begin.column - 1, line.size());
        return std::string(line.substr(begin, where.end.column - where.begin.column));
    }

    static std::string shown_line(std::string_view line) {
        std::string text(line);
        std::replace_if(
            text.begin(),
            text.end(),
            [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
            ' '
        );
        return text;
    }

    std::string_view text_;
    FaultList& faults_;
    std::optional<toml::table> table_;
    std::vector<std::string> lines_;
};

/// A key missing from the file itself has no place in it.
inline void missing_key(TomlFile& file, const toml::table& table, std::string_view key) {
    const bool whole_file = &table == file.table();
    const toml::source_region where = whole_file ? toml::source_region{} : table.source();
    file.add(FaultKind::round_toml_key_missing, where, key, {});
}

/// A text that says something, or nothing with a fault.
inline std::string required_text(
    TomlFile& file, const toml::table& table, std::string_view key, std::string_view path
) {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        missing_key(file, table, path);
        return {};
    }
    const auto* text = node->as_string();
    if (text != nullptr && !text->get().empty() && text->get().size() <= kTomlTextBytesMax) {
        return text->get();
    }
    file.add(
        FaultKind::round_toml_not_text,
        node->source(),
        path,
        {},
        {{"bytes_max", std::to_string(kTomlTextBytesMax)}}
    );
    return {};
}

}  // namespace jicai::catalogs::round_folder
