#pragma once

#include <engine/money/price.h>
#include <engine/product/curve_sum.h>
#include <engine/product/price_ratio.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

/// \file
/// A chain of steps made ready for prices.

namespace jicai::product {

/// slope x price + constant between two ends, times 2^shift; prices and results in micro-yuan.
struct CompactInterval {
    std::int64_t slope_lower;
    std::int64_t slope_upper;
    money::Int128 constant_lower;
    money::Int128 constant_upper;
    int shift;  ///< 1 to 100
};

/// (slope x price + constant) / denominator, exactly; prices and results in micro-yuan.
struct CompactFraction {
    std::int64_t slope;
    money::Int128 constant;
    std::int64_t denominator;
};

/// A bound on the result (Art. 16(1)): a fixed amount or the given price x ratio.
struct ResultBound {
    bool lower;  ///< floor; otherwise cap
    BigRational slope;
    BigRational constant;
};

struct Conversion::Resolved {
    std::vector<Curve> curves;  ///< as in the steps, for merging with another conversion
    std::vector<RatioStep> steps;
    std::optional<Rounding> factor_rounding;
    std::vector<std::int64_t> basis;
    CurveSum sum;
    std::vector<ResultBound> bounds;        ///< in order of application
    std::int64_t price_min_micro_yuan = 0;  ///< below it an adder to take off exceeds the price
    std::optional<ExpTable> exps;           ///< at kBitsFirst, with every form of `sum`
    std::optional<CompactFraction> fraction;
    std::optional<CompactInterval> interval;

    /// `logs`: logarithms at kBitsFirst, shared by all conversions of a cache.
    [[nodiscard]] static std::shared_ptr<const Resolved> make(
        const std::vector<RatioStep>& steps,
        const std::optional<Rounding>& factor_rounding,
        const std::shared_ptr<LogTable>& logs,
        int compact_bits
    );
};

}  // namespace jicai::product
