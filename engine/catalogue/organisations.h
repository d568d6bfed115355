#pragma once

#include <engine/catalogue/table_target.h>

#include <cstddef>
#include <string>
#include <vector>

namespace jicai::catalogue {

/// The table of organisations, by the same rules as the screen (accounts::add_organisation,
/// change_organisation). Faults: those of the screen, catalogue.kind_changed (the kind of an
/// organisation with people is changed on the screen), catalogue.parent_unknown,
/// catalogue.expires_institution (only hospitals and pharmacies are temporary, by their own table).
class OrganisationsTarget final : public TableTarget {
public:
    /// Columns of the form "organisations".
    enum Column : std::size_t { code, name, kind, region, parent, expires, column_count };

    [[nodiscard]] std::string table() const override { return "organisations"; }
    [[nodiscard]] access::Action action() const override {
        return access::Action::manage_organisations;
    }
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

/// Names of the columns, as the form has them.
[[nodiscard]] const std::vector<std::string>& organisation_columns();

}  // namespace jicai::catalogue
