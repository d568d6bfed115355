#include <engine/money/check.h>
#include <engine/product/conversion_resolved.h>
#include <engine/product/price_ratio.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace jicai::product {

namespace {

using money::Int128;
using money::RoundingMode;
using Kind = RatioStep::Kind;

// A value in half micro-yuan, cut down, and whether something was cut off: all that rounding needs.
struct HalfMicroYuan {
    std::int64_t count;
    bool more;
};

// Above this a result is out of range by any rounding; counts are held there.
constexpr std::int64_t kHalfMicroYuanHeld = 4 * Price::kMicroYuanMax;

HalfMicroYuan held(Int128 count, bool more) {
    if (count >= kHalfMicroYuanHeld) return {kHalfMicroYuanHeld, false};
    return {static_cast<std::int64_t>(count), more};
}

HalfMicroYuan held(const BigInt& count, bool more) {
    if (count >= kHalfMicroYuanHeld) return {kHalfMicroYuanHeld, false};
    return {static_cast<std::int64_t>(count), more};
}

HalfMicroYuan half_micro_yuan(const BigRational& micro_yuan) {
    const BigInt above = numerator(micro_yuan) * 2;
    const BigInt below = denominator(micro_yuan);
    const BigInt count = above / below;
    return held(count, count * below != above);
}

// \pre fixed >= 0, bits >= 1
HalfMicroYuan half_micro_yuan(const BigInt& fixed, int bits) {
    const BigInt count = fixed >> (bits - 1);
    return held(count, (count << (bits - 1)) != fixed);
}

std::int64_t micro_yuan_per_decimal(const Rounding& rounding) {
    JICAI_CHECK(rounding.decimals >= 0 && rounding.decimals <= money::kMicroYuanScale);
    std::int64_t unit = 1;
    for (int i = rounding.decimals; i < money::kMicroYuanScale; ++i) unit *= 10;
    return unit;
}

// Micro-yuan, a multiple of `unit`.
std::int64_t rounded(const HalfMicroYuan& value, std::int64_t unit, RoundingMode mode) {
    const std::int64_t step = 2 * unit;
    const std::int64_t whole = value.count / step;
    const std::int64_t rest = value.count % step;
    bool up = false;
    switch (mode) {
        case RoundingMode::half_up:
            up = rest >= unit;
            break;
        case RoundingMode::half_even:
            up = rest > unit || (rest == unit && (value.more || whole % 2 != 0));
            break;
        case RoundingMode::down:
            break;
        case RoundingMode::up:
            up = rest > 0 || value.more;
            break;
    }
    return (whole + (up ? 1 : 0)) * unit;
}

std::int64_t rounded_exact(const BigRational& micro_yuan, std::int64_t unit, RoundingMode mode) {
    return rounded(half_micro_yuan(micro_yuan), unit, mode);
}

// Nothing when the two ends of the compact interval do not round alike.
std::optional<std::int64_t> rounded_compact(
    const CompactInterval& interval, std::int64_t price, std::int64_t unit, RoundingMode mode
) {
    const auto half = [&](std::int64_t slope, Int128 constant) {
        const Int128 value = std::max(Int128{0}, Int128{slope} * price + constant);
        const Int128 count = value >> (interval.shift - 1);
        return held(count, (count << (interval.shift - 1)) != value);
    };
    const std::int64_t lower =
        rounded(half(interval.slope_lower, interval.constant_lower), unit, mode);
    const std::int64_t upper =
        rounded(half(interval.slope_upper, interval.constant_upper), unit, mode);
    if (lower != upper) return {};
    return lower;
}

std::int64_t rounded_fraction(
    const CompactFraction& fraction, std::int64_t price, std::int64_t unit, RoundingMode mode
) {
    const Int128 above = (Int128{fraction.slope} * price + fraction.constant) * 2;
    const Int128 count = above / fraction.denominator;
    return rounded(held(count, count * fraction.denominator != above), unit, mode);
}

std::int64_t rounded_wide(
    const CurveValue& value,
    const std::vector<std::int64_t>& basis,
    const ExpTable* first,
    int first_bits,
    std::int64_t unit,
    RoundingMode mode
) {
    if (value.rational()) return rounded_exact(value.as_rational(), unit, mode);
    std::int64_t result = 0;
    widen_until(value, basis, first, first_bits, [&](const FixedInterval& interval, int bits) {
        // The value is never negative here, so neither end needs to be.
        if (interval.upper < 0) return false;
        const BigInt lower = interval.lower < 0 ? BigInt(0) : interval.lower;
        result = rounded(half_micro_yuan(lower, bits), unit, mode);
        return result == rounded(half_micro_yuan(interval.upper, bits), unit, mode);
    });
    return result;
}

// Floor and cap. Rounding keeps order, so bounding the rounded result with rounded bounds is the
// same as bounding first.
std::int64_t bounded(
    std::int64_t result,
    const std::vector<ResultBound>& bounds,
    std::int64_t price,
    std::int64_t unit,
    RoundingMode mode
) {
    for (const ResultBound& bound : bounds) {
        const std::int64_t limit =
            rounded_exact(bound.slope * BigRational(price) + bound.constant, unit, mode);
        result = bound.lower ? std::max(result, limit) : std::min(result, limit);
    }
    return result;
}

std::optional<Price> checked(std::int64_t micro_yuan, RatioRefusal* refusal) {
    if (micro_yuan <= Price::kMicroYuanMax) return Price(micro_yuan);
    if (refusal != nullptr) *refusal = RatioRefusal::result_out_of_range;
    return {};
}

bool is_curve(Kind kind) {
    return kind == Kind::content || kind == Kind::fill_curve || kind == Kind::pack_curve;
}

std::vector<Curve> curves_of(const std::vector<RatioStep>& steps) {
    std::vector<Curve> curves;
    for (const RatioStep& step : steps) {
        if (is_curve(step.kind)) curves.push_back({step.ratio, step.base});
    }
    return curves;
}

CoprimeBasis basis_of(const std::vector<Curve>& curves) {
    CoprimeBasis basis;
    for (const Curve& curve : curves) basis.add(curve);
    return basis;
}

// K of one curve rounded to `rounding`, for rules that round it before use. Held in millionths like
// a price.
BigRational rounded_factor(
    const SplitCurve& curve, const CoprimeBasis& basis, const Rounding& rounding
) {
    CurveSum sum;
    sum.scale(curve);
    const CurveValue value(sum, BigRational(money::kMicroYuanPerYuan));
    const std::int64_t result = rounded_wide(
        value, basis.numbers(), nullptr, kBitsFirst, micro_yuan_per_decimal(rounding), rounding.mode
    );
    JICAI_CHECK(result < kHalfMicroYuanHeld / 2);
    return BigRational(BigInt(result), BigInt(money::kMicroYuanPerYuan));
}

struct Summed {
    CurveSum sum;
    std::vector<CurveSum> after_taking_off;  // at each adder that takes off
    std::vector<ResultBound> bounds;
};

Summed sum_of(
    const std::vector<RatioStep>& steps,
    const CoprimeBasis& basis,
    const std::optional<Rounding>& factor_rounding
) {
    Summed result;
    for (const RatioStep& step : steps) {
        const BigRational adder(BigInt(step.adder_micro_yuan), BigInt(step.adder_denominator));
        switch (step.kind) {
            case Kind::content:
            case Kind::fill_curve:
            case Kind::pack_curve: {
                const SplitCurve curve = split({step.ratio, step.base}, basis);
                if (factor_rounding) {
                    result.sum.scale(rounded_factor(curve, basis, *factor_rounding));
                } else {
                    result.sum.scale(curve);
                }
                break;
            }
            case Kind::form_factor:
            case Kind::fill_linear:
            case Kind::pack_linear:
            case Kind::short_pack:
            case Kind::daily_cost:
                result.sum.scale(exact(step.ratio));
                break;
            case Kind::form_adder:
            case Kind::fill_adder:
            case Kind::material:
                result.sum.add(adder);
                if (adder < 0) result.after_taking_off.push_back(result.sum);
                break;
            case Kind::floor:
                result.bounds.push_back({true, 0, adder});
                break;
            case Kind::cap:
                result.bounds.push_back({false, exact(step.ratio), 0});
                break;
        }
    }
    return result;
}

// Smallest price for which `sum` is not negative; it grows with the price.
std::int64_t smallest_price(const CurveSum& sum, const std::vector<std::int64_t>& basis) {
    std::int64_t low = 0;
    std::int64_t high = Price::kMicroYuanMax + 1;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        if (sign(CurveValue(sum, BigRational(middle)), basis, nullptr) >= 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

std::optional<CompactFraction> compact_fraction(const CurveSum& sum) {
    BigRational slope = 0;
    BigRational constant = 0;
    for (const CurveSum::Term& term : sum.terms()) {
        slope += term.slope;
        constant += term.constant;
    }
    const BigInt slope_below = denominator(slope);
    const BigInt constant_below = denominator(constant);
    const BigInt common = boost::multiprecision::lcm(slope_below, constant_below);
    const BigInt slope_above = numerator(slope) * (common / slope_below);
    const BigInt constant_above = numerator(constant) * (common / constant_below);
    const BigInt limit = BigInt(1) << 62;
    const BigInt constant_limit = BigInt(1) << 118;
    if (slope_above >= limit || common >= limit || abs(constant_above) >= constant_limit) return {};
    return CompactFraction{
        static_cast<std::int64_t>(slope_above),
        static_cast<Int128>(constant_above),
        static_cast<std::int64_t>(common)};
}

// Bits of the larger end of an interval, or 0.
int bits_of(const FixedInterval& interval) {
    const BigInt size = std::max(BigInt(abs(interval.lower)), BigInt(abs(interval.upper)));
    return size == 0 ? 0 : static_cast<int>(boost::multiprecision::msb(size)) + 1;
}

std::optional<CompactInterval> compact_interval(
    const CurveSum& sum, ExpTable& exps, int compact_bits
) {
    CurveValue slope;
    CurveValue constant;
    for (const CurveSum::Term& term : sum.terms()) {
        slope.add(term.form, term.slope);
        constant.add(term.form, term.constant);
    }
    constexpr int kShiftMax = 100;
    constexpr int kConstantBits = 118;
    // Intervals carry exps.bits() fraction bits; a shift of s keeps s of them.
    const FixedInterval slopes = exps.interval(slope);
    const FixedInterval constants = exps.interval(constant);
    const int shift = std::min(
        {kShiftMax,
         compact_bits - (bits_of(slopes) - exps.bits()),
         kConstantBits - (bits_of(constants) - exps.bits())}
    );
    if (shift < 1) return {};
    const BigInt divisor = BigInt(1) << (exps.bits() - shift);
    return CompactInterval{
        static_cast<std::int64_t>(floor_div(slopes.lower, divisor)),
        static_cast<std::int64_t>(ceil_div(slopes.upper, divisor)),
        static_cast<Int128>(floor_div(constants.lower, divisor)),
        static_cast<Int128>(ceil_div(constants.upper, divisor)),
        shift};
}

// The result after floor and cap, before rounding.
CurveValue bounded_value(
    CurveValue value,
    const std::vector<ResultBound>& bounds,
    Price price,
    const std::vector<std::int64_t>& basis
) {
    for (const ResultBound& bound : bounds) {
        CurveValue limit;
        limit.add({}, bound.slope * BigRational(price.micro_yuan()) + bound.constant);
        const int order = sign(value.minus(limit), basis, nullptr);
        if (bound.lower ? order < 0 : order > 0) value = limit;
    }
    return value;
}

}  // namespace

std::shared_ptr<const Conversion::Resolved> Conversion::Resolved::make(
    const std::vector<RatioStep>& steps,
    const std::optional<Rounding>& factor_rounding,
    const std::shared_ptr<LogTable>& logs,
    int compact_bits
) {
    auto resolved = std::make_shared<Resolved>();
    resolved->steps = steps;
    resolved->factor_rounding = factor_rounding;
    resolved->curves = curves_of(steps);
    const CoprimeBasis basis = basis_of(resolved->curves);
    resolved->basis = basis.numbers();
    Summed summed = sum_of(steps, basis, factor_rounding);
    resolved->sum = std::move(summed.sum);
    resolved->bounds = std::move(summed.bounds);
    for (const CurveSum& sum : summed.after_taking_off) {
        resolved->price_min_micro_yuan =
            std::max(resolved->price_min_micro_yuan, smallest_price(sum, resolved->basis));
    }
    if (resolved->sum.rational()) {
        resolved->fraction = compact_fraction(resolved->sum);
        return resolved;
    }
    ExpTable exps(resolved->basis, logs);
    for (const CurveSum::Term& term : resolved->sum.terms()) {
        if (!term.form.empty()) static_cast<void>(exps.exp(term.form));
    }
    resolved->interval = compact_interval(resolved->sum, exps, compact_bits);
    resolved->exps.emplace(std::move(exps));
    return resolved;
}

std::optional<Price> Conversion::convert(
    Price price, const Rounding& rounding, RatioRefusal* refusal
) const {
    const Resolved& resolved = *resolved_;
    const std::int64_t given = price.micro_yuan();
    if (given < resolved.price_min_micro_yuan) {
        if (refusal != nullptr) *refusal = RatioRefusal::difference_exceeds_price;
        return {};
    }
    const std::int64_t unit = micro_yuan_per_decimal(rounding);
    std::optional<std::int64_t> result;
    if (resolved.fraction) {
        result = rounded_fraction(*resolved.fraction, given, unit, rounding.mode);
    } else if (resolved.interval) {
        result = rounded_compact(*resolved.interval, given, unit, rounding.mode);
    }
    if (!result) {
        const ExpTable* first = resolved.exps ? &*resolved.exps : nullptr;
        const CurveValue value(resolved.sum, BigRational(given));
        result = rounded_wide(value, resolved.basis, first, kBitsFirst, unit, rounding.mode);
    }
    return checked(bounded(*result, resolved.bounds, given, unit, rounding.mode), refusal);
}

std::optional<Price> Conversion::convert_wide(
    Price price, const Rounding& rounding, int first_bits, RatioRefusal* refusal
) const {
    JICAI_CHECK(first_bits >= 16 && first_bits <= 4096);
    const Resolved& resolved = *resolved_;
    const std::int64_t given = price.micro_yuan();
    if (given < resolved.price_min_micro_yuan) {
        if (refusal != nullptr) *refusal = RatioRefusal::difference_exceeds_price;
        return {};
    }
    const std::int64_t unit = micro_yuan_per_decimal(rounding);
    const CurveValue value(resolved.sum, BigRational(given));
    const std::int64_t result =
        rounded_wide(value, resolved.basis, nullptr, first_bits, unit, rounding.mode);
    return checked(bounded(result, resolved.bounds, given, unit, rounding.mode), refusal);
}

int Conversion::compare_unrounded(const Conversion& a, Price p, const Conversion& b, Price q) {
    std::vector<Curve> curves = a.resolved_->curves;
    curves.insert(curves.end(), b.resolved_->curves.begin(), b.resolved_->curves.end());
    const CoprimeBasis basis = basis_of(curves);
    const auto value = [&basis](const Conversion& conversion, Price price) {
        const Resolved& resolved = *conversion.resolved_;
        const Summed summed = sum_of(resolved.steps, basis, resolved.factor_rounding);
        const CurveValue unbounded(summed.sum, BigRational(price.micro_yuan()));
        return bounded_value(unbounded, summed.bounds, price, basis.numbers());
    };
    return sign(value(a, p).minus(value(b, q)), basis.numbers(), nullptr);
}

std::string Conversion::factor_text() const {
    constexpr int kDecimals = 8;
    const BigInt scale = boost::multiprecision::pow(BigInt(10), kDecimals);
    CurveValue value;
    for (const CurveSum::Term& term : resolved_->sum.terms())
        value.add(term.form, term.slope * BigRational(scale));
    BigInt result;
    if (value.rational()) {
        const BigRational exactly = value.as_rational() * 2 + 1;
        result = floor_div(numerator(exactly), denominator(exactly) * 2);
    } else {
        widen_until(
            value,
            resolved_->basis,
            nullptr,
            kBitsFirst,
            [&result](const FixedInterval& interval, int bits) {
                const BigInt half = BigInt(1) << (bits - 1);
                result = (interval.lower + half) >> bits;
                return result == BigInt((interval.upper + half) >> bits);
            }
        );
    }
    std::string digits = result.str();
    if (digits.size() <= kDecimals) digits.insert(0, kDecimals + 1 - digits.size(), '0');
    return digits.insert(digits.size() - kDecimals, ".");
}

bool Conversion::exact() const {
    return resolved_->sum.rational();
}

}  // namespace jicai::product
