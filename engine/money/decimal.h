#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// \file
/// Strict decimal text to scaled integers and back. No exponent, sign only where allowed, no spaces, no
/// thousands separators, no currency signs, no locale.

namespace jicai::money {

/// Why a text is not a number we accept. Declared in order of precedence: the first that applies is returned.
enum class DecimalFault : std::uint8_t {
    empty = 1,
    exponent = 2,           ///< "1.2E+19": what a spreadsheet makes of a long number
    thousands_comma = 3,    ///< "1,234.50"
    currency_sign = 4,      ///< "¥12", "￥12", "12元", "$12"
    full_width = 5,         ///< "１２．５"
    surrounding_space = 6,  ///< blanks before, inside or after the digits
    sign = 7,               ///< "+5", or "-5" (negative numbers are refused everywhere this parser serves)
    not_a_number = 8,       ///< anything else that is not digits with at most one point between digits
    too_many_decimals = 9,  ///< more decimals than `decimals_max`, after trailing zeros are dropped
    too_large = 10,         ///< does not fit the type, or above the bound of the field
};

/// The value of `text` times 10^scale. Trailing zeros after the point never count as decimals
/// ("10086.00" has none). Never negative.
/// \pre 0 <= decimals_max <= scale <= 18
struct ScaledDecimal {
    std::int64_t scaled;
    std::optional<DecimalFault> fault;  ///< set: `scaled` is 0 and means nothing
};
[[nodiscard]] ScaledDecimal parse_scaled(std::string_view text, int scale, int decimals_max);

/// Shortest exact text of scaled / 10^scale: "3.6", "0.0348", "12", "-1.5".
[[nodiscard]] std::string format_shortest(std::int64_t scaled, int scale);

/// Text with exactly `decimals` decimals ("3.60"). \pre the value has no more decimals than that (CHECKed).
[[nodiscard]] std::string format_fixed(std::int64_t scaled, int scale, int decimals);

}  // namespace jicai::money
