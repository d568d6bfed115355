#pragma once

#include <engine/product/exact_numbers.h>

#include <cstdint>
#include <unordered_map>

/// \file
/// Logarithms and exponentials as closed intervals of fixed-point numbers. Every lower end is
/// computed with all roundings downwards, every upper end with all roundings upwards and a bound of
/// the cut-off tail added, so the true value always lies between them.

namespace jicai::product {

/// lower / 2^bits <= value <= upper / 2^bits.
struct FixedInterval {
    BigInt lower;
    BigInt upper;
};

/// Natural logarithms of whole numbers at one precision, remembered.
class LogTable {
public:
    explicit LogTable(int bits);

    [[nodiscard]] int bits() const { return bits_; }
    [[nodiscard]] const FixedInterval& ln2() const { return ln2_; }
    /// \pre n >= 1
    [[nodiscard]] const FixedInterval& ln(std::int64_t n);

private:
    int bits_;
    FixedInterval ln2_;
    std::unordered_map<std::int64_t, FixedInterval> known_;
};

/// e^x as mantissa x 2^exponent, the mantissa an interval from 1 upwards (below 4 unless x was
/// known to less than one).
struct ScaledExp {
    FixedInterval mantissa;
    std::int64_t exponent;
};

/// \pre x.lower <= x.upper, both of table's precision
[[nodiscard]] ScaledExp exp_interval(const FixedInterval& x, const LogTable& table);

}  // namespace jicai::product
