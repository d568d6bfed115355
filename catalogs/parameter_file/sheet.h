#pragma once

#include <catalogs/parameter_file/findings.h>
#include <catalogs/toml.h>
#include <engine/rules/parameter.h>

#include <algorithm>
#include <utility>

/// \file
/// Where a decoder notes what it finds in TOML tables.

namespace jicai::catalogs::detail {

using Arguments = std::vector<std::pair<std::string, std::string>>;

inline Place place_of(const toml::source_position& position) {
    return {std::max<std::uint64_t>(position.line, 1), std::max<std::uint64_t>(position.column, 1)};
}
inline Place place_of(const toml::node& node) {
    return place_of(node.source().begin);
}
inline Place place_of(const toml::key& key) {
    return place_of(key.source().begin);
}

inline constexpr std::size_t kValueBytesMax = 80;

inline std::string shortened(std::string text) {
    if (text.size() <= kValueBytesMax) return text;
    std::size_t end = kValueBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text + "…";
}

/// The characters of `line` from `begin` (from 1) up to, not including, `end`.
inline std::string_view characters_between(
    std::string_view line, std::uint64_t begin, std::uint64_t end
) {
    std::uint64_t column = 0;
    std::size_t from = line.size();
    for (std::size_t i = 0; i < line.size(); ++i) {
        if ((static_cast<unsigned char>(line[i]) & 0xC0U) == 0x80U) continue;
        ++column;
        if (column == begin) from = i;
        if (column == end) return from < i ? line.substr(from, i - from) : std::string_view();
    }
    return line.substr(from);
}

inline bool has_control_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20U || c == 0x7F;
    });
}

template <class Names>
inline std::string joined_words(const Names& names) {
    std::string words;
    for (const auto& entry : names) {
        if (!words.empty()) words += ", ";
        words += entry.second;
    }
    return words;
}

/// Collects faults and places; knows nothing of what the parameters mean.
class Sheet {
public:
    Sheet(Findings& out, std::string_view source) : out_(out), lines_(lines_of(source)) {}

    /// A value as it stands in the file; of one over several lines, "[…]" or "{…}".
    [[nodiscard]] std::string node_text(const toml::node& node) const {
        if (const auto* text = node.as_string()) return shortened(text->get());
        const toml::source_region& region = node.source();
        const bool one_line = region.begin.line == region.end.line && region.begin.line >= 1 &&
                              region.begin.line <= lines_.size();
        const std::string_view line = one_line ? lines_[region.begin.line - 1] : std::string_view();
        if (line.size() <= kSourceLineBytesMax) {
            std::string written(characters_between(line, region.begin.column, region.end.column));
            if (!written.empty()) return shortened(std::move(written));
        }
        return node.is_array() ? "[…]" : "{…}";
    }

    void fault(
        Place place,
        std::string subject,
        std::string key,
        Arguments arguments,
        std::string value = {}
    ) {
        out_.faults.push_back(
            {place, std::move(subject), std::move(value), {std::move(key), std::move(arguments)}}
        );
    }

    /// A fault about a value of the wrong kind; `key` says which kind is expected.
    void wrong_kind(const toml::node& node, const std::string& subject, std::string key) {
        const std::string actual = node_text(node);
        fault(
            place_of(node),
            subject,
            std::move(key),
            {{"parameter", subject}, {"value", actual}},
            actual
        );
    }

    void remember(const std::string& path, Place place) { out_.places.emplace(path, place); }

    /// A non-empty text without control characters. Nothing, and a fault, otherwise.
    std::optional<std::string> text(const toml::node& node, const std::string& subject) {
        const auto* text = node.as_string();
        if (text == nullptr) {
            wrong_kind(node, subject, "fault.rulebook.expected_text");
            return std::nullopt;
        }
        if (text->get().empty() || has_control_character(text->get())) {
            wrong_kind(node, subject, "fault.rulebook.text_empty_or_control");
            return std::nullopt;
        }
        return text->get();
    }

    std::optional<std::string> required_text(
        const toml::table& table, const std::string& owner, std::string_view name
    ) {
        const toml::node* node = table.get(name);
        if (node == nullptr) {
            key_missing(table, owner, name);
            return std::nullopt;
        }
        return text(*node, owner + '.' + std::string(name));
    }

    void key_missing(const toml::table& table, const std::string& owner, std::string_view name) {
        fault(
            place_of(table),
            owner,
            "fault.rulebook.key_missing",
            {{"owner", owner}, {"key", std::string(name)}}
        );
    }

    void unknown_keys(
        const toml::table& table,
        const std::string& owner,
        const std::vector<std::string_view>& known
    ) {
        for (const auto& [key, node] : table) {
            if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
            std::string allowed;
            for (const std::string_view name : known) {
                if (!allowed.empty()) allowed += ", ";
                allowed += name;
            }
            const std::string written = shortened(std::string(key.str()));
            fault(
                place_of(key),
                owner,
                "fault.rulebook.unknown_key",
                {{"owner", owner}, {"key", written}, {"allowed", allowed}},
                written
            );
        }
    }

    template <class E>
    std::optional<E> word(const toml::node& node, const std::string& subject) {
        const auto* text = node.as_string();
        if (text == nullptr) {
            wrong_kind(node, subject, "fault.rulebook.expected_word");
            return std::nullopt;
        }
        const std::optional<E> value = rules::enum_from_word<E>(text->get());
        if (!value) {
            const std::string written = shortened(text->get());
            fault(
                place_of(node),
                subject,
                "fault.rulebook.word_unknown",
                {{"parameter", subject},
                 {"value", written},
                 {"allowed", joined_words(rules::EnumNames<E>::names)}},
                written
            );
        }
        return value;
    }

    /// Evidence of a value that stands in a rulebook file.
    std::optional<rules::Evidence> evidence(const toml::table& table, const std::string& subject) {
        const toml::node* node = table.get("evidence");
        if (node == nullptr) {
            fault(
                place_of(table),
                subject,
                "fault.rulebook.evidence_missing",
                {{"parameter", subject}}
            );
            return std::nullopt;
        }
        const auto* text = node->as_string();
        const std::optional<rules::Evidence> value =
            text == nullptr ? std::nullopt : rules::enum_from_word<rules::Evidence>(text->get());
        if (value == rules::Evidence::given) {
            fault(
                place_of(*node),
                subject,
                "fault.rulebook.evidence_given",
                {{"parameter", subject}},
                "given"
            );
            return std::nullopt;
        }
        if (!value) {
            const std::string written = node_text(*node);
            fault(
                place_of(*node),
                subject,
                "fault.rulebook.word_unknown",
                {{"parameter", subject + ".evidence"},
                 {"value", written},
                 {"allowed", "official, replay, secondary, reported, assumed"}},
                written
            );
        }
        return value;
    }

    std::optional<std::string> clause(const toml::table& table, const std::string& subject) {
        const toml::node* node = table.get("clause");
        if (node == nullptr) {
            fault(
                place_of(table), subject, "fault.rulebook.clause_missing", {{"parameter", subject}}
            );
            return std::nullopt;
        }
        return text(*node, subject + ".clause");
    }

    void out_of_range(
        const toml::node& node,
        const std::string& subject,
        std::string low,
        std::string high,
        std::string unit
    ) {
        const std::string written = node_text(node);
        fault(
            place_of(node),
            subject,
            "fault.rulebook.out_of_range",
            {{"parameter", subject},
             {"value", written},
             {"low", std::move(low)},
             {"high", std::move(high)},
             {"unit", std::move(unit)}},
            written
        );
    }

private:
    Findings& out_;
    std::vector<std::string_view> lines_;
};

}  // namespace jicai::catalogs::detail
