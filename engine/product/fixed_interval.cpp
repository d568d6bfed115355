#include <engine/money/check.h>
#include <engine/product/fixed_interval.h>

#include <utility>

namespace jicai::product {

namespace {

enum class Direction : std::uint8_t { down, up };

// value / 2^bits for value >= 0.
template <Direction direction>
BigInt shift_right(const BigInt& value, int bits) {
    BigInt result = value >> bits;
    if constexpr (direction == Direction::up) {
        if ((result << bits) != value) ++result;
    }
    return result;
}

// value / divisor for value >= 0, divisor > 0.
template <Direction direction, class Divisor>
BigInt divide(const BigInt& value, const Divisor& divisor) {
    if constexpr (direction == Direction::up) {
        return (value + (divisor - 1)) / divisor;
    } else {
        return value / divisor;
    }
}

// atanh(numerator / denominator) = sum of z^(2i+1) / (2i+1), all terms positive. \pre 0 <= z <= 1/3
//
// Rounded up, a term never falls below one unit in the last place: the sum stops there, and the
// tail is less than that term because each further one is at most 1/9 of the one before.
template <Direction direction>
BigInt atanh_series(const BigInt& numerator, const BigInt& denominator, int bits) {
    BigInt z = divide<direction>(BigInt(numerator << bits), denominator);
    if (z == 0) return z;
    const BigInt z_squared = shift_right<direction>(z * z, bits);
    BigInt power = z;
    BigInt sum = 0;
    for (std::uint32_t odd = 1;; odd += 2) {
        sum += divide<direction>(power, odd);
        if (power <= 1) break;
        power = shift_right<direction>(power * z_squared, bits);
        if (power == 0) break;
    }
    if constexpr (direction == Direction::up) ++sum;
    return sum;
}

FixedInterval atanh_interval(const BigInt& numerator, const BigInt& denominator, int bits) {
    return {
        atanh_series<Direction::down>(numerator, denominator, bits),
        atanh_series<Direction::up>(numerator, denominator, bits)};
}

// e^x = (sum of y^i / i!)^(2^halvings), y = x / 2^halvings. \pre 0 <= x < 1
//
// The tail after a term is less than that term, because y < 1/2.
template <Direction direction>
BigInt exp_series(const BigInt& x, int bits) {
    int halvings = 2;
    while (halvings * halvings < bits / 4) ++halvings;
    const BigInt y = shift_right<direction>(x, halvings);
    const BigInt one = BigInt(1) << bits;
    BigInt term = one;
    BigInt sum = one;
    for (std::uint32_t i = 1;; ++i) {
        term = divide<direction>(shift_right<direction>(term * y, bits), i);
        sum += term;
        if (term <= 1) break;
    }
    if constexpr (direction == Direction::up) sum += term;
    for (int i = 0; i < halvings; ++i) sum = shift_right<direction>(sum * sum, bits);
    return sum;
}

}  // namespace

LogTable::LogTable(int bits) : bits_(bits), ln2_(atanh_interval(1, 3, bits)) {
    JICAI_CHECK(bits >= 8);
    ln2_.lower *= 2;
    ln2_.upper *= 2;
}

const FixedInterval& LogTable::ln(std::int64_t n) {
    JICAI_CHECK(n >= 1);
    const auto found = known_.find(n);
    if (found != known_.end()) return found->second;
    // n = 2^k m with m between 2/3 and 4/3; ln m = 2 atanh((n - 2^k) / (n + 2^k)).
    const BigInt whole = n;
    auto k = static_cast<int>(boost::multiprecision::msb(whole));
    if (whole * 3 > (BigInt(1) << (k + 2))) ++k;
    const BigInt power = BigInt(1) << k;
    const bool below = whole < power;
    const FixedInterval half =
        atanh_interval(below ? BigInt(power - whole) : BigInt(whole - power), whole + power, bits_);
    FixedInterval result{ln2_.lower * k, ln2_.upper * k};
    if (below) {
        result.lower -= half.upper * 2;
        result.upper -= half.lower * 2;
    } else {
        result.lower += half.lower * 2;
        result.upper += half.upper * 2;
    }
    return known_.emplace(n, std::move(result)).first->second;
}

ScaledExp exp_interval(const FixedInterval& x, const LogTable& table) {
    JICAI_CHECK(x.lower <= x.upper);
    const FixedInterval& ln2 = table.ln2();
    // x = k ln 2 + r with k chosen so that r cannot be negative.
    BigInt k = x.lower >= 0 ? BigInt(x.lower / ln2.upper) : floor_div(x.lower, ln2.lower);
    FixedInterval rest{
        x.lower - k * (k >= 0 ? ln2.upper : ln2.lower),
        x.upper - k * (k >= 0 ? ln2.lower : ln2.upper)};
    JICAI_CHECK(rest.lower >= 0);
    const BigInt one = BigInt(1) << table.bits();
    if (rest.upper >= one) {
        // Only when the interval of x is too wide to say much; e^r < 4^r is enough of an upper end.
        const auto exponent = static_cast<std::uint64_t>(ceil_div(rest.upper, one)) * 2;
        return {{one, one << exponent}, static_cast<std::int64_t>(k)};
    }
    return {
        {exp_series<Direction::down>(rest.lower, table.bits()),
         exp_series<Direction::up>(rest.upper, table.bits())},
        static_cast<std::int64_t>(k)};
}

}  // namespace jicai::product
