#pragma once

#include <catalogs/sheet/row_reader.h>

#include <string_view>

/// \file
/// An Excel workbook (Office Open XML): which of its sheets is the table, and its rows.

namespace jicai::catalogs::sheet {

/// Reads the sheet that has one of the table's names, else the only sheet that is visible and not
/// the notes. Faults: see read_rows.
void read_workbook(
    std::string_view bytes,
    const SheetTitles& titles,
    text_table::FaultList& faults,
    const RowSink& sink,
    std::vector<MergedCells>& merged
);

}  // namespace jicai::catalogs::sheet
