#include <catalogs/sheet/number_text.h>

#include <algorithm>
#include <charconv>

namespace jicai::catalogs::sheet {
namespace {

constexpr std::size_t kExcelDigits = 15;
constexpr int kPlacesMax = 100;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// 0.DIGITS times 10^point.
struct Scientific {
    bool negative = false;
    std::string digits;
    int point = 0;
};

std::optional<Scientific> parse(std::string_view text) {
    Scientific number;
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
        number.negative = text[at++] == '-';
    bool any = false;
    bool after_point = false;
    for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !after_point)); ++at) {
        if (text[at] == '.') {
            after_point = true;
            continue;
        }
        any = true;
        if (number.digits.size() > 400) return {};
        if (number.digits.empty() && text[at] == '0') {
            number.point -= after_point ? 1 : 0;
            continue;
        }
        number.digits.push_back(text[at]);
        number.point += after_point ? 0 : 1;
    }
    if (!any) return {};
    if (at < text.size()) {
        if (text[at] != 'e' && text[at] != 'E') return {};
        ++at;
        if (at < text.size() && text[at] == '+') ++at;
        int exponent = 0;
        const auto [end, error] =
            std::from_chars(text.data() + at, text.data() + text.size(), exponent);
        if (error != std::errc() || end != text.data() + text.size()) return {};
        if (exponent > 400 || exponent < -400) return {};
        number.point += exponent;
    }
    return number;
}

void round_to_excel_digits(Scientific& number) {
    if (number.digits.size() > kExcelDigits) {
        const bool up = number.digits[kExcelDigits] >= '5';
        number.digits.resize(kExcelDigits);
        std::size_t i = kExcelDigits;
        while (up && i > 0) {
            --i;
            if (number.digits[i] != '9') {
                ++number.digits[i];
                break;
            }
            number.digits[i] = '0';
            if (i == 0) {
                number.digits.insert(0, 1, '1');
                ++number.point;
            }
        }
    }
    while (!number.digits.empty() && number.digits.back() == '0') number.digits.pop_back();
}

}  // namespace

std::optional<NumberText> number_text(std::string_view stored) {
    auto number = parse(stored);
    if (!number) return {};
    NumberText shown;
    round_to_excel_digits(*number);
    if (number->digits.empty()) return NumberText{"0", false};
    if (number->point > kPlacesMax || number->point < -kPlacesMax) return {};
    shown.digits_lost = number->point > static_cast<int>(kExcelDigits);
    std::string& text = shown.text;
    if (number->negative) text = "-";
    if (number->point <= 0) {
        text += "0." + std::string(static_cast<std::size_t>(-number->point), '0') + number->digits;
        return shown;
    }
    const auto whole = static_cast<std::size_t>(number->point);
    if (number->digits.size() <= whole) {
        text += number->digits + std::string(whole - number->digits.size(), '0');
    } else {
        text += number->digits.substr(0, whole) + "." + number->digits.substr(whole);
    }
    return shown;
}

std::optional<calendar::Day> day_of_serial(std::string_view text, bool from_1904) {
    const auto shown = number_text(text);
    if (!shown || shown->text.size() > 8) return {};
    std::int32_t serial = 0;
    const char* const end = shown->text.data() + shown->text.size();
    const auto [at, error] = std::from_chars(shown->text.data(), end, serial);
    if (error != std::errc() || at != end) return {};
    constexpr std::int32_t k1970From1900 = 25'569;
    constexpr std::int32_t k1904From1900 = 1'462;
    const calendar::Day day{serial + (from_1904 ? k1904From1900 : 0) - k1970From1900};
    if (day.number < 0 || day > calendar::last_day(calendar::kYearMax)) return {};
    return day;
}

bool is_date_format(std::string_view format) {
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        if (c == '"') {
            const std::size_t end = format.find('"', i + 1);
            if (end == std::string_view::npos) return false;
            i = end;
        } else if (c == '[') {
            const std::size_t end = format.find(']', i + 1);
            if (end == std::string_view::npos) return false;
            i = end;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) {
            return true;
        } else if (c == 'G' || c == 'E' || c == 'e') {
            // "General", "0.00E+00", and the era year "e", which stands before date letters anyway
            if (format.substr(i, 7) == "General") i += 6;
        }
    }
    return false;
}

bool is_date_format_number(std::uint32_t number) {
    // ECMA-376, 18.8.30: 14 to 22 and 45 to 47 everywhere, 27 to 36 and 50 to 58 in Chinese
    // offices.
    return (number >= 14 && number <= 22) || (number >= 27 && number <= 36) ||
           (number >= 45 && number <= 47) || (number >= 50 && number <= 58);
}

}  // namespace jicai::catalogs::sheet
