#pragma once

#include <engine/catalogue/table_target.h>

#include <cstddef>
#include <string>
#include <vector>

namespace jicai::listing {

/// The table of the register: products of provinces with kind, price and the day it holds from. A
/// product that is not entered yet is taken over as listed from that day on; of one that is there a
/// lower price is written as a screen would (place_price), and kind and holder are changed. Faults:
/// catalogue.product_not_found, listing.region_not_province, listing.region_not_yours,
/// listing.is_delisted, listing.relist_cap, listing.would_raise.
class ListingsTarget final : public catalogue::TableTarget {
public:
    /// Columns of the form "listings".
    struct Column {
        enum : std::size_t { product, region, kind, price, effective, holder, clause };
    };

    [[nodiscard]] std::string table() const override { return "listings"; }
    [[nodiscard]] access::Action action() const override { return access::Action::decide_listings; }
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
    [[nodiscard]] Plan plan(
        ports::Transaction& transaction,
        const catalogue::TableContext& context,
        const std::vector<catalogue::TableRow>& rows
    ) const;
};

}  // namespace jicai::listing
