#pragma once

#include <engine/catalogue/table_target.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jicai::prices {

/// Months since January of year 0 of "2026-03"; nothing for any other text and for years before
/// 2000 or after 2179.
[[nodiscard]] std::optional<std::int32_t> read_month(std::string_view text);
/// "2026-03"
[[nodiscard]] std::string month_text(std::int32_t month);

/// Packs bought by product, month and hospital: spending weights. Rows take the place of stored
/// ones with the same three. Faults of a row: price.product_unknown, price.month_malformed.
class PurchasesTarget final : public catalogue::TableTarget {
public:
    /// Columns of the table form `purchases`.
    enum Column : std::size_t { product, month, packs, hospital, column_count };

    [[nodiscard]] std::string table() const override { return "purchases"; }
    [[nodiscard]] access::Action action() const override { return access::Action::enter_prices; }
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
    [[nodiscard]] std::unique_ptr<catalogue::RowsInPieces> in_pieces(
        const catalogue::TableContext& context, bool takes_over
    ) const override;
};

}  // namespace jicai::prices
