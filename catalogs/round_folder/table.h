#pragma once

#include <catalogs/round_folder/text_table.h>
#include <engine/round/round.h>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// A table of a round folder: its documented columns, its checked rows, its canonical digest.

namespace jicai::catalogs::round_folder {

struct Column {
    std::string_view name;
    bool required;  ///< the column itself; whether a cell may be empty is in the rule
    CellRule rule;
};

/// A file as documented. The first `key_columns` of `key` name a row.
struct TableFormat {
    std::string_view file;
    std::vector<Column> columns;        ///< in the documented order
    std::vector<std::string_view> key;  ///< columns that name a row, in the order of sorting
    std::uint64_t bytes_max;
};

/// Where each column of a format stands in a file.
struct Header {
    static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);
    std::vector<std::size_t> field_of;         ///< by documented column: field number, or kAbsent
    std::vector<std::string> unknown_columns;  ///< bytewise
    std::vector<std::size_t> field_of_unknown;
    std::size_t fields = 0;
};

/// Reads the header row. False (with faults) when rows cannot be read: nothing there, columns
/// missing, duplicated, unnamed or too many.
[[nodiscard]] bool read_header(
    CsvRows& rows, const TableFormat& format, FaultList& faults, Header& header
);

/// False (with a fault) when the row has more or fewer fields than the header.
[[nodiscard]] bool has_all_fields(const CsvRow& row, const Header& header, FaultList& faults);

struct TableRow {
    std::uint64_t row = 0;
    std::vector<Cell> cells;                ///< by documented column; absent ones empty
    std::vector<std::string_view> unknown;  ///< by Header::unknown_columns

    [[nodiscard]] std::string text(std::size_t column) const {
        return std::string(cells[column].text);
    }
};

struct Table {
    Header header;
    std::vector<TableRow> rows;  ///< in file order; cells may be faulted
    bool complete = false;       ///< every row of the file is here with all its fields
};

/// Decodes, checks every cell, finds duplicated keys. `text` must outlive the table, and so must
/// `reader`, which holds resolved fields.
[[nodiscard]] Table read_table(CsvRows& reader, const TableFormat& format, FaultList& faults);

/// RFC 4180 with LF; fields quoted only when they hold a comma, a quote, CR or LF.
void append_csv_field(std::string& out, std::string_view field);

/// "lot,name,…\n": all documented columns, then the unknown ones.
[[nodiscard]] std::string canonical_header(
    const TableFormat& format, const std::vector<std::string>& unknown_columns
);

/// The digest of the canonical form (docs/certificate-inputs.md). \pre no faults
[[nodiscard]] round::InputFile digest_of(const TableFormat& format, const Table& table);

}  // namespace jicai::catalogs::round_folder
