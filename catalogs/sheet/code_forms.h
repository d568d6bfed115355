#pragma once

#include <catalogs/table_form/table_form.h>

#include <cstdint>
#include <string>
#include <string_view>

/// \file
/// What the national codes look like and which check digits they have.

namespace jicai::catalogs::sheet {

enum class CodeVerdict : std::uint8_t {
    sound,
    zeros_lost,  ///< digits, but fewer than the code has
    other_form,
    check_digit_wrong,
    check_digit_differs,  ///< a warning: such codes exist
};

struct CodeJudgement {
    CodeVerdict verdict = CodeVerdict::sound;
    std::string expected = {};  ///< the form ("6 位数字"), or the check digit
};

/// Drug codes have no check digit; the 14-digit national code has one, mod 10 with weight 3 (it
/// holds for all 4,557 published codes looked at).
[[nodiscard]] CodeJudgement judge_code(std::string_view code, table_form::CodeForm form);

/// The check digit of the first 13 digits of a national drug code. \pre 13 digits
[[nodiscard]] char national_code_digit(std::string_view first_13);

/// The firm in a drug code of 23 characters (its last 5) and in a national code (digits 4 to 8);
/// empty for other codes.
[[nodiscard]] std::string_view firm_of_drug_code(std::string_view code);
[[nodiscard]] std::string_view firm_of_national_code(std::string_view code);

}  // namespace jicai::catalogs::sheet
