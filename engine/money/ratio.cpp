#include <engine/money/ratio.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace jicai::money {

namespace {

constexpr int kDecimalsMax = 12;
constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();

Int128 gcd(Int128 a, Int128 b) {
    while (b != 0) {
        const Int128 remainder = a % b;
        a = b;
        b = remainder;
    }
    return a;
}

std::optional<Ratio> reduced(Int128 numerator, Int128 denominator) {
    const Int128 common = gcd(numerator, denominator);
    const Int128 low_numerator = numerator / common;
    const Int128 low_denominator = denominator / common;
    if (low_numerator > kInt64Max || low_denominator > kInt64Max) return {};
    return Ratio(
        static_cast<std::int64_t>(low_numerator), static_cast<std::int64_t>(low_denominator)
    );
}

// Digits only, at most 10^36, so that what is made of it stays inside 128 bits.
std::optional<Int128> parse_digits(std::string_view text, Int128 value = 0) {
    constexpr Int128 kMax = Int128{1'000'000'000'000'000'000} * 1'000'000'000'000'000'000;
    for (const char c : text) {
        if (c < '0' || c > '9') return {};
        value = value * 10 + (c - '0');
        if (value > kMax) return {};
    }
    return value;
}

std::string text_of(Int128 value) {
    std::string digits;
    do {
        digits.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
        value /= 10;
    } while (value != 0);
    std::reverse(digits.begin(), digits.end());
    return digits;
}

}  // namespace

Ratio::Ratio(std::int64_t numerator, std::int64_t denominator)
    : numerator_(numerator), denominator_(denominator) {
    JICAI_CHECK(numerator >= 0);
    JICAI_CHECK(denominator > 0);
    const std::int64_t common = std::gcd(numerator, denominator);
    numerator_ /= common;
    denominator_ /= common;
}

std::optional<Ratio> Ratio::parse(std::string_view text) {
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        const std::string_view above = text.substr(0, slash);
        const std::string_view below = text.substr(slash + 1);
        if (above.empty() || below.empty()) return {};
        const auto numerator = parse_digits(above);
        const auto denominator = parse_digits(below);
        if (!numerator || !denominator || *denominator == 0) return {};
        return reduced(*numerator, *denominator);
    }
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    if (whole.empty()) return {};
    auto numerator = parse_digits(whole);
    if (!numerator) return {};
    Int128 denominator = 1;
    if (point != std::string_view::npos) {
        const std::string_view fraction = text.substr(point + 1);
        if (fraction.empty() || fraction.size() > static_cast<std::size_t>(kDecimalsMax)) return {};
        numerator = parse_digits(fraction, *numerator);
        if (!numerator) return {};
        for (std::size_t i = 0; i < fraction.size(); ++i) denominator *= 10;
    }
    return reduced(*numerator, denominator);
}

std::string Ratio::text() const {
    Int128 power = 1;
    for (int decimals = 0; decimals <= kDecimalsMax; ++decimals, power *= 10) {
        if (power % denominator_ != 0) continue;
        std::string digits = text_of(Int128{numerator_} * (power / denominator_));
        const auto places = static_cast<std::size_t>(decimals);
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        if (places > 0) digits.insert(digits.size() - places, ".");
        return digits;
    }
    return text_of(numerator_) + "/" + text_of(denominator_);
}

}  // namespace jicai::money
