#pragma once

#include <catalogs/sheet/row_reader.h>
#include <catalogs/sheet/shared_parts.h>

#include <string>
#include <vector>

/// \file
/// The rows of one sheet of a workbook.

namespace jicai::catalogs::sheet {

/// What the cells of a sheet refer to.
struct CellContext {
    const SharedTexts& texts;
    const std::vector<bool>& is_date;
    bool from_1904 = false;
};

/// False after a fault of read_xml. Cells beyond kColumnsMax are a fault (columns_too_many) and not
/// read. `merged` gets at most kMergedMax.
bool read_sheet_rows(
    ZipParts& parts,
    const std::string& part,
    const CellContext& context,
    text_table::FaultList& faults,
    const RowSink& sink,
    std::vector<MergedCells>& merged
);

/// Column and row of a reference such as "D7"; false when it is none.
bool read_reference(std::string_view text, std::size_t& column, std::uint64_t& row);

}  // namespace jicai::catalogs::sheet
