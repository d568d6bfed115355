#pragma once

#include <catalogs/fault.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// The faults of one table or file, as they are found.

namespace jicai::catalogs::text_table {

/// Every fault a table can have. The enumerator is the message key without "fault.".
enum class FaultKind : std::uint8_t {
    // the folder and its files
    folder_missing,
    file_missing,
    file_unreadable,
    file_too_large,
    file_misnamed,
    file_empty,
    file_spreadsheet,
    file_utf16,
    file_nul,
    encoding_looks_gb18030,
    encoding_mixed,
    encoding_invalid,
    encoding_not_gb18030,
    encoding_is_utf8,
    // the shape of a table
    separator_other,
    column_missing,
    column_in_chinese,
    column_duplicated,
    column_unnamed,
    columns_too_many,
    csv_bare_cr,
    csv_quote_in_field,
    csv_text_after_quote,
    csv_quote_unclosed,
    fields_too_few,
    fields_too_many,
    rows_missing,
    // a cell by itself
    cell_empty,
    cell_blanks,
    cell_too_long,
    code_excel_exponent,
    cell_excel_error,
    number_exponent,
    number_comma,
    number_currency,
    number_full_width,
    number_space,
    number_sign,
    number_malformed,
    number_decimals,
    number_not_whole,
    number_too_large,
    number_zero,
    flag_unknown,
    date_malformed,
    // a row against the others
    key_duplicated,
    lot_unknown,
    spec_unknown,
    spec_of_other_lot,
    spec_not_found_by_content,
    spec_ambiguous,
    spec_content_differs,
    lot_without_spec,
    content_unit_differs,
    supplier_unknown,
    region_unknown,
    region_repeated,
    participation_unknown,
    absent_with_price,
    event_unknown,
    event_supplier_missing,
    event_value_missing,
    event_suppliers_repeated,
    event_phase_unknown,
    demand_sum_too_large,
    // a row against the rulebook
    volume_class_unknown,
    term_class_unknown,
    tie_column_near,
    tie_date_malformed,
    tie_flag_unknown,
    // TOML
    round_toml_syntax,
    round_toml_key_unknown,
    round_toml_key_missing,
    round_toml_not_text,
    round_kind_unknown,
    round_toml_inexact_number,
    // workbooks, and cells as spreadsheets spoil them
    workbook_old_xls,
    workbook_encrypted,
    workbook_other_kind,
    workbook_damaged,
    workbook_bomb,
    workbook_parts_too_many,
    sheet_missing,
    sheet_ambiguous,
    header_missing,
    cells_merged,
    rows_too_many,
    formula_without_value,
    formula_other_file,
    cell_became_date,
    cell_invisible,
    code_zeros_lost,
    code_trailing_point,
    code_full_width,
    code_apostrophe,
    code_form,
    code_check_digit,
    number_trailing_point,
    choice_unknown,
    value_not_allowed,
    name_too_long,
    row_total,
    make_up_not_weekend,
    column_ignored,
    code_check_digit_differs,
    code_firm_differs,
    more,
    reading_stopped,
};
inline constexpr std::size_t kFaultKinds = static_cast<std::size_t>(FaultKind::reading_stopped) + 1;

/// Whether only tables people fill in (catalogs/sheet) can have such a fault.
[[nodiscard]] constexpr bool is_of_sheets(FaultKind kind) {
    return kind >= FaultKind::workbook_old_xls && kind <= FaultKind::code_firm_differs;
}

/// After this many faults of a table the rest of it is not read: it is not the file it should be.
inline constexpr std::uint64_t kFaultsCountedMax = 100'000;

/// "fault.column_missing"
[[nodiscard]] std::string_view fault_key(FaultKind kind);

/// Where in a file. `row`: line, 1 = header, 0 = the whole file. `value` is shortened and escaped.
struct Place {
    std::uint64_t row = 0;
    std::string_view column = {};
    std::string_view value = {};
    std::uint64_t column_number = 0;  ///< of a spreadsheet, 1 is column A; 0: not one cell
};

using FaultArguments = std::initializer_list<std::pair<std::string_view, std::string>>;

/// Keeps the first faults of a file (kFaultsShownMax unless told otherwise) and counts the rest.
/// Each message has the arguments `file`, `row`, `column` and `value` besides its own.
class FaultList {
public:
    explicit FaultList(std::string file, std::size_t shown_max = kFaultsShownMax)
        : file_(std::move(file)), shown_max_(shown_max) {}

    void add(FaultKind kind, const Place& place, FaultArguments arguments = {});
    /// The same for a fault of another kind of folder; `key` is a whole message key.
    void add(std::string_view key, const Place& place, FaultArguments arguments = {});
    /// For loops that may meet millions of faults: true when the fault was counted here and must
    /// not be described any more.
    [[nodiscard]] bool counted_only();
    /// Faults known only by their number.
    void add_count(std::uint64_t count) { count_ += count; }
    /// The file was not read from `row` on: the last fault is then `reading_stopped`, not `more`.
    void stop(std::uint64_t row) { stopped_at_row_ = row; }
    [[nodiscard]] bool stopped() const { return stopped_at_row_ != 0; }
    /// A fault with a line and a column of text (TOML).
    void add_at(FaultKind kind, Fault fault, FaultArguments arguments = {});
    void add_at(std::string_view key, Fault fault, FaultArguments arguments = {});

    [[nodiscard]] bool empty() const { return count_ == 0; }
    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] const std::string& file() const { return file_; }
    /// Moves the faults to the end of `all`, by row, those of one row in the order found; then one
    /// `fault.more` (argument `count`) when some were only counted, or one `fault.reading_stopped`.
    void move_to(std::vector<Fault>& all);

private:
    std::string file_;
    std::size_t shown_max_;
    std::vector<Fault> faults_;
    std::uint64_t count_ = 0;
    std::uint64_t stopped_at_row_ = 0;
};

/// `value` cut to `characters_max` characters ("…" after them), control characters and bytes that
/// are not UTF-8 as \n, \r, \t or \xHH.
[[nodiscard]] std::string shown(std::string_view value, std::size_t characters_max = 80);

}  // namespace jicai::catalogs::text_table
