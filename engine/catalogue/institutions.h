#pragma once

#include <engine/catalogue/initials.h>
#include <engine/catalogue/table_target.h>

#include <cstddef>
#include <string>
#include <vector>

namespace jicai::catalogue {

/// The table of hospitals, pharmacies and clinics; the screen's form is one row of it. Faults:
/// catalogue.code_kind (P is a pharmacy's), catalogue.region_unknown, catalogue.lead_unknown,
/// catalogue.lead_is_member (a group has one lead),
/// catalogue.lead_has_members, catalogue.township_missing (a clinic buys through somebody),
/// catalogue.township_not_clinic, catalogue.township_unknown, catalogue.township_is_clinic,
/// catalogue.expires_past; of forms catalogue.code_taken, people.changed. Warnings:
/// catalogue.code_region_differs.
class InstitutionsTarget final : public TableTarget {
public:
    /// Columns of the form "hospitals".
    enum Column : std::size_t {
        code,
        name,
        region,
        kind,
        duty,
        level,
        group_lead,
        expires,
        buys_through,
        column_count,
    };

    explicit InstitutionsTarget(Initials initials) : initials_(initials) {}
    [[nodiscard]] std::string table() const override { return "hospitals"; }
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
[[nodiscard]] const std::vector<std::string>& institution_columns();
/// An institution as a row of the table.
[[nodiscard]] std::vector<std::string> texts_of(const ports::Institution& institution);

/// Ends temporary institutions whose last day is over: nobody of them logs in any more. Returns
/// entries for the audit log.
std::vector<ports::AuditEntry> close_expired(
    ports::Transaction& transaction, ports::Moment now, std::size_t institutions_max = 100
);

}  // namespace jicai::catalogue
