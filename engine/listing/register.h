#pragma once

#include <engine/listing/price_line.h>
#include <engine/ports/store.h>
#include <engine/setup/work.h>

#include <optional>
#include <string>

/// \file
/// What officers and companies do to single entries of the register.

namespace jicai::listing {

using setup::Doer;

/// A new entry.
struct NewEntry {
    std::string product;
    std::string region;  ///< a province
    ListingKind kind = ListingKind::direct;
    std::string holder;
    std::string name;
    std::int64_t pack_units = 1;
    money::Price price{0};
    std::string effective;  ///< the day its price is meant for
    std::string ground_kind = "declared";
    std::string ground;
    std::string clause;
    std::string reason;
    std::int64_t derived_from = 0;
};

/// Enters a product as declared; its id. Refused with listing.region_not_province,
/// catalogue.product_not_found, listing.price_zero, listing.day_unknown, listing.entered_already.
std::int64_t enter(ports::Transaction& transaction, const Doer& doer, const NewEntry& entry);

/// What a delisting brings with it; from the linkage policy of the province.
struct DelistTerms {
    std::int64_t bar_years = 0;  ///< 0: no bar
    bool capped = true;          ///< relisting at the old price or less; false: not at all
    std::string clause;
};

struct ActAsked {
    Act act = Act::review;
    std::string effective;  ///< empty: tomorrow; an entry that was never listed: any day
    std::string reason;
    std::string clause;
    DelistTerms terms;  ///< of delist
};

/// The entry, locked. Refused with listing.not_found, access.denied (not in the actor's region),
/// listing.changed (`version` is not the entry's; 0: whatever it is).
[[nodiscard]] ports::Listing entry_for(
    ports::Transaction& transaction, const Doer& doer, std::int64_t listing, std::int64_t version
);

/// Does it. Refused with listing.no_such_act (names what can be done), listing.reason_needed,
/// listing.day_unknown, listing.day_begun (a state of trade changes at the next midnight at the
/// earliest), listing.before_last (before the last event takes effect), listing.no_price (list,
/// without a price of that day), listing.barred (relist, while barred altogether).
void take_act(
    ports::Transaction& transaction, const Doer& doer, ports::Listing entry, const ActAsked& asked
);

struct PriceAsked {
    money::Price price{0};
    std::string stated;       ///< the day it is meant for
    std::string ground_kind;  ///< declared, voluntary, campaign, award, opening
    std::string ground;
    std::string clause;
};

/// Lowers the price of an entry (place_price). What was opened. Refused with listing.is_delisted,
/// listing.price_zero, listing.relist_cap, and as place_price.
std::vector<Compensation> set_price(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::Listing& entry,
    const PriceAsked& asked
);

/// The price of another pack as a version that lays down the old pack's prices, and the entry with
/// it. `price` is the working's (pack_price.h). Refused as set_price, and with listing.same_pack.
void change_pack(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::Listing& entry,
    std::int64_t pack_units,
    const PriceAsked& asked
);

/// Other members of an entry. Empty: as they are. Refused with listing.nothing_changed,
/// listing.is_delisted, listing.reason_needed.
struct Details {
    std::string holder;
    std::string name;
    std::optional<ListingKind> kind;
    std::string reason;
    std::string clause;
};
void change_details(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::Listing& entry,
    const Details& details
);

/// Whether a price may be written for an entry that was delisted before: nothing, or
/// listing.relist_cap.
[[nodiscard]] std::optional<decision::Message> against_cap(
    const ports::Listing& entry, money::Price price, const std::string& day
);

}  // namespace jicai::listing
