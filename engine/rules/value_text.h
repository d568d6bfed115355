#pragma once

#include <engine/rules/parameter.h>

#include <optional>
#include <string>
#include <string_view>

/// \file
/// The canonical text of a parameter's value, and back. The text is exact and the same on every
/// machine; it stands in the canonical form of a rulebook, in flat lists, in differences and in the
/// `given` values of a round.
///
/// | type         | canonical text          |
/// | ------------ | ----------------------- |
/// | Flag         | true, false             |
/// | a word       | half_up, <=             |
/// | Count        | 1                       |
/// | Ratio        | 1.8, 2/3                |
/// | Price        | 0.1 (yuan)              |
/// | Rounding     | half_up 4               |
/// | PercentBound | 50.00 (two decimals)    |
/// | CountTable   | 1=1, 2=2, 9+=6          |
/// | TextList     | 北京|天津               |

namespace jicai::rules {

/// "true", "false".
[[nodiscard]] std::string value_text(Flag value);
/// "1".
[[nodiscard]] std::string value_text(Count value);
/// "1.8"; "2/3" where no decimal of at most 12 places is exact.
[[nodiscard]] std::string value_text(const money::Ratio& value);
/// Yuan: "0.1".
[[nodiscard]] std::string value_text(money::Price value);
/// "half_up 4".
[[nodiscard]] std::string value_text(const money::Rounding& value);
/// "50.00": as many decimals as the compared percentage keeps.
[[nodiscard]] std::string value_text(const PercentBound& value);
/// "1=1, 2=2, 9+=6".
[[nodiscard]] std::string value_text(const CountTable<Count>& value);
/// "北京|天津".
[[nodiscard]] std::string value_text(const TextList& value);
/// The text itself.
[[nodiscard]] std::string value_text(const std::string& value);

/// The word of an enumerator.
template <class E>
requires std::is_enum_v<E>
[[nodiscard]] std::string value_text(E value) {
    return std::string(enum_word(value));
}

/// The value of a canonical text; nothing when the text has not that form or the value is out of
/// the bounds of `unit` (percent 0-100, ratio above 0 and at most 1000, decimals 0-6, years 1-50,
/// counts 0-1000; rows of a table contiguous from 1). Tolerates TOML's quotes, brackets and braces
/// around and inside the text ("{ 1 = 50, \"2+\" = 60 }").
template <class T>
[[nodiscard]] std::optional<T> parse_value(std::string_view text, std::string_view unit);

template <>
std::optional<Flag> parse_value<Flag>(std::string_view text, std::string_view unit);
template <>
std::optional<Count> parse_value<Count>(std::string_view text, std::string_view unit);
template <>
std::optional<money::Ratio> parse_value<money::Ratio>(std::string_view text, std::string_view unit);
template <>
std::optional<money::Price> parse_value<money::Price>(std::string_view text, std::string_view unit);
template <>
std::optional<money::Rounding> parse_value<money::Rounding>(
    std::string_view text, std::string_view unit
);
template <>
std::optional<PercentBound> parse_value<PercentBound>(std::string_view text, std::string_view unit);
template <>
std::optional<CountTable<Count>> parse_value<CountTable<Count>>(
    std::string_view text, std::string_view unit
);
template <>
std::optional<TextList> parse_value<TextList>(std::string_view text, std::string_view unit);
template <>
std::optional<std::string> parse_value<std::string>(std::string_view text, std::string_view unit);

/// `text` without blanks and one pair of TOML quotes around it.
[[nodiscard]] std::string_view without_quotes(std::string_view text);

/// The enumerator of a word, quoted or not; nothing for any other text.
template <class E>
requires std::is_enum_v<E>
[[nodiscard]] std::optional<E> parse_word(std::string_view text) {
    return enum_from_word<E>(without_quotes(text));
}

/// Smallest and largest whole number a value of that unit may have: of a single count or of the
/// values of a count table.
struct CountBounds {
    Count low;
    Count high;
};
[[nodiscard]] CountBounds count_bounds(std::string_view unit);

/// Whether `value` is a ratio a rule may use: above 0, at most kRatioMax.
inline constexpr std::int64_t kRatioMax = 1000;
[[nodiscard]] bool ratio_in_bounds(const money::Ratio& value);

inline constexpr int kDecimalsMax = 6;

/// A row key of a count table: "3" or, open-ended, "9+". Nothing for any other text ("03", "0",
/// "a").
struct CountRowKey {
    Count count;
    bool open_ended;
};
[[nodiscard]] std::optional<CountRowKey> parse_count_row_key(std::string_view text);

}  // namespace jicai::rules
