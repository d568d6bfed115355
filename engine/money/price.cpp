#include <engine/money/check.h>
#include <engine/money/decimal.h>
#include <engine/money/price.h>

#include <limits>

namespace jicai::money {

namespace {

constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kInt64Min = std::numeric_limits<std::int64_t>::min();

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

std::int64_t micro_yuan_per_last_decimal(const Rounding& rounding) {
    JICAI_CHECK(rounding.decimals >= 0 && rounding.decimals <= kMicroYuanScale);
    return power_of_ten(kMicroYuanScale - rounding.decimals);
}

std::int64_t checked_int64(Int128 value) {
    JICAI_CHECK(value >= kInt64Min && value <= kInt64Max);
    return static_cast<std::int64_t>(value);
}

}  // namespace

Price::Price(std::int64_t micro_yuan) : micro_yuan_(micro_yuan) {
    JICAI_CHECK(micro_yuan >= 0 && micro_yuan <= kMicroYuanMax);
}

std::string Price::text() const {
    return format_shortest(micro_yuan_, kMicroYuanScale);
}

std::string Price::text_fixed(int decimals) const {
    return format_fixed(micro_yuan_, kMicroYuanScale, decimals);
}

std::string Amount::text() const {
    return format_shortest(micro_yuan_, kMicroYuanScale);
}

Amount operator+(Amount left, Amount right) {
    return Amount(checked_int64(Int128{left.micro_yuan_} + right.micro_yuan_));
}

Amount operator-(Amount left, Amount right) {
    return Amount(checked_int64(Int128{left.micro_yuan_} - right.micro_yuan_));
}

Quantity::Quantity(std::int64_t units) : units_(units) {
    JICAI_CHECK(units >= 0);
}

Quantity operator+(Quantity left, Quantity right) {
    return Quantity(checked_int64(Int128{left.units_} + right.units_));
}

Int128 divide_rounded(Int128 numerator, Int128 denominator, RoundingMode mode) {
    JICAI_CHECK(numerator >= 0 && denominator > 0);
    const Int128 quotient = numerator / denominator;
    const Int128 remainder = numerator % denominator;
    const Int128 to_next = denominator - remainder;
    switch (mode) {
        case RoundingMode::half_up:
            return quotient + (remainder >= to_next ? 1 : 0);
        case RoundingMode::half_even: {
            const bool tie_to_next = remainder == to_next && quotient % 2 != 0;
            return quotient + (remainder > to_next || tie_to_next ? 1 : 0);
        }
        case RoundingMode::down:
            return quotient;
        case RoundingMode::up:
            return quotient + (remainder > 0 ? 1 : 0);
    }
    JICAI_CHECK(false);
    return 0;
}

Price round_price(Price price, const Rounding& rounding) {
    const std::int64_t unit = micro_yuan_per_last_decimal(rounding);
    return Price(
        static_cast<std::int64_t>(divide_rounded(price.micro_yuan(), unit, rounding.mode)) * unit
    );
}

std::optional<Price> multiply_rounded(Price price, const Ratio& ratio, const Rounding& rounding) {
    const std::int64_t unit = micro_yuan_per_last_decimal(rounding);
    const Int128 units = divide_rounded(
        Int128{price.micro_yuan()} * ratio.numerator(),
        Int128{ratio.denominator()} * unit,
        rounding.mode
    );
    if (units > Price::kMicroYuanMax / unit) return {};
    return Price(static_cast<std::int64_t>(units) * unit);
}

bool at_most(Price price, const Ratio& factor, Price reference, bool inclusive) {
    const Int128 left = Int128{price.micro_yuan()} * factor.denominator();
    const Int128 right = Int128{reference.micro_yuan()} * factor.numerator();
    return inclusive ? left <= right : left < right;
}

Quantity multiply_rounded(
    Quantity quantity, const Ratio& ratio, std::int64_t step, RoundingMode mode
) {
    JICAI_CHECK(step >= 1);
    const Int128 steps = divide_rounded(
        Int128{quantity.units()} * ratio.numerator(), Int128{ratio.denominator()} * step, mode
    );
    JICAI_CHECK(steps <= kInt64Max / step);
    return Quantity(static_cast<std::int64_t>(steps) * step);
}

std::int64_t cut_percent_scaled(Price price, Price reference, const Rounding& rounding) {
    JICAI_CHECK(reference.micro_yuan() > 0);
    JICAI_CHECK(rounding.decimals >= 0 && rounding.decimals <= kMicroYuanScale);
    const Int128 difference = Int128{reference.micro_yuan()} - price.micro_yuan();
    const bool negative = difference < 0;
    const Int128 scaled = divide_rounded(
        (negative ? -difference : difference) * 100 * power_of_ten(rounding.decimals),
        reference.micro_yuan(),
        rounding.mode
    );
    if (!negative) return static_cast<std::int64_t>(scaled);
    return scaled > kInt64Max ? -kInt64Max : -static_cast<std::int64_t>(scaled);
}

Amount operator*(Price unit_price, Quantity quantity) {
    return Amount(checked_int64(Int128{unit_price.micro_yuan()} * quantity.units()));
}

}  // namespace jicai::money
