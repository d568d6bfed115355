#include <engine/money/check.h>
#include <engine/money/decimal.h>
#include <engine/money/ratio.h>

#include <algorithm>
#include <array>
#include <limits>

namespace jicai::money {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> needles) {
    return std::any_of(needles.begin(), needles.end(), [&](std::string_view needle) {
        return text.find(needle) != std::string_view::npos;
    });
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> needles) {
    return std::any_of(needles.begin(), needles.end(), [&](std::string_view needle) {
        return text.substr(0, needle.size()) == needle;
    });
}

bool has_exponent(std::string_view text) {
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] != 'e' && text[i] != 'E') continue;
        if (!is_digit(text[i - 1]) && text[i - 1] != '.') continue;
        if (is_digit(text[i + 1])) return true;
        const bool signed_exponent = text[i + 1] == '+' || text[i + 1] == '-';
        if (signed_exponent && i + 2 < text.size() && is_digit(text[i + 2])) return true;
    }
    return false;
}

bool has_thousands_comma(std::string_view text) {
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == ',' && is_digit(text[i - 1]) && is_digit(text[i + 1])) return true;
    }
    return false;
}

// U+FF0B to U+FF19: full-width plus, comma, minus, full stop, solidus and the ten digits.
bool has_full_width(std::string_view text) {
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        if (text[i] != '\xEF' || text[i + 1] != '\xBC') continue;
        const auto third = static_cast<unsigned char>(text[i + 2]);
        if (third >= 0x8B && third <= 0x99) return true;
    }
    return false;
}

bool has_space(std::string_view text) {
    constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80";
    constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
    return contains_any(
        text, {" ", "\t", "\r", "\n", "\v", "\f", kIdeographicSpace, kNoBreakSpace}
    );
}

// The parts around the point; nothing when `text` is not digits with at most one point between
// digits.
struct Parts {
    std::string_view whole;
    std::string_view fraction;
};

std::optional<Parts> split(std::string_view text) {
    const std::size_t point = text.find('.');
    const Parts parts{
        text.substr(0, point),
        point == std::string_view::npos ? std::string_view{} : text.substr(point + 1)};
    if (parts.whole.empty() || (point != std::string_view::npos && parts.fraction.empty()))
        return {};
    const bool digits = std::all_of(parts.whole.begin(), parts.whole.end(), is_digit) &&
                        std::all_of(parts.fraction.begin(), parts.fraction.end(), is_digit);
    if (!digits) return {};
    return parts;
}

std::optional<DecimalFault> fault_of_form(std::string_view text) {
    constexpr std::string_view kYenSign = "\xC2\xA5";
    constexpr std::string_view kFullWidthYenSign = "\xEF\xBF\xA5";
    constexpr std::string_view kMinusSign = "\xE2\x88\x92";
    if (text.empty()) return DecimalFault::empty;
    if (has_exponent(text)) return DecimalFault::exponent;
    if (has_thousands_comma(text)) return DecimalFault::thousands_comma;
    if (contains_any(text, {kYenSign, kFullWidthYenSign, "元", "$"})) {
        return DecimalFault::currency_sign;
    }
    if (has_full_width(text)) return DecimalFault::full_width;
    if (has_space(text)) return DecimalFault::surrounding_space;
    if (starts_with_any(text, {"+", "-", kMinusSign})) return DecimalFault::sign;
    if (!split(text)) return DecimalFault::not_a_number;
    return {};
}

std::string digits_of(unsigned __int128 value) {
    std::string digits;
    do {
        digits.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
        value /= 10;
    } while (value != 0);
    std::reverse(digits.begin(), digits.end());
    return digits;
}

struct DecimalText {
    std::string whole;     // with the sign
    std::string fraction;  // `scale` digits
};

DecimalText decimal_text(std::int64_t scaled, int scale) {
    JICAI_CHECK(scale >= 0 && scale <= 18);
    const bool negative = scaled < 0;
    const auto magnitude =
        static_cast<unsigned __int128>(negative ? -Int128{scaled} : Int128{scaled});
    std::string digits = digits_of(magnitude);
    const auto decimals = static_cast<std::size_t>(scale);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    const std::size_t point = digits.size() - decimals;
    return {(negative ? "-" : "") + digits.substr(0, point), digits.substr(point)};
}

}  // namespace

ScaledDecimal parse_scaled(std::string_view text, int scale, int decimals_max) {
    JICAI_CHECK(0 <= decimals_max && decimals_max <= scale && scale <= 18);
    if (const auto fault = fault_of_form(text)) return {0, fault};
    Parts parts = *split(text);
    while (!parts.fraction.empty() && parts.fraction.back() == '0') parts.fraction.remove_suffix(1);
    if (parts.fraction.size() > static_cast<std::size_t>(decimals_max)) {
        return {0, DecimalFault::too_many_decimals};
    }
    Int128 scaled = 0;
    const auto append = [&scaled](int digit) {
        scaled = scaled * 10 + digit;
        return scaled <= std::numeric_limits<std::int64_t>::max();
    };
    for (const char c : parts.whole) {
        if (!append(c - '0')) return {0, DecimalFault::too_large};
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(scale); ++i) {
        if (!append(i < parts.fraction.size() ? parts.fraction[i] - '0' : 0)) {
            return {0, DecimalFault::too_large};
        }
    }
    return {static_cast<std::int64_t>(scaled), {}};
}

std::string format_shortest(std::int64_t scaled, int scale) {
    DecimalText text = decimal_text(scaled, scale);
    while (!text.fraction.empty() && text.fraction.back() == '0') text.fraction.pop_back();
    return text.fraction.empty() ? text.whole : text.whole + "." + text.fraction;
}

std::string format_fixed(std::int64_t scaled, int scale, int decimals) {
    JICAI_CHECK(decimals >= 0);
    DecimalText text = decimal_text(scaled, scale);
    const auto kept = static_cast<std::size_t>(decimals);
    if (kept < text.fraction.size()) {
        JICAI_CHECK(text.fraction.find_first_not_of('0', kept) == std::string::npos);
    }
    text.fraction.resize(kept, '0');
    return text.fraction.empty() ? text.whole : text.whole + "." + text.fraction;
}

}  // namespace jicai::money
