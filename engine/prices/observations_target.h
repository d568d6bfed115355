#pragma once

#include <engine/catalogue/table_target.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace jicai::prices {

/// Price observations from a file of any size, or one from a form. Rows that are stored already are
/// passed over (same); a form's is refused (price.entered_already). New ones that are implausible
/// are held for review. Faults of a row: price.product_unknown, price.region_unknown,
/// price.region_not_yours, price.day_out_of_range, price.period_reversed, price.collected_later,
/// price.twice_in_file.
class ObservationsTarget final : public catalogue::TableTarget {
public:
    /// Columns of the table form `observations`.
    enum Column : std::size_t {
        product,
        region,
        source,
        pack_price,
        pack_units,
        effective_from,
        effective_to,
        content_mg,
        document,
        status,
        evaluated,
        collected_by,
        collected_on,
        column_count,
    };

    [[nodiscard]] std::string table() const override { return "observations"; }
    [[nodiscard]] access::Action action() const override { return access::Action::enter_prices; }
    [[nodiscard]] catalogue::Comparison compare(
        ports::Transaction& transaction,
        const catalogue::TableContext& context,
        const std::vector<catalogue::TableRow>& rows
    ) const override;
    /// The entry about one observation has its id as object: "observation:17".
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
