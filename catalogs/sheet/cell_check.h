#pragma once

#include <catalogs/sheet/row_reader.h>
#include <catalogs/table_form/table_form.h>
#include <catalogs/text_table/fault_list.h>
#include <engine/calendar/day.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

/// \file
/// One cell of a table people filled in: its value, or what is wrong with it.

namespace jicai::catalogs::sheet {

/// A checked cell. `text` is canonical: codes and names as written, numbers in shortest exact form,
/// dates 2026-11-23, choices as their word.
struct Value {
    std::string text = {};
    std::int64_t number = 0;  ///< quantity: units; price: micro-yuan; date: calendar::Day; choice:
                              ///< its position
    bool given = false;       ///< false: empty
    bool faulted = false;
};

/// Where the cell stands and what its column is called there.
struct CellPlace {
    std::uint64_t row = 0;
    std::uint64_t column_number = 0;  ///< 1 is A
    std::string title;
};

/// What may be written for a choice: its word or its title in either language.
struct ChoiceWords {
    std::unordered_map<std::string, std::size_t> position;
    std::string listed;  ///< titles in Chinese, for the fault
};
[[nodiscard]] ChoiceWords choice_words(
    const table_form::TableForm& form, const table_form::Column& column
);

/// Adds the first fault that applies: formula_without_value, formula_other_file, cell_excel_error,
/// cell_too_long, cell_empty, cell_invisible, then by kind.
/// code, name: cell_became_date, cell_blanks, code_excel_exponent; codes: code_full_width,
/// code_apostrophe, code_trailing_point, code_zeros_lost, code_form, code_check_digit; names:
/// name_too_long; both value_not_allowed. quantity, price: cell_became_date, number_trailing_point,
/// then those of text_table::check_cell. date: date_malformed. choice: choice_unknown.
/// `warnings` gets code_check_digit_differs.
[[nodiscard]] Value check_value(
    const RawCell& cell,
    const table_form::Column& column,
    const ChoiceWords& choices,
    const CellPlace& place,
    text_table::FaultList& faults,
    text_table::FaultList& warnings
);

/// Whether a text is what a spreadsheet makes of a fraction such as 1/2: "1月2日", "2-Jan",
/// "Jan-02".
[[nodiscard]] bool looks_like_fraction_date(std::string_view text);

/// Reads "2026-11-23", "2026/1/5", "2026.1.5" and "2026年1月5日".
[[nodiscard]] std::optional<calendar::Day> read_written_day(std::string_view text);

}  // namespace jicai::catalogs::sheet
