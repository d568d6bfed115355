#pragma once

#include <engine/catalogue/initials.h>
#include <engine/catalogue/table_target.h>

#include <cstddef>
#include <string>
#include <vector>

namespace jicai::catalogue {

/// The table of regions: names of the shipped ones, and regions of one's own. Faults:
/// catalogue.region_country (has its name), catalogue.region_parent (nobody above it).
class RegionsTarget final : public TableTarget {
public:
    /// Columns of the form "regions".
    enum Column : std::size_t { code, name, column_count };

    explicit RegionsTarget(Initials initials) : initials_(initials) {}
    [[nodiscard]] std::string table() const override { return "regions"; }
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
    Initials initials_;
};

/// Names of the columns, as the form has them.
[[nodiscard]] const std::vector<std::string>& region_columns();

/// Puts in the regions the program brings, where they are not there or are others; those entered
/// here stay. `regions` without level and parent. Returns how many were put in.
std::size_t put_shipped_regions(
    ports::Transaction& transaction, std::vector<ports::Region> regions
);

}  // namespace jicai::catalogue
