#pragma once

#include <engine/listing/price_line.h>
#include <engine/ports/store.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// The enforcement point: the price of product x region x day, and whether an order at a price is
/// allowed. Listing, orders and settlement ask here. A city or county takes its province's listing.

namespace jicai::listing {

/// "230000" of "230102"; empty where the text is no region of six digits below the country.
[[nodiscard]] std::string province_of(const std::string& region);

/// What is enforced, or nothing where the product may not be ordered on that day.
[[nodiscard]] std::optional<EnforcedPrice> enforced_price(
    ports::Transaction& transaction,
    const std::string& product,
    const std::string& region,
    const std::string& day
);

struct OrderAsked {
    std::string product;
    std::string region;
    std::string day;
    money::Price price{0};      ///< per listed pack
    std::int64_t hospital = 0;  ///< whose filed purchases count too; 0: none
    std::int64_t packs = 1;
};

/// Messages: listing.order_<name>, and what to do next listing.next_<name>.
enum class OrderOutcome : std::uint8_t {
    allowed,
    not_listed,    ///< never entered for the region, or not on that day
    in_procedure,  ///< declared, reviewed or publicised, not listed
    not_yet,       ///< listed from a later day on
    suspended,
    delisted,
    above_price,
    filed_allowed,  ///< by a filed purchase
    filed_not_yet,  ///< its term begins later
    filed_expired,
    filed_over_cap,  ///< more packs than were filed
    filed_above,     ///< above the price it was filed at
};
/// "above_price"
[[nodiscard]] std::string_view name_of(OrderOutcome outcome);

struct OrderAnswer {
    OrderOutcome outcome = OrderOutcome::not_listed;
    [[nodiscard]] bool allowed() const {
        return outcome == OrderOutcome::allowed || outcome == OrderOutcome::filed_allowed;
    }
    std::optional<money::Price> enforced_price;
    std::string clause;
    std::string ground;
    std::string from;               ///< since when this price holds; empty: no price
    std::vector<Ceiling> ceilings;  ///< lowest first
    std::int64_t listing = 0;       ///< 0: no entry
    std::int64_t filing = 0;        ///< the filed purchase that decided; 0: none
    decision::Message text;
    decision::Message next;  ///< what the buyer can do; empty key: nothing needs doing
};

/// Pure: the answer from what is kept of one product in one province (`entry` null: nothing) and
/// the approved filings of the hospital for it.
[[nodiscard]] OrderAnswer answer_order(
    const ports::Listing* entry,
    const std::vector<PriceVersion>& versions,
    const std::vector<ListingEvent>& events,
    const std::vector<ports::FiledPurchase>& filings,
    const OrderAsked& asked
);

/// The same, from the store. Refused with listing.region_unknown, listing.day_unknown.
[[nodiscard]] OrderAnswer check_order(ports::Transaction& transaction, const OrderAsked& asked);

}  // namespace jicai::listing
