#pragma once

#include <engine/money/ratio.h>

#include <boost/multiprecision/cpp_int.hpp>

/// \file
/// Whole numbers and fractions of any size, without expression templates.

namespace jicai::product {

using BigInt =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;
using BigRational = boost::multiprecision::number<
    boost::multiprecision::rational_adaptor<boost::multiprecision::cpp_int_backend<>>,
    boost::multiprecision::et_off>;

/// The same number, without bounds.
[[nodiscard]] inline BigRational exact(const money::Ratio& ratio) {
    return BigRational(BigInt(ratio.numerator()), BigInt(ratio.denominator()));
}

/// Largest whole number <= numerator / denominator. \pre denominator > 0
[[nodiscard]] inline BigInt floor_div(const BigInt& numerator, const BigInt& denominator) {
    BigInt quotient;
    BigInt remainder;
    boost::multiprecision::divide_qr(numerator, denominator, quotient, remainder);
    if (remainder < 0) --quotient;
    return quotient;
}

/// Smallest whole number >= numerator / denominator. \pre denominator > 0
[[nodiscard]] inline BigInt ceil_div(const BigInt& numerator, const BigInt& denominator) {
    BigInt quotient;
    BigInt remainder;
    boost::multiprecision::divide_qr(numerator, denominator, quotient, remainder);
    if (remainder > 0) ++quotient;
    return quotient;
}

}  // namespace jicai::product
