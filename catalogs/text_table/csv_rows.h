#pragma once

#include <catalogs/text_table/fault_list.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The rows of a CSV text (RFC 4180; LF or CRLF; the last line end may be missing).

namespace jicai::catalogs::text_table {

inline constexpr std::size_t kColumnsMax = 256;
inline constexpr std::size_t kCellBytesMax = 4'000;

struct CsvRow {
    std::uint64_t row = 0;                 ///< line of the file on which it starts, 1 = header
    std::size_t offset = 0;                ///< where it starts in the text
    std::vector<std::string_view> fields;  ///< at most kColumnsMax + 1
    std::size_t fields_found = 0;
};

/// Reads row after row. Rows with bad quoting or a bare CR are faulted and skipped, and so are
/// (without a fault) empty lines and rows of empty cells only: spreadsheets leave them behind.
class CsvRows {
public:
    /// `text` must be valid UTF-8 and outlive this and every field.
    CsvRows(std::string_view text, FaultList& faults) : text_(text), faults_(faults) {}

    /// False at the end, and after kFaultsCountedMax faults of the file. Fields point into the
    /// text, or, where doubled quotes were resolved, into memory of this object.
    [[nodiscard]] bool next(CsvRow& row);
    /// Frees the memory of resolved fields of earlier rows.
    void forget_resolved() { resolved_.clear(); }
    /// Whether a field points into memory of this object.
    [[nodiscard]] bool is_resolved(std::string_view field) const;

private:
    bool read_row(CsvRow& row);
    std::string_view read_bare(CsvRow& row, bool& sound);
    std::string_view read_quoted(CsvRow& row, bool& sound);
    [[nodiscard]] std::string_view line_from(std::size_t begin) const;
    void add_fault(FaultKind kind, const CsvRow& row, std::string_view value);

    std::string_view text_;
    FaultList& faults_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;
    std::deque<std::string> resolved_;
};

}  // namespace jicai::catalogs::text_table
