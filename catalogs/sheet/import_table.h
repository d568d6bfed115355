#pragma once

#include <catalogs/fault.h>
#include <catalogs/sheet/cell_check.h>
#include <catalogs/table_form/table_form.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// A table people filled in, from the bytes of its file: typed rows, or every fault by row and
/// column in one pass.

namespace jicai::catalogs::sheet {

/// So many faults are described; the rest is counted (fault.more). After kFaultsCountedMax the file
/// is not read further (fault.reading_stopped).
inline constexpr std::size_t kFaultsDescribedMax = 20'000;

struct TypedRow {
    std::uint64_t row = 0;      ///< of the file
    std::vector<Value> values;  ///< by column of the form
};

struct ImportedTable {
    std::vector<TypedRow> rows;   ///< in the order of the file; complete when there is no fault
    std::uint64_t row_count = 0;  ///< of the table, those handed to ImportOptions::take among them
    std::vector<Fault> faults;    ///< by row; column_number is the column of the file, 1 is A
    std::vector<Fault> warnings;  ///< to look at; nothing is refused for them
    table_form::UploadedTable uploaded;  ///< what was there, for the error workbook
};

struct ImportOptions {
    bool keep_uploaded = true;  ///< false saves memory where no error workbook is wanted
    /// Which rows of the file are kept for the error workbook; none: all.
    std::function<bool(std::uint64_t row)> keep_row = {};
    /// What a column of the form is called in this file: title and the column's name. These titles
    /// mean that column and no other.
    std::vector<std::pair<std::string, std::string>> titles = {};
    /// Takes rows without a fault as they come, kRowsAtOnce at once at most; ImportedTable::rows
    /// stays empty. Of the rows taken only what names them is remembered.
    std::function<void(std::vector<TypedRow>&& rows)> take = {};
};
inline constexpr std::size_t kRowsAtOnce = 5'000;

/// `file_name` is what faults are shown with. The header is the first of the first ten rows that
/// has at least half of the required columns, under their title in either language or their name;
/// columns in any order, unknown ones are kept and warned of. Refusals of the file as a whole: see
/// read_rows, and file_too_large, header_missing, column_missing, column_duplicated, rows_missing,
/// rows_too_many. Of a row: row_total, cells_merged, those of check_value, key_duplicated (only
/// among rows whose key is sound), make_up_not_weekend.
[[nodiscard]] ImportedTable import_table(
    std::string_view bytes,
    const std::string& file_name,
    const table_form::TableForm& form,
    const ImportOptions& options
);
[[nodiscard]] ImportedTable import_table(
    std::string_view bytes,
    const std::string& file_name,
    const table_form::TableForm& form,
    bool keep_uploaded = true
);

}  // namespace jicai::catalogs::sheet
