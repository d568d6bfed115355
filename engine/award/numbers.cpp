#include <engine/award/numbers.h>
#include <engine/money/check.h>

#include <algorithm>
#include <limits>

namespace jicai::award {
namespace {

using money::Int128;

Int128 greatest_common_divisor(Int128 a, Int128 b) {
    while (b != 0) {
        const Int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

Fraction reduced(Fraction value) {
    const Int128 divisor = greatest_common_divisor(value.numerator, value.denominator);
    return {value.numerator / divisor, value.denominator / divisor};
}

std::string text_of(Int128 value) {
    if (value == 0) return "0";
    std::string digits;
    while (value > 0) {
        digits += static_cast<char>('0' + static_cast<int>(value % 10));
        value /= 10;
    }
    std::reverse(digits.begin(), digits.end());
    return digits;
}

Int128 product(Int128 a, Int128 b) {
    Int128 result = 0;
    JICAI_CHECK(!__builtin_mul_overflow(a, b, &result));
    return result;
}

}  // namespace

Fraction times(const money::Ratio& factor, const Fraction& price) {
    return reduced(
        {product(price.numerator, factor.numerator()),
         product(price.denominator, factor.denominator())}
    );
}

int compare(const Fraction& left, const Fraction& right) {
    const Int128 a = product(left.numerator, right.denominator);
    const Int128 b = product(right.numerator, left.denominator);
    return a < b ? -1 : (a > b ? 1 : 0);
}

Fraction minus(const Fraction& left, const Fraction& right) {
    JICAI_CHECK(compare(left, right) >= 0);
    return reduced(
        {product(left.numerator, right.denominator) - product(right.numerator, left.denominator),
         product(left.denominator, right.denominator)}
    );
}

std::string yuan_text(const Fraction& price) {
    const Fraction yuan =
        reduced({price.numerator, product(price.denominator, money::kMicroYuanPerYuan)});
    std::string text = text_of(yuan.numerator / yuan.denominator);
    Int128 rest = yuan.numerator % yuan.denominator;
    if (rest == 0) return text;
    std::string decimals;
    while (rest != 0 && decimals.size() < 18) {
        rest *= 10;
        decimals += static_cast<char>('0' + static_cast<int>(rest / yuan.denominator));
        rest %= yuan.denominator;
    }
    if (rest != 0) return text_of(yuan.numerator) + "/" + text_of(yuan.denominator);
    return text + "." + decimals;
}

std::string percent_text(std::int64_t scaled, int decimals) {
    const bool negative = scaled < 0;
    std::string digits = std::to_string(negative ? -scaled : scaled);
    const auto width = static_cast<std::size_t>(decimals) + 1;
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    if (decimals > 0) digits.insert(digits.size() - static_cast<std::size_t>(decimals), ".");
    return negative ? "-" + digits : digits;
}

}  // namespace jicai::award
