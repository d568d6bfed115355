#include <catalogs/sheet/cell_check.h>
#include <catalogs/sheet/code_forms.h>
#include <catalogs/text_table/cells.h>
#include <catalogs/text_table/csv_rows.h>
#include <catalogs/text_table/text_encoding.h>
#include <engine/access/code_check.h>
#include <engine/money/check.h>
#include <engine/money/decimal.h>

#include <algorithm>
#include <array>
#include <optional>

namespace jicai::catalogs::sheet {
namespace {

using table_form::Column;
using table_form::ColumnKind;
using table_form::TableForm;
using text_table::FaultArguments;
using text_table::FaultKind;
using text_table::FaultList;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

struct Invisible {
    std::string_view bytes;
    std::string_view name;
};
constexpr std::array<Invisible, 7> kInvisible{{
    {"\xC2\xA0", "U+00A0"},
    {"\xE2\x80\x8B", "U+200B"},
    {"\xE2\x80\x8C", "U+200C"},
    {"\xE2\x80\x8D", "U+200D"},
    {"\xE2\x80\x8E", "U+200E"},
    {"\xE2\x80\x8F", "U+200F"},
    {"\xEF\xBB\xBF", "U+FEFF"},
}};

std::optional<std::string> invisible_in(std::string_view text) {
    for (const Invisible& one : kInvisible) {
        if (text.find(one.bytes) != std::string_view::npos) return std::string(one.name);
    }
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20U)
            return c == '\n' || c == '\r' ? "U+000A" : "U+0009";
    }
    return {};
}

// Full-width digits, letters and marks (U+FF01 to U+FF5E), and the ideographic blank.
bool has_full_width(std::string_view text) {
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        const auto second = static_cast<unsigned char>(text[i + 1]);
        const auto third = static_cast<unsigned char>(text[i + 2]);
        if (static_cast<unsigned char>(text[i]) != 0xEF) continue;
        if (second == 0xBC && third >= 0x81) return true;
        if (second == 0xBD && third <= 0x9E) return true;
    }
    return false;
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

bool ends_with_zero_decimals(std::string_view text) {
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos || point == 0 || point + 1 == text.size()) return false;
    const std::string_view whole = text.substr(0, point);
    return std::all_of(whole.begin(), whole.end(), is_digit) &&
           text.find_first_not_of('0', point + 1) == std::string_view::npos;
}

std::string joined(const std::vector<std::string>& words) {
    constexpr std::size_t kShownMax = 12;
    std::string text;
    for (std::size_t i = 0; i < words.size() && i < kShownMax; ++i) {
        text += (i == 0 ? "" : ", ") + words[i];
    }
    return words.size() > kShownMax ? text + ", …" : text;
}

class Checker {
public:
    Checker(
        const Column& column,
        const ChoiceWords& choices,
        const CellPlace& place,
        FaultList& faults,
        FaultList& warnings
    )
        : column_(column), choices_(choices), place_(place), faults_(faults), warnings_(warnings) {}

    Value check(const RawCell& cell) {
        text_ = cell.text;
        if (cell.no_value) return fault(FaultKind::formula_without_value);
        if (cell.other_file) return fault(FaultKind::formula_other_file);
        if (cell.type == CellType::error) return fault(FaultKind::cell_excel_error);
        if (text_.size() > text_table::kCellBytesMax) {
            return fault(
                FaultKind::cell_too_long, {{"bytes_max", std::to_string(text_table::kCellBytesMax)}}
            );
        }
        if (text_.empty()) {
            return column_.required ? fault(FaultKind::cell_empty) : Value{};
        }
        if (const auto name = invisible_in(text_)) {
            return fault(FaultKind::cell_invisible, {{"character", *name}});
        }
        switch (column_.kind) {
            case ColumnKind::code:
                return code(cell);
            case ColumnKind::name:
                return name(cell);
            case ColumnKind::quantity:
            case ColumnKind::price:
                return number(cell);
            case ColumnKind::date:
                return date();
            case ColumnKind::choice:
                return choice();
        }
        JICAI_CHECK(false);
    }

private:
    Value fault(FaultKind kind, FaultArguments arguments = {}) {
        Value value;
        value.given = !text_.empty();
        value.faulted = true;
        if (!faults_.counted_only()) {
            faults_.add(kind, {place_.row, place_.title, text_, place_.column_number}, arguments);
        }
        return value;
    }

    [[nodiscard]] Value text_value() const { return {std::string(text_), 0, true, false}; }

    Value code(const RawCell& cell) {
        if (cell.type == CellType::date || looks_like_fraction_date(text_)) {
            return fault(FaultKind::cell_became_date);
        }
        if (cell.digits_lost) return fault(FaultKind::code_excel_exponent);
        if (const auto kind = text_table::fault_of_code(text_)) return fault(*kind);
        if (text_.front() == '\'') return fault(FaultKind::code_apostrophe);
        if (has_full_width(text_)) return fault(FaultKind::code_full_width);
        if (ends_with_zero_decimals(text_)) return fault(FaultKind::code_trailing_point);
        if (!column_.allowed.empty()) return allowed_code();
        const CodeJudgement judged = judge_code(text_, column_.form);
        switch (judged.verdict) {
            case CodeVerdict::sound:
                break;
            case CodeVerdict::zeros_lost:
                return fault(FaultKind::code_zeros_lost, {{"expected", judged.expected}});
            case CodeVerdict::other_form:
                return fault(FaultKind::code_form, {{"expected", judged.expected}});
            case CodeVerdict::check_digit_wrong:
                return fault(FaultKind::code_check_digit, {{"expected", judged.expected}});
            case CodeVerdict::check_digit_differs:
                warnings_.add(
                    FaultKind::code_check_digit_differs,
                    {place_.row, place_.title, text_, place_.column_number},
                    {{"expected", judged.expected}}
                );
                break;
        }
        return text_value();
    }

    Value allowed_code() {
        const auto& allowed = column_.allowed;
        if (std::find(allowed.begin(), allowed.end(), text_) != allowed.end()) return text_value();
        for (const std::string& code : allowed) {
            const bool stripped = code.size() > text_.size() &&
                                  code.substr(code.size() - text_.size()) == text_ &&
                                  code.find_first_not_of('0') == code.size() - text_.size();
            if (stripped) return fault(FaultKind::code_zeros_lost, {{"expected", code}});
        }
        return fault(FaultKind::value_not_allowed, {{"allowed", joined(allowed)}});
    }

    Value name(const RawCell& cell) {
        if (cell.type == CellType::date || looks_like_fraction_date(text_)) {
            return fault(FaultKind::cell_became_date);
        }
        if (const auto kind = text_table::fault_of_code(text_)) return fault(*kind);
        if (cell.digits_lost) return fault(FaultKind::code_excel_exponent);
        if (characters_in(text_) > table_form::kNameCharactersMax) {
            return fault(
                FaultKind::name_too_long,
                {{"bound", std::to_string(table_form::kNameCharactersMax)}}
            );
        }
        const auto& allowed = column_.allowed;
        if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), text_) == allowed.end()) {
            return fault(FaultKind::value_not_allowed, {{"allowed", joined(allowed)}});
        }
        return text_value();
    }

    Value number(const RawCell& cell) {
        if (cell.type == CellType::date || looks_like_fraction_date(text_)) {
            return fault(FaultKind::cell_became_date);
        }
        if (column_.decimals_max == 0 && ends_with_zero_decimals(text_)) {
            return fault(FaultKind::number_trailing_point);
        }
        text_table::CellRule rule;
        rule.kind = text_table::CellKind::number;
        rule.scale = column_.kind == ColumnKind::price ? text_table::kMicroScale : 0;
        rule.decimals_max = column_.decimals_max;
        rule.whole_max = column_.whole_max;
        rule.zero_allowed = column_.zero_allowed;
        if (const auto scaled = text_table::number_of(text_, rule)) {
            return {money::format_shortest(*scaled, rule.scale), *scaled, true, false};
        }
        const auto checked = text_table::check_cell(
            text_, rule, place_.row, place_.title, faults_, place_.column_number
        );
        JICAI_CHECK(checked.faulted);
        Value value;
        value.given = true;
        value.faulted = true;
        return value;
    }

    Value date() {
        const auto day = read_written_day(text_);
        if (!day) return fault(FaultKind::date_malformed);
        return {calendar::day_text(*day), day->number, true, false};
    }

    Value choice() {
        const auto at = choices_.position.find(std::string(text_));
        if (at == choices_.position.end()) {
            return fault(FaultKind::choice_unknown, {{"allowed", choices_.listed}});
        }
        return {column_.choices[at->second], static_cast<std::int64_t>(at->second), true, false};
    }

    const Column& column_;
    const ChoiceWords& choices_;
    const CellPlace& place_;
    FaultList& faults_;
    FaultList& warnings_;
    std::string_view text_;
};

std::size_t leading_digits(std::string_view text) {
    std::size_t count = 0;
    while (count < text.size() && is_digit(text[count])) ++count;
    return count;
}

int number_of_digits(std::string_view digits) {
    int number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return number;
}

bool is_english_month(std::string_view text) {
    constexpr std::array<std::string_view, 12> kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return std::find(kMonths.begin(), kMonths.end(), text) != kMonths.end();
}

}  // namespace

bool looks_like_fraction_date(std::string_view text) {
    const std::size_t digits = leading_digits(text);
    if (digits == 1 || digits == 2) {
        std::string_view rest = text.substr(digits);
        if (rest.substr(0, 1) == "-" && is_english_month(rest.substr(1))) return true;
        constexpr std::string_view kMonth = "月";
        constexpr std::string_view kDay = "日";
        if (rest.substr(0, kMonth.size()) != kMonth) return false;
        rest.remove_prefix(kMonth.size());
        const std::size_t days = leading_digits(rest);
        return (days == 1 || days == 2) && rest.substr(days) == kDay;
    }
    const std::size_t dash = text.find('-');
    if (dash != 3 || !is_english_month(text.substr(0, dash))) return false;
    const std::string_view rest = text.substr(dash + 1);
    return rest.size() == 2 && leading_digits(rest) == 2;
}

std::optional<calendar::Day> read_written_day(std::string_view text) {
    if (const auto day = calendar::read_day(text)) return day;
    if (leading_digits(text) != 4) return {};
    std::string_view rest = text.substr(4);
    std::array<int, 2> parts{};
    for (const std::array<std::string_view, 2>& marks :
         {std::array<std::string_view, 2>{"/", "/"}, {".", "."}, {"年", "月"}}) {
        rest = text.substr(4);
        bool sound = true;
        for (std::size_t i = 0; i < 2 && sound; ++i) {
            sound = rest.substr(0, marks[i].size()) == marks[i];
            if (!sound) break;
            rest.remove_prefix(marks[i].size());
            const std::size_t digits = leading_digits(rest);
            sound = digits == 1 || digits == 2;
            if (sound) parts[i] = number_of_digits(rest.substr(0, digits));
            rest.remove_prefix(std::min(digits, rest.size()));
        }
        if (!sound || rest != (marks[0] == "年" ? "日" : "")) continue;
        return calendar::day_of({number_of_digits(text.substr(0, 4)), parts[0], parts[1]});
    }
    return {};
}

ChoiceWords choice_words(const TableForm& form, const Column& column) {
    ChoiceWords words;
    for (std::size_t i = 0; i < column.choices.size(); ++i) {
        const std::string& word = column.choices[i];
        const std::string zh = table_form::choice_title(form, column, word, Language::zh);
        words.position.insert({word, i});
        words.position.insert({zh, i});
        words.position.insert({table_form::choice_title(form, column, word, Language::en), i});
        words.listed += (i == 0 ? "" : "、") + zh;
    }
    return words;
}

Value check_value(
    const RawCell& cell,
    const Column& column,
    const ChoiceWords& choices,
    const CellPlace& place,
    FaultList& faults,
    FaultList& warnings
) {
    return Checker(column, choices, place, faults, warnings).check(cell);
}

}  // namespace jicai::catalogs::sheet
