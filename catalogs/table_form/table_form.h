#pragma once

#include <catalogs/messages/message_catalog.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The tables people fill in, on the screen, in Excel or as CSV: their columns, kinds and checks.
/// Words are messages: sheet_table.<table>, sheet.<table>.<column>, sheet_note.<table>.<column>.

namespace jicai::catalogs::table_form {

enum class ColumnKind : std::uint8_t {
    code,      ///< an id others refer to: always text
    name,      ///< words; never a number a spreadsheet made of them
    quantity,  ///< a whole number of smallest units
    price,     ///< yuan
    date,      ///< 2026-11-23
    choice,    ///< one of a list
};

/// What a code must look like.
enum class CodeForm : std::uint8_t {
    any,
    region,        ///< GB/T 2260, six digits
    organisation,  ///< unified social credit code or designated institution; check digit: warned of
    institution,   ///< designated hospital or pharmacy
    product,       ///< national code of a drug or consumable, or a hospital's own of a preparation
    national_drug,  ///< 药品本位码, 14 digits, check digit mod 10
    year,           ///< four digits
};

struct Column {
    std::string name;  ///< "region"; title: sheet.<table>.<name>
    ColumnKind kind = ColumnKind::name;
    bool required = true;
    CodeForm form = CodeForm::any;
    int decimals_max = 0;        ///< of a price
    std::int64_t whole_max = 0;  ///< of a quantity or price
    bool zero_allowed = false;
    std::vector<std::string> choices =
        {};  ///< words; titles are sheet_choice.<table>.<name>.<word>
    std::vector<std::string> allowed = {};  ///< codes or names of the round; empty: any
    std::string example = {};
};

/// A check of a row as a whole.
enum class RowCheck : std::uint8_t {
    none,
    make_up_on_weekend,  ///< holidays: days worked are Saturdays and Sundays
    same_firm_in_codes,  ///< products: the firm in both codes; warned of
};

/// Rows and characters a table may have, unless its form says otherwise; more are refused.
inline constexpr std::size_t kRowsMax = 100'000;
inline constexpr std::size_t kTableBytesMax = 64U << 20U;
inline constexpr std::size_t kNameCharactersMax = 200;

struct TableForm {
    std::string name;  ///< "volume_report"; title: sheet_table.<name>
    std::vector<Column> columns;
    std::vector<std::size_t> key;  ///< columns that name a row; none: the table's target sees to it
    RowCheck check = RowCheck::none;
    std::size_t rows_max = kRowsMax;
    std::size_t bytes_max = kTableBytesMax;  ///< of the file
    /// Files may be too large to be held: rows are taken over in pieces, and an error workbook has
    /// the rows with faults alone.
    [[nodiscard]] bool is_large() const { return rows_max > kRowsMax; }
};

/// organisations, products, hospitals, regions, history, volume_report, holidays, observations,
/// price_products, purchases.
[[nodiscard]] const std::vector<TableForm>& all_forms();
/// By name; "volume-report" is "volume_report".
[[nodiscard]] const TableForm* find_form(std::string_view name);
[[nodiscard]] std::optional<std::size_t> find_column(const TableForm& form, std::string_view name);

/// The form with the codes or names that `column` may hold, in the order shown in pick lists.
/// \pre the form has the column (CHECKed)
[[nodiscard]] TableForm with_allowed(
    TableForm form, std::string_view column, std::vector<std::string> allowed
);

// Words of a form in one language.
[[nodiscard]] std::string table_title(const TableForm& form, Language language);
[[nodiscard]] std::string column_title(
    const TableForm& form, const Column& column, Language language
);
/// What to fill in.
[[nodiscard]] std::string column_note(
    const TableForm& form, const Column& column, Language language
);
[[nodiscard]] std::string choice_title(
    const TableForm& form, const Column& column, const std::string& choice, Language language
);
/// The title of the column an error workbook adds.
[[nodiscard]] std::string reason_title(Language language);
/// The name of the sheet with notes.
[[nodiscard]] std::string notes_title(Language language);

/// A table as it was uploaded, for handing it back.
struct UploadedRow {
    std::uint64_t row = 0;           ///< in the file, 1 the first
    std::vector<std::string> cells;  ///< by UploadedTable::titles
};
struct UploadedTable {
    std::vector<std::string> titles;   ///< as written; the reason column is left out
    std::vector<std::size_t> columns;  ///< of the form, or kUnknownColumn
    std::vector<std::size_t> fields;   ///< where each stood in the file, 0 is A
    std::uint64_t header_row = 0;
    std::vector<UploadedRow> rows;  ///< in the order of the file
};
inline constexpr std::size_t kUnknownColumn = static_cast<std::size_t>(-1);

}  // namespace jicai::catalogs::table_form
