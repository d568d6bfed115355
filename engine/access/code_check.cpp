#include <engine/access/code_check.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace jicai::access {
namespace {

constexpr std::string_view kSocialCreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

constexpr std::array<std::string_view, 31> kProvinces{
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41",
    "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"};

bool all_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

char social_credit_digit(std::string_view first_17) {
    if (first_17.size() != 17) return '\0';
    std::size_t sum = 0;
    std::size_t weight = 1;
    for (const char c : first_17) {
        const std::size_t value = kSocialCreditAlphabet.find(c);
        if (value == std::string_view::npos) return '\0';
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    return kSocialCreditAlphabet[(31 - sum % 31) % 31];
}

char organisation_code_digit(std::string_view first_8) {
    constexpr std::array<int, 8> kWeights{3, 7, 9, 10, 5, 8, 4, 2};
    if (first_8.size() != kWeights.size()) return '\0';
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i) {
        const char c = first_8[i];
        const bool digit = c >= '0' && c <= '9';
        if (!digit && (c < 'A' || c > 'Z')) return '\0';
        sum += kWeights.at(i) * (digit ? c - '0' : c - 'A' + 10);
    }
    const int check = 11 - sum % 11;
    if (check == 10) return 'X';
    return check == 11 ? '0' : static_cast<char>('0' + check);
}

bool is_region_code(std::string_view code) {
    if (code.size() != 6 || !all_digits(code)) return false;
    return code == "000000" ||
           std::find(kProvinces.begin(), kProvinces.end(), code.substr(0, 2)) != kProvinces.end();
}

CodeCheck check_code(std::string_view code) {
    CodeCheck check;
    if (code.size() == 12 && (code.front() == 'H' || code.front() == 'P') &&
        all_digits(code.substr(1))) {
        check.form = CodeForm::medical_institution;
        check.region = code.substr(1, 6);
        check.region_known = is_region_code(check.region);
        return check;
    }
    if (code.size() != 18 || !all_digits(code.substr(2, 6)) ||
        code.find_first_not_of(kSocialCreditAlphabet) != std::string_view::npos) {
        return check;
    }
    check.form = CodeForm::social_credit;
    check.region = code.substr(2, 6);
    check.region_known = is_region_code(check.region);
    check.expected = std::string(1, social_credit_digit(code.substr(0, 17)));
    check.check_digit_differs =
        check.expected[0] != code[17] || organisation_code_digit(code.substr(8, 8)) != code[16];
    return check;
}

}  // namespace jicai::access
