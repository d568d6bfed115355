#pragma once

#include <catalogs/price_ratio_file/price_ratio_decoder.h>
#include <catalogs/shown_text.h>
#include <catalogs/toml.h>
#include <engine/money/price.h>
#include <engine/money/ratio.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Values of a TOML file with a fault at its place for each that is not as it must be; internal to
/// this library. Knows nothing of price ratios.

namespace jicai::catalogs::price_ratio {

using detail::joined;
using detail::shortened;
using Arguments = std::vector<std::pair<std::string, std::string>>;
using Words = std::vector<std::string_view>;

/// One table of the file, and what it is called in faults.
struct Owner {
    const toml::table* table;
    std::string name;
};

/// A value with its clause and evidence.
template <class T>
struct Sourced {
    T value;
    std::string clause;
    std::string evidence;
};

[[nodiscard]] Place place_of(const toml::source_position& position);
[[nodiscard]] Place place_of(const toml::node& node);
[[nodiscard]] Place place_of(const toml::key& key);

/// The scale of the rulebooks.
[[nodiscard]] const Words& evidence_words();

/// Each reading function returns nothing after a fault.
class ValueReader {
public:
    void fault(
        Place place,
        std::string subject,
        std::string key,
        Arguments arguments,
        std::string value = {}
    );

    /// A fault about the value at `node`: parameter, value and what `more` adds.
    void wrong(
        const toml::node& node, const std::string& subject, std::string key, Arguments more = {}
    );

    /// A fault for each key of the table that is not among `allowed`.
    void allow(const Owner& owner, const Words& allowed);

    /// The node of a key that must be there.
    const toml::node* required(const Owner& owner, std::string_view key);

    /// Not empty, no control characters.
    std::optional<std::string> text_of(const toml::node& node, const std::string& subject);

    std::optional<std::string> text(const Owner& owner, std::string_view key);

    std::optional<std::string> word(const Owner& owner, std::string_view key, const Words& allowed);

    std::optional<bool> flag_of(const toml::node& node, const std::string& subject);

    std::optional<bool> optional_flag(const Owner& owner, std::string_view key);

    /// A whole number from `least` to `most`.
    std::optional<std::int64_t> whole_of(
        const toml::node& node, const std::string& subject, std::int64_t least, std::int64_t most
    );

    /// Above 0, as text.
    std::optional<money::Ratio> ratio_of(const toml::node& node, const std::string& subject);

    /// In yuan, as text.
    std::optional<money::Price> price_of(const toml::node& node, const std::string& subject);

    /// Millilitres above 0, as text.
    std::optional<std::int64_t> nanolitres_of(const toml::node& node, const std::string& subject);

    /// { value, unit, clause, evidence }: `decode_value` makes the value from the table's "value".
    template <class T, class DecodeValue>
    std::optional<Sourced<T>> parameter(
        const Owner& owner,
        std::string_view key,
        std::string_view unit,
        const DecodeValue& decode_value,
        const Words& more_keys = {}
    ) {
        const toml::node* node = required(owner, key);
        if (node == nullptr) return {};
        const std::string subject = owner.name + "." + std::string(key);
        const toml::table* table = node->as_table();
        if (table == nullptr) {
            wrong(*node, subject, "fault.price_ratio.expected_parameter");
            return {};
        }
        const Owner inner{table, subject};
        Words allowed{"value", "unit", "clause", "evidence"};
        allowed.insert(allowed.end(), more_keys.begin(), more_keys.end());
        allow(inner, allowed);
        check_unit(inner, unit);
        auto clause = text(inner, "clause");
        auto evidence = word(inner, "evidence", evidence_words());
        const toml::node* value_node = required(inner, "value");
        if (value_node == nullptr) return {};
        std::optional<T> value = decode_value(inner, *value_node, subject);
        if (!value || !clause || !evidence) return {};
        return Sourced<T>{std::move(*value), std::move(*clause), std::move(*evidence)};
    }

    /// The key `unit` must say `expected`.
    void check_unit(const Owner& owner, std::string_view expected);

    /// For `parameter`.
    auto as_ratio() {
        return [this](const Owner&, const toml::node& node, const std::string& subject) {
            return ratio_of(node, subject);
        };
    }

    auto as_price() {
        return [this](const Owner&, const toml::node& node, const std::string& subject) {
            return price_of(node, subject);
        };
    }

    auto as_nanolitres() {
        return [this](const Owner&, const toml::node& node, const std::string& subject) {
            return nanolitres_of(node, subject);
        };
    }

    auto as_flag() {
        return [this](const Owner&, const toml::node& node, const std::string& subject) {
            return flag_of(node, subject);
        };
    }

    /// The table of a key that must be there, with no other keys than `allowed`.
    std::optional<Owner> section(const Owner& root, std::string_view key, const Words& allowed);

    /// The tables of [[key]]; at least one.
    std::vector<Owner> entries(const Owner& root, std::string_view key);

    /// The list of names under `aliases`, which may be absent.
    std::vector<std::string> aliases(const Owner& owner);

    /// Of all calls so far, in order.
    [[nodiscard]] std::vector<PlacedFault> take_faults() { return std::move(faults_); }

private:
    std::vector<PlacedFault> faults_;
};

}  // namespace jicai::catalogs::price_ratio
