#pragma once

#include <engine/money/price.h>
#include <engine/money/ratio.h>
#include <engine/money/rounding.h>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A typed rulebook parameter: value, unit, clause and evidence. No file format.

namespace jicai::rules {

/// How well a value is evidenced. One scale everywhere (docs/GLOSSARY.md).
enum class Evidence : std::uint8_t {
    official = 1,   ///< text or table of the office
    replay = 2,     ///< the text is silent, published results settle it
    secondary = 3,  ///< reputable source
    reported = 4,   ///< unverified
    assumed = 5,    ///< our choice
    given = 6,      ///< entered for this round by its officers
};

/// One value of a rulebook. `value` is empty when the point is open: a run that needs it stops and
/// names it.
template <class T>
struct Parameter {
    std::optional<T> value;
    std::string unit;    ///< as written; the expected one is checked by the loader
    std::string clause;  ///< "6.4", "P1-1(2)3", "text silent"
    Evidence evidence = Evidence::official;
    bool present = false;  ///< false: the rulebook does not name an optional parameter at all
};

/// Text of every enumerator, for decoding and showing. Specialised next to each enum.
template <class E>
struct EnumNames;  // static constexpr std::array<std::pair<E, std::string_view>, N> names

/// The word of an enumerator, as rulebooks write it.
template <class E>
[[nodiscard]] constexpr std::string_view enum_word(E value) {
    for (const auto& [candidate, word] : EnumNames<E>::names) {
        if (candidate == value) return word;
    }
    return {};
}

/// The enumerator of a word, or nothing.
template <class E>
[[nodiscard]] constexpr std::optional<E> enum_from_word(std::string_view word) {
    for (const auto& [candidate, candidate_word] : EnumNames<E>::names) {
        if (candidate_word == word) return candidate;
    }
    return std::nullopt;
}

template <>
struct EnumNames<Evidence> {
    static constexpr std::array<std::pair<Evidence, std::string_view>, 6> names{
        {{Evidence::official, "official"},
         {Evidence::replay, "replay"},
         {Evidence::secondary, "secondary"},
         {Evidence::reported, "reported"},
         {Evidence::assumed, "assumed"},
         {Evidence::given, "given"}}};
};

template <>
struct EnumNames<money::RoundingMode> {
    static constexpr std::array<std::pair<money::RoundingMode, std::string_view>, 4> names{
        {{money::RoundingMode::half_up, "half_up"},
         {money::RoundingMode::half_even, "half_even"},
         {money::RoundingMode::down, "down"},
         {money::RoundingMode::up, "up"}}};
};

enum class Comparison : std::uint8_t { less, less_or_equal };
template <>
struct EnumNames<Comparison> {
    static constexpr std::array<std::pair<Comparison, std::string_view>, 2> names{
        {{Comparison::less, "<"}, {Comparison::less_or_equal, "<="}}};
};

/// A percent bound with the decimals the compared percentage is rounded to, half up, before
/// comparing.
struct PercentBound {
    money::Ratio percent;
    int decimals;
    friend bool operator==(const PercentBound&, const PercentBound&) = default;
};

/// A table from a count (bidders, winners) to a value. Rows are contiguous from `from`; the last
/// row holds for every larger count when `open_ended`. A count outside the table is a refusal of
/// the run, never a guess.
template <class T>
struct CountTable {
    std::int64_t from = 1;
    std::vector<T> rows;
    bool open_ended = true;

    [[nodiscard]] const T* find(std::int64_t count) const {
        if (count < from || rows.empty()) return nullptr;
        const auto index = static_cast<std::size_t>(count - from);
        if (index < rows.size()) return &rows[index];
        return open_ended ? &rows.back() : nullptr;
    }
    friend bool operator==(const CountTable&, const CountTable&) = default;
};

using Flag = bool;
using Count = std::int64_t;
using TextList = std::vector<std::string>;

}  // namespace jicai::rules
