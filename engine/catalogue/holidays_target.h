#pragma once

#include <engine/catalogue/table_target.h>

#include <cstddef>
#include <string>
#include <vector>

namespace jicai::catalogue {

/// The table of holidays, a day a row; every year it speaks of is replaced as a whole. Consecutive
/// days off of one name are one holiday; days worked belong to the holiday of their name. Faults:
/// catalogue.worked_without_holiday and those of faults_of_year.
class HolidaysTarget final : public TableTarget {
public:
    /// Columns of the form "holidays".
    enum Column : std::size_t { day, kind, name, notice, column_count };

    [[nodiscard]] std::string table() const override { return "holidays"; }
    [[nodiscard]] access::Action action() const override {
        return access::Action::manage_catalogues;
    }
    [[nodiscard]] std::vector<std::vector<std::string>> prefilled(
        ports::Transaction& transaction, const TableContext& context
    ) const override;
    [[nodiscard]] Comparison compare(
        ports::Transaction& transaction,
        const TableContext& context,
        const std::vector<TableRow>& rows
    ) const override;
    std::vector<ports::AuditEntry> apply(
        ports::Transaction& transaction,
        const TableContext& context,
        const std::vector<TableRow>& rows,
        const Comparison& comparison
    ) const override;

private:
    struct Plan;
    [[nodiscard]] Plan plan(
        ports::Transaction& transaction,
        const TableContext& context,
        const std::vector<TableRow>& rows
    ) const;
};

/// A year as rows of the table: day, off or worked, name, notice; by day.
[[nodiscard]] std::vector<std::vector<std::string>> rows_of(const ports::StoredYear& year);

}  // namespace jicai::catalogue
