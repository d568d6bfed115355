#pragma once

#include <engine/money/ratio.h>

#include <boost/multiprecision/cpp_int.hpp>

#include <memory>

/// \file
/// Whole numbers and fractions of any size, without expression templates.

namespace jicai::product {

/// Unbounded; up to 512 bits, which is most of what the first precision needs, lie inside the
/// object.
using BigIntBackend = boost::multiprecision::cpp_int_backend<
    512,
    0,
    boost::multiprecision::signed_magnitude,
    boost::multiprecision::unchecked,
    std::allocator<boost::multiprecision::limb_type>>;
using BigInt = boost::multiprecision::number<BigIntBackend, boost::multiprecision::et_off>;
using BigRational = boost::multiprecision::
    number<boost::multiprecision::rational_adaptor<BigIntBackend>, boost::multiprecision::et_off>;

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
