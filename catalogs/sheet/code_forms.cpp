#include <catalogs/sheet/code_forms.h>
#include <engine/access/code_check.h>
#include <engine/money/check.h>

#include <algorithm>

namespace jicai::catalogs::sheet {
namespace {

using table_form::CodeForm;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

constexpr std::string_view kWesternDrug = "Xa99aaa999a999999999999";
constexpr std::string_view kPatentDrug = "Za99aaa9999999999999";

// `form` has a for a capital letter, 9 for a digit; other characters stand for themselves.
bool has_form(std::string_view text, std::string_view form) {
    if (text.size() != form.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool fits = form[i] == 'a'   ? c >= 'A' && c <= 'Z'
                          : form[i] == '9' ? is_digit(c)
                                           : c == form[i];
        if (!fits) return false;
    }
    return true;
}

CodeJudgement digits(std::string_view code, std::size_t count, std::string_view begin) {
    const std::string expected = std::to_string(count) + " × 0-9";
    if (!all_digits(code)) return {CodeVerdict::other_form, expected};
    if (code.size() < count && begin.empty()) return {CodeVerdict::zeros_lost, expected};
    if (code.size() != count || code.substr(0, begin.size()) != begin) {
        return {
            CodeVerdict::other_form, std::string(begin) + (begin.empty() ? "" : "…, ") + expected};
    }
    return {};
}

CodeJudgement organisation(std::string_view code, bool institution_only) {
    const access::CodeCheck checked = access::check_code(code);
    const bool institution = checked.form == access::CodeForm::medical_institution;
    if (checked.form == access::CodeForm::none || (institution_only && !institution)) {
        return {
            CodeVerdict::other_form,
            institution_only ? "H/P + 11 × 0-9" : "91110000802100433B, H23010000001"};
    }
    if (checked.check_digit_differs) return {CodeVerdict::check_digit_differs, checked.expected};
    return {};
}

// National codes by their first letter; other letters begin a hospital's own code of a preparation.
bool is_product(std::string_view code) {
    constexpr std::size_t kOwnMin = 4;
    constexpr std::size_t kOwnMax = 40;
    constexpr std::size_t kPieces = 10;
    if (code.empty()) return false;
    const bool plain = std::all_of(code.begin(), code.end(), [](char c) {
        return is_digit(c) || (c >= 'A' && c <= 'Z') || c == '-';
    });
    if (!plain) return false;
    switch (code[0]) {
        case 'X':
            return has_form(code, kWesternDrug);
        case 'Z':
            return has_form(code, kPatentDrug);
        case 'T':
            return code.size() == kPieces;
        case 'C':
            return (code.size() == 20 || code.size() == 27) && all_digits(code.substr(1));
        default:
            return code[0] >= 'A' && code[0] <= 'Z' && code.size() >= kOwnMin &&
                   code.size() <= kOwnMax;
    }
}

}  // namespace

char national_code_digit(std::string_view first_13) {
    JICAI_CHECK(first_13.size() == 13 && all_digits(first_13));
    int total = 0;
    for (std::size_t i = 0; i < 13; ++i) {
        // Counted from the right the check digit is 1, so the last of the 13 is 2.
        const int weight = (13 - i) % 2 == 1 ? 3 : 1;
        total += weight * (first_13[i] - '0');
    }
    return static_cast<char>('0' + (10 - total % 10) % 10);
}

std::string_view firm_of_drug_code(std::string_view code) {
    return has_form(code, kWesternDrug) ? code.substr(18) : std::string_view();
}

std::string_view firm_of_national_code(std::string_view code) {
    return code.size() == 14 ? code.substr(3, 5) : std::string_view();
}

CodeJudgement judge_code(std::string_view code, CodeForm form) {
    switch (form) {
        case CodeForm::any:
            return {};
        case CodeForm::region: {
            CodeJudgement judged = digits(code, 6, "");
            if (judged.verdict == CodeVerdict::sound && !access::is_region_code(code)) {
                judged = {CodeVerdict::other_form, "GB/T 2260, 6 × 0-9"};
            }
            return judged;
        }
        case CodeForm::organisation:
            return organisation(code, false);
        case CodeForm::institution:
            return organisation(code, true);
        case CodeForm::product:
            if (is_product(code)) return {};
            return {CodeVerdict::other_form, "X… (23), Z… (20), T… (10), C… (20, 27)"};
        case CodeForm::national_drug: {
            CodeJudgement judged = digits(code, 14, "869");
            if (judged.verdict != CodeVerdict::sound) return judged;
            const char digit = national_code_digit(code.substr(0, 13));
            if (digit != code[13]) return {CodeVerdict::check_digit_wrong, std::string(1, digit)};
            return {};
        }
        case CodeForm::year:
            return has_form(code, "2099") ? CodeJudgement{}
                                          : CodeJudgement{CodeVerdict::other_form, "20__"};
    }
    JICAI_CHECK(false);
}

}  // namespace jicai::catalogs::sheet
