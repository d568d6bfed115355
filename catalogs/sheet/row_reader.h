#pragma once

#include <catalogs/text_table/fault_list.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// A table row by row, whatever the file: an Excel workbook or CSV.

namespace jicai::catalogs::sheet {

enum class CellType : std::uint8_t { empty, text, number, date, error };

/// A cell as the file has it.
struct RawCell {
    CellType type = CellType::empty;
    std::string text = {};     ///< as a person sees it; dates as 2026-11-23, errors as #REF!
    bool digits_lost = false;  ///< a number of more than 15 digits
    bool no_value = false;     ///< a formula that was never computed
    bool other_file = false;   ///< a formula that takes its value from another workbook
};

struct RawRow {
    std::uint64_t row = 0;       ///< of the sheet, or line of the text; 1 the first
    std::vector<RawCell> cells;  ///< from column A on
};

/// Called for every row that is not empty; false stops the reading.
using RowSink = std::function<bool(RawRow& row)>;

/// A rectangle of merged cells, counted from 0.
struct MergedCells {
    std::string reference;  ///< "A2:A5"
    std::uint64_t row = 0;  ///< of its first cell, 1 the first
    std::size_t column = 0;
};

/// Columns beyond are refused, not read.
inline constexpr std::size_t kColumnsMax = 256;
inline constexpr std::size_t kMergedMax = 1'000;

/// Where a workbook's table stands.
struct SheetTitles {
    std::vector<std::string> of_table;  ///< names the sheet of the table may have
    std::vector<std::string> of_notes;  ///< sheets to pass over
};

/// Reads a workbook (.xlsx, .xlsm) or CSV (UTF-8 with or without byte order mark, else GB18030),
/// told by its first bytes. Faults of the file as a whole: file_empty, workbook_old_xls,
/// workbook_encrypted, workbook_other_kind, workbook_damaged, workbook_bomb,
/// workbook_parts_too_many, sheet_missing, sheet_ambiguous, those of
/// text_table::decode_text and CsvRows. Of merged cells `merged` gets the first kMergedMax.
void read_rows(
    std::string_view bytes,
    const SheetTitles& titles,
    text_table::FaultList& faults,
    const RowSink& sink,
    std::vector<MergedCells>& merged
);

/// "A", "Z", "AA" of 0, 25, 26.
[[nodiscard]] std::string column_letters(std::size_t column);

}  // namespace jicai::catalogs::sheet
