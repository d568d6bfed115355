#pragma once

#include <engine/money/price.h>
#include <engine/money/ratio.h>

#include <string>

namespace jicai::award {

/// A non-negative fraction of micro-yuan, exact: what a limit is before anything rounds it.
struct Fraction {
    money::Int128 numerator;
    money::Int128 denominator;  ///< > 0
};

/// factor x price, exactly.
[[nodiscard]] Fraction times(const money::Ratio& factor, const Fraction& price);
[[nodiscard]] inline Fraction fraction_of(money::Price price) {
    return {price.micro_yuan(), 1};
}
[[nodiscard]] int compare(const Fraction& left, const Fraction& right);
/// left - right. \pre left >= right
[[nodiscard]] Fraction minus(const Fraction& left, const Fraction& right);

/// Exact text in yuan: a decimal where there is one of at most 18 digits after the point, otherwise
/// "a/b".
[[nodiscard]] std::string yuan_text(const Fraction& price);

/// "49.995" for 49995 with 3 decimals; keeps the sign and the decimals.
[[nodiscard]] std::string percent_text(std::int64_t scaled, int decimals);

}  // namespace jicai::award
