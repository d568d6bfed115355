#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// \file
/// Codes of organisations and regions: always text, never numbers. Forms and check digits: GB
/// 32100-2015 (unified social credit code), GB 11714 (organisation code), GB/T 2260 (regions).

namespace jicai::access {

/// What a code looks like. A failing check digit is a warning, never a refusal: codes of the early
/// pilot (91350100M0001TGQXM) fail it and are valid in law.
enum class CodeForm : std::uint8_t {
    none,                 ///< no code of an organisation
    social_credit,        ///< unified social credit code: 18 of 0-9 A-Z without I O S V Z
    medical_institution,  ///< designated hospital or pharmacy: H or P, region (6), number (5)
};

struct CodeCheck {
    CodeForm form = CodeForm::none;
    bool check_digit_differs = false;  ///< of the code, or of the organisation code inside
    std::string expected;              ///< the check digit the others give; empty: has none
    std::string region;                ///< written in the code, GB/T 2260; empty: none
    bool region_known = true;          ///< its province is one of the 31
    friend bool operator==(const CodeCheck&, const CodeCheck&) = default;
};

/// Looks at the code of an organisation.
[[nodiscard]] CodeCheck check_code(std::string_view code);

/// The check digit of the first 17 characters of a unified social credit code (weights 3^(i-1) mod
/// 31); '\0' where one of them is not of its alphabet or there are not 17.
[[nodiscard]] char social_credit_digit(std::string_view first_17);

/// The check digit of the first 8 characters of an organisation code (mod 11, 10 is X); '\0' where
/// they are not 8 digits and capital letters.
[[nodiscard]] char organisation_code_digit(std::string_view first_8);

/// Whether `code` is a region's: "000000" (the whole country) or six digits that begin with one of
/// the 31 provinces of GB/T 2260. The Corps, Hong Kong, Macao and Taiwan are not in that table.
[[nodiscard]] bool is_region_code(std::string_view code);

}  // namespace jicai::access
