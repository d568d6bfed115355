#pragma once

#include <reports/table.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// A table as a file for people: Excel, or CSV that Excel opens. Headings are titles in the
/// reader's language; cells are those of the table, and no cell is ever a formula.
///
/// Numbers. A cell of an exact or count column is written to Excel as a number, with its own
/// decimals as number format ("0.00"), so that people can sum it. A spreadsheet keeps the nearest
/// binary number and shows fifteen significant digits of it, which are the cell's own: nothing is
/// lost, and where something would be (more digits) the cell is written as text. Nothing is ever
/// computed with such a number here. Text columns are text in every case: codes keep their zeros.

namespace jicai::reports {

/// A file for Excel has at most 1,048,575 rows below its heading, a cell 32,767 characters.
class NoSuchFile : public std::runtime_error {
public:
    explicit NoSuchFile(const std::string& what) : std::runtime_error(what) {}
};

/// An .xlsx of one sheet: heading in bold, frozen and with filters, columns as wide as their
/// content by East Asian width. The same table gives the same bytes. `sheet` is cut to the 31
/// characters a sheet's name may have. Throws NoSuchFile when the table is too large for Excel or
/// there is no room to write.
[[nodiscard]] std::string to_xlsx(
    const Table& table, const std::vector<std::string>& titles, std::string_view sheet
);

enum class CsvEncoding { utf8_with_mark, gb18030 };

/// RFC 4180 with CRLF line ends. A cell that begins with = + - @, a tab or a line end gets an
/// apostrophe in front, unless it is a number in an exact or count column. GB18030 holds every
/// character of Unicode.
[[nodiscard]] std::string to_csv_file(
    const Table& table, const std::vector<std::string>& titles, CsvEncoding encoding
);

/// Whether `cell` is a plain decimal number: digits with at most one sign in front and one point
/// within.
[[nodiscard]] bool is_number(std::string_view cell);

}  // namespace jicai::reports
