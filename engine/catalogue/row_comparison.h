#pragma once

#include <engine/catalogue/table_target.h>
#include <engine/decision/json.h>

#include <string>
#include <utility>
#include <vector>

/// \file
/// What every target does alike: counting what changes, and saying which cells.

namespace jicai::catalogue {

/// A row as text, by column of its form.
using RowTexts = std::vector<std::string>;

/// Collects a Comparison row by row.
class RowComparison {
public:
    /// A fault of one cell.
    void fault(const TableRow& row, std::size_t column, decision::Message message);
    /// The same, to look at only.
    void warn(const TableRow& row, std::size_t column, decision::Message message);
    /// A row that is not there yet.
    void add(const TableRow& row, const std::string& key, const RowTexts& after);
    /// A row that is there; whether anything differs.
    bool change(
        const TableRow& row, const std::string& key, const RowTexts& before, const RowTexts& after
    );
    /// A stored row that would be gone.
    void remove(const std::string& key, const RowTexts& before);
    /// What was compared with: a code and its version.
    void compared_with(const std::string& code, std::int64_t version);

    [[nodiscard]] bool sound() const { return comparison_.faults.empty(); }
    /// The result; ends the collecting.
    [[nodiscard]] Comparison take() { return std::move(comparison_); }

private:
    void show(
        std::uint64_t row,
        const std::string& key,
        RowChange change,
        const RowTexts& before,
        const RowTexts& after
    );
    Comparison comparison_;
};

/// The entry of the audit log of rows taken over: of one row what it was and is, of many how many.
/// `object` is "institution:H23010000001"; `action` "institution".
[[nodiscard]] ports::AuditEntry entry_of(
    const std::string& action, const Comparison& comparison, const std::vector<std::string>& names
);

/// Throws Refused for the first fault of a row that came from a form, with all of them as faults of
/// fields; `names` are the columns' names.
void refuse_faults(const Comparison& comparison, const std::vector<std::string>& names);

}  // namespace jicai::catalogue
