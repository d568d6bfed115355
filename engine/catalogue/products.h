#pragma once

#include <engine/catalogue/initials.h>
#include <engine/catalogue/table_target.h>

#include <cstddef>
#include <string>
#include <vector>

namespace jicai::catalogue {

/// The table of products; the screen's form is one row of it. A product without a kind gets the
/// usual one of its code. Faults: catalogue.product_kind (not of such a code), of forms
/// catalogue.code_taken, people.changed.
class ProductsTarget final : public TableTarget {
public:
    /// Columns of the form "products".
    enum Column : std::size_t {
        code,
        national_code,
        name,
        spec,
        form,
        pack_units,
        supplier,
        price,
        kind,
        column_count,
    };

    explicit ProductsTarget(Initials initials) : initials_(initials) {}
    [[nodiscard]] std::string table() const override { return "products"; }
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
[[nodiscard]] const std::vector<std::string>& product_columns();
/// A product as a row of the table.
[[nodiscard]] std::vector<std::string> texts_of(const ports::Product& product);

}  // namespace jicai::catalogue
