#include <catalogs/text_table/cells.h>
#include <catalogs/text_table/csv_rows.h>
#include <engine/money/check.h>
#include <engine/money/decimal.h>

#include <algorithm>
#include <array>

namespace jicai::catalogs::text_table {

namespace {

using money::DecimalFault;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool starts_or_ends_with(std::string_view text, std::string_view part) {
    if (text.size() < part.size()) return false;
    return text.substr(0, part.size()) == part || text.substr(text.size() - part.size()) == part;
}

bool has_surrounding_blank(std::string_view text) {
    const auto is_letter_or_mark = [](char c) { return c > ' ' && c < '\x7F'; };
    if (text.empty() || (is_letter_or_mark(text.front()) && is_letter_or_mark(text.back()))) {
        return false;
    }
    constexpr std::array<std::string_view, 6> kBlanks{
        " ", "\t", "\n", "\r", "\xC2\xA0" /* no-break */, "\xE3\x80\x80" /* ideographic */};
    return std::any_of(kBlanks.begin(), kBlanks.end(), [&](std::string_view blank) {
        return starts_or_ends_with(text, blank);
    });
}

// "1.2E+19": digits, a point or none, E+ and at most three digits.
bool is_excel_exponent(std::string_view text) {
    if (text.empty() || !is_digit(text.front()) || !is_digit(text.back())) return false;
    const std::size_t plus = text.find('+');
    if (plus == std::string_view::npos || plus < 2) return false;
    const std::size_t e = plus - 1;
    if (text[e] != 'e' && text[e] != 'E') return false;
    const std::string_view mantissa = text.substr(0, e);
    const std::string_view exponent = text.substr(e + 1);
    if (exponent.size() < 2 || exponent.size() > 4 || exponent[0] != '+') return false;
    const auto points = std::count(mantissa.begin(), mantissa.end(), '.');
    return points <= 1 &&
           std::all_of(
               mantissa.begin(), mantissa.end(), [](char c) { return is_digit(c) || c == '.'; }
           ) &&
           std::all_of(exponent.begin() + 1, exponent.end(), is_digit);
}

// What a spreadsheet writes for a failed formula, or for a column too narrow for its numbers.
bool is_excel_error(std::string_view text) {
    constexpr std::array<std::string_view, 8> kErrors{
        "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"};
    if (text.empty() || text[0] != '#') return false;
    if (std::find(kErrors.begin(), kErrors.end(), text) != kErrors.end()) return true;
    return text.size() >= 2 && text.find_first_not_of('#') == std::string_view::npos;
}

FaultKind kind_of(DecimalFault fault, const CellRule& rule) {
    switch (fault) {
        case DecimalFault::empty:
            return FaultKind::cell_empty;
        case DecimalFault::exponent:
            return FaultKind::number_exponent;
        case DecimalFault::thousands_comma:
            return FaultKind::number_comma;
        case DecimalFault::currency_sign:
            return FaultKind::number_currency;
        case DecimalFault::full_width:
            return FaultKind::number_full_width;
        case DecimalFault::surrounding_space:
            return FaultKind::number_space;
        case DecimalFault::sign:
            return FaultKind::number_sign;
        case DecimalFault::not_a_number:
            return FaultKind::number_malformed;
        case DecimalFault::too_many_decimals:
            return rule.decimals_max == 0 ? FaultKind::number_not_whole
                                          : FaultKind::number_decimals;
        case DecimalFault::too_large:
            return FaultKind::number_too_large;
    }
    JICAI_CHECK(false);
}

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i) power *= 10;
    return power;
}

// A whole number of up to 12 digits, which most cells of the large files hold.
std::optional<std::int64_t> short_whole_number(std::string_view text) {
    if (text.empty() || text.size() > 12) return {};
    std::int64_t value = 0;
    for (const char c : text) {
        if (!is_digit(c)) return {};
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<FaultKind> read_number(
    std::string_view text, const CellRule& rule, std::int64_t& scaled
) {
    if (is_excel_error(text)) return FaultKind::cell_excel_error;
    money::ScaledDecimal parsed{0, {}};
    const auto short_number = rule.scale == 0 ? short_whole_number(text) : std::nullopt;
    if (short_number) {
        parsed.scaled = *short_number;
    } else {
        parsed = money::parse_scaled(text, rule.scale, rule.decimals_max);
    }
    if (parsed.fault) return kind_of(*parsed.fault, rule);
    if (parsed.scaled > rule.whole_max * power_of_ten(rule.scale)) {
        return FaultKind::number_too_large;
    }
    if (parsed.scaled == 0 && !rule.zero_allowed) return FaultKind::number_zero;
    scaled = parsed.scaled;
    return {};
}

std::optional<std::int64_t> read_flag(std::string_view text) {
    if (text == "1" || text == "是" || text == "true" || text == "TRUE") return 1;
    if (text.empty() || text == "0" || text == "否" || text == "false" || text == "FALSE") return 0;
    return {};
}

}  // namespace

std::optional<FaultKind> fault_of_code(std::string_view text) {
    if (is_excel_error(text)) return FaultKind::cell_excel_error;
    if (has_surrounding_blank(text)) return FaultKind::cell_blanks;
    if (is_excel_exponent(text)) return FaultKind::code_excel_exponent;
    return {};
}

std::optional<std::int64_t> number_of(std::string_view text, const CellRule& rule) {
    std::int64_t scaled = 0;
    if (text.size() > kCellBytesMax || read_number(text, rule, scaled)) return {};
    return scaled;
}

Cell check_cell(
    std::string_view text,
    const CellRule& rule,
    std::uint64_t row,
    std::string_view column,
    FaultList& faults,
    std::uint64_t column_number
) {
    std::optional<FaultKind> fault;
    Cell cell;
    std::int64_t scaled = 0;
    if (text.size() > kCellBytesMax) {
        fault = FaultKind::cell_too_long;
    } else if (text.empty() && !rule.may_be_empty) {
        fault = FaultKind::cell_empty;
    } else {
        switch (rule.kind) {
            case CellKind::free_text:
                break;
            case CellKind::code:
                fault = fault_of_code(text);
                break;
            case CellKind::number:
                if (text.empty()) break;
                fault = read_number(text, rule, scaled);
                if (!fault) cell.number = scaled;
                break;
            case CellKind::flag:
                cell.number = read_flag(text);
                if (!cell.number) fault = FaultKind::flag_unknown;
                break;
        }
    }
    if (!fault) {
        cell.text = text;
        return cell;
    }
    cell.faulted = true;
    if (faults.counted_only()) return cell;
    faults.add(
        *fault,
        {row, column, text, column_number},
        {{"decimals_max", std::to_string(rule.decimals_max)},
         {"bound", std::to_string(rule.whole_max)},
         {"bytes_max", std::to_string(kCellBytesMax)}}
    );
    return cell;
}

std::string canonical_text(const Cell& cell, const CellRule& rule) {
    if (!cell.number) return std::string(cell.text);
    return money::format_shortest(*cell.number, rule.scale);
}

bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto number = [&](std::size_t begin, std::size_t length) {
        int value = 0;
        for (std::size_t i = begin; i < begin + length; ++i) {
            if (!is_digit(text[i])) return -1;
            value = value * 10 + (text[i] - '0');
        }
        return value;
    };
    const int year = number(0, 4);
    const int month = number(5, 2);
    const int day = number(8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1) return false;
    constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int days = kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
    return day <= days;
}

}  // namespace jicai::catalogs::text_table
