#pragma once

#include <engine/decision/json.h>
#include <reports/say.h>
#include <reports/text_width.h>

#include <string>
#include <string_view>
#include <vector>

/// \file
/// A table as text cells, and its three forms: terminal, CSV, JSON. Nothing here computes a value.

namespace jicai::reports {

/// How a column is aligned and written to JSON. Prices, ratios and quantities are exact text in
/// JSON too (`exact`); only small counts (`count`: ranks, numbers of regions) are JSON numbers, an
/// empty cell null.
enum class ColumnKind { text, exact, count };
/// The word of the API: text, exact, count.
[[nodiscard]] std::string_view kind_text(ColumnKind kind);

struct Column {
    std::string name;  ///< ASCII: CSV heading, JSON name, and key `column.<name>` of its title on a
                       ///< terminal
    ColumnKind kind = ColumnKind::text;
};

struct Table {
    std::string name;  ///< "awards": the CSV file is awards.csv
    std::vector<Column> columns;
    std::vector<std::vector<std::string>>
        rows;  ///< as many cells as columns (CHECKed when written)
};

struct TerminalStyle {
    bool color = false;  ///< headings in bold
};

/// Aligned by East Asian width, columns two blanks apart, headings from `say`; every line ends with
/// a line feed.
[[nodiscard]] std::string to_terminal(
    const Table& table, const Say& say, const TerminalStyle& style
);

/// RFC 4180 with LF line ends: cells holding a comma, a quote or a line end are quoted. UTF-8, no
/// byte order mark.
[[nodiscard]] std::string to_csv(const Table& table);

/// An array of objects, one per row.
[[nodiscard]] decision::Json to_json(const Table& table);

}  // namespace jicai::reports
