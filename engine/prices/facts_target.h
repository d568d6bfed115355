#pragma once

#include <engine/catalogue/table_target.h>

#include <string>
#include <vector>

namespace jicai::prices {

/// What price linkage needs of products beside the catalogue. Faults of a row:
/// price.product_unknown.
class FactsTarget final : public catalogue::TableTarget {
public:
    /// Columns of the table form `price_products`.
    enum Column : std::size_t {
        product,
        content_mg,
        material,
        maker,
        variety,
        evaluated,
        originator,
        replaces,
        column_count,
    };

    [[nodiscard]] std::string table() const override { return "price_products"; }
    [[nodiscard]] access::Action action() const override { return access::Action::enter_prices; }
    [[nodiscard]] std::vector<std::vector<std::string>> prefilled(
        ports::Transaction& transaction, const catalogue::TableContext& context
    ) const override;
    [[nodiscard]] catalogue::Comparison compare(
        ports::Transaction& transaction,
        const catalogue::TableContext& context,
        const std::vector<catalogue::TableRow>& rows
    ) const override;
    std::vector<ports::AuditEntry> apply(
        ports::Transaction& transaction,
        const catalogue::TableContext& context,
        const std::vector<catalogue::TableRow>& rows,
        const catalogue::Comparison& comparison
    ) const override;

private:
    struct Plan;
    static Plan plan(ports::Transaction& transaction, const std::vector<catalogue::TableRow>& rows);
};

}  // namespace jicai::prices
