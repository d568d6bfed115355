#pragma once

#include <engine/calendar/day.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// \file
/// Numbers of a workbook as the text a person sees.

namespace jicai::catalogs::sheet {

/// What a number cell holds.
struct NumberText {
    std::string text;          ///< plain decimal, no exponent
    bool digits_lost = false;  ///< more than 15 digits before the point: those behind are gone
};

/// The stored text of a number ("1.1000000000000001", "1.23E+19") as Excel shows it: 15 significant
/// digits, half up, no trailing zeros. Nothing for what is no number or has more than 100 digits
/// before or behind the point. Computed on the digits, never in binary.
[[nodiscard]] std::optional<NumberText> number_text(std::string_view stored);

/// The day of a whole serial number; nothing before 1970, for fractions of a day, and for what is
/// no number. `from_1904`: the workbook counts from 1904.
[[nodiscard]] std::optional<calendar::Day> day_of_serial(std::string_view text, bool from_1904);

/// Whether a number format shows dates: "yyyy/m/d", "m\"月\"d\"日\"", not "0.00" or "[Red]0".
[[nodiscard]] bool is_date_format(std::string_view format);
/// The same for the formats that have a number instead of a text.
[[nodiscard]] bool is_date_format_number(std::uint32_t number);

}  // namespace jicai::catalogs::sheet
