#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <engine/money/check.h>

namespace jicai::money {

using Int128 = __int128;

/// An exact non-negative rational, kept in lowest terms, denominator positive. Compared by
/// cross-multiplication in 128 bits, never by division.
class Ratio {
public:
    /// \pre numerator >= 0, denominator > 0 (CHECKed)
    Ratio(std::int64_t numerator, std::int64_t denominator);
    /// Only whole numbers: anything but integers does not compile.
    template <class N, class D>
        requires(!std::integral<N> || !std::integral<D>)
    Ratio(N, D) = delete;

    [[nodiscard]] std::int64_t numerator() const { return numerator_; }
    [[nodiscard]] std::int64_t denominator() const { return denominator_; }

    /// "1.8" -> 9/5, "2/3" -> 2/3. At most 12 digits after the point. Nothing on any other text.
    [[nodiscard]] static std::optional<Ratio> parse(std::string_view text);

    /// Exact decimal text when there is one of at most 12 decimals ("1.8"), otherwise "2/3"; `parse` reads it back.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const Ratio&, const Ratio&) = default;
    friend std::strong_ordering operator<=>(const Ratio& left, const Ratio& right) {
        return Int128{left.numerator_} * right.denominator_ <=>
               Int128{right.numerator_} * left.denominator_;
    }

private:
    std::int64_t numerator_;
    std::int64_t denominator_;
};

}  // namespace jicai::money
