#pragma once

#include <catalogs/text_table/fault_list.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// \file
/// One cell by itself: what it may hold, its value, and its canonical text.

namespace jicai::catalogs::text_table {

enum class CellKind : std::uint8_t {
    free_text,  ///< anything
    code,    ///< an id or a word others refer to: no blanks around it, not mangled by a spreadsheet
    number,  ///< a decimal, kept as an integer of 10^-scale
    flag,    ///< 1 0 是 否 true false, or empty for no
};

struct CellRule {
    CellKind kind = CellKind::free_text;
    bool may_be_empty = true;
    // numbers only
    int scale = 0;
    int decimals_max = 0;
    std::int64_t whole_max = 0;  ///< the largest value allowed, in wholes
    bool zero_allowed = false;
};

inline constexpr CellRule kFreeText{CellKind::free_text, true};
inline constexpr CellRule kFreeTextRequired{CellKind::free_text, false};
inline constexpr CellRule kCode{CellKind::code, false};
inline constexpr CellRule kCodeOptional{CellKind::code, true};
inline constexpr CellRule kFlag{CellKind::flag, true};

/// Bounds of the fields, each stated in the fault that it causes.
inline constexpr int kMicroScale = 6;  ///< prices in micro-yuan, contents in 10^-6, fills in nl
inline constexpr std::int64_t kPriceYuanMax = 100'000'000;
inline constexpr std::int64_t kContentMax = 1'000'000'000;
inline constexpr std::int64_t kFillMlMax = 1'000'000;
inline constexpr std::int64_t kPackUnitsMax = 1'000'000;
inline constexpr std::int64_t kQuantityStepMax = 1'000'000'000;
inline constexpr std::int64_t kQuantityMax = 1'000'000'000'000;         ///< of one row
inline constexpr std::int64_t kQuantitySumMax = 1'000'000'000'000'000;  ///< of one demand cell
inline constexpr std::int64_t kSequenceMax = 1'000'000'000;

inline constexpr std::size_t kTomlTextBytesMax = 4'000;

inline constexpr CellRule kPackPrice{CellKind::number, true, kMicroScale, 2, kPriceYuanMax, false};
inline constexpr CellRule kUnitPrice{CellKind::number, true, kMicroScale, 4, kPriceYuanMax, false};
inline constexpr CellRule kContent{CellKind::number, false, kMicroScale, 6, kContentMax, false};
inline constexpr CellRule kContentOptional{
    CellKind::number, true, kMicroScale, 6, kContentMax, false};
inline constexpr CellRule kFill{CellKind::number, true, kMicroScale, 6, kFillMlMax, false};
inline constexpr CellRule kPackUnits{CellKind::number, false, 0, 0, kPackUnitsMax, false};
inline constexpr CellRule kPackUnitsOptional{CellKind::number, true, 0, 0, kPackUnitsMax, false};
inline constexpr CellRule kQuantityStep{CellKind::number, false, 0, 0, kQuantityStepMax, false};
inline constexpr CellRule kQuantity{CellKind::number, false, 0, 0, kQuantityMax, true};
inline constexpr CellRule kSequence{CellKind::number, false, 0, 0, kSequenceMax, false};

/// A checked cell.
struct Cell {
    std::string_view text = {};  ///< as decoded; empty when faulted
    std::optional<std::int64_t> number =
        {};  ///< number: scaled; flag: 0 or 1; nothing when empty or faulted
    bool faulted = false;
};

/// Checks one cell and adds the first fault that applies: cell_too_long, cell_empty, then by
/// kind. code: cell_excel_error, cell_blanks, code_excel_exponent. number: the order of
/// money::DecimalFault, then number_too_large (above the bound), number_zero. flag: flag_unknown.
[[nodiscard]] Cell check_cell(
    std::string_view text,
    const CellRule& rule,
    std::uint64_t row,
    std::string_view column,
    FaultList& faults,
    std::uint64_t column_number = 0
);

/// The value of a number cell that is not empty, scaled; nothing when it would be faulted.
[[nodiscard]] std::optional<std::int64_t> number_of(std::string_view text, const CellRule& rule);

/// Text a code cell may have; otherwise what is wrong with it.
[[nodiscard]] std::optional<FaultKind> fault_of_code(std::string_view text);

/// The canonical text of a sound cell: numbers in shortest exact form, flags 0 or 1, text as it is.
[[nodiscard]] std::string canonical_text(const Cell& cell, const CellRule& rule);

/// Whether `text` is a real day, YYYY-MM-DD.
[[nodiscard]] bool is_date(std::string_view text);

}  // namespace jicai::catalogs::text_table
