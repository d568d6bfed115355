#pragma once

#include <engine/listing/register.h>

#include <string>
#include <vector>

/// \file
/// Prices and states of many entries at once, in the transaction of whoever decided them: a
/// campaign's publication, a round's award.

namespace jicai::listing {

/// One product's price as a campaign decided it.
struct Enforced {
    std::string product;
    money::Price price{0};  ///< per listed pack
    std::string clause;     ///< of the ceiling that governs
    /// Other ceilings of the decision: each becomes a price version of its own, so that the page
    /// shows them all. Ground kind, price and clause count.
    std::vector<Ceiling> others = {};
};

struct SkippedProduct {
    std::string product;
    decision::Message why;  ///< listing.not_entered, listing.not_listed_yet, ...
};

struct EnforceResult {
    std::int64_t versions = 0;   ///< price versions written
    std::int64_t unchanged = 0;  ///< products that had this price of this ground already
    std::int64_t compensations = 0;
    std::vector<SkippedProduct> skipped;  ///< by product
};

/// Writes the prices of a campaign (`ground_kind` "campaign", `ground` its id) for a province from
/// 00:00 of `effective` on. Entries that are not there, not in trade yet, delisted, or cheaper
/// already are skipped and named (listing.not_entered, listing.not_listed_yet, listing.is_delisted,
/// listing.would_raise), never raised. Doing it twice does nothing more. A day that has begun makes
/// it late: it takes effect at the next midnight and opens compensations. The caller has checked
/// that the actor may. Refused with listing.region_unknown, listing.day_unknown.
EnforceResult enforce(
    ports::Transaction& transaction,
    const Doer& doer,
    const std::string& region,
    const std::string& ground_kind,
    const std::string& ground,
    const std::string& effective,
    const std::vector<Enforced>& prices
);

/// Suspends, resumes or delists many entries of a province, as one decision. Entries that are not
/// there or where the act leads nowhere are skipped and named (listing.not_entered,
/// listing.no_such_act). Refused as above, and with listing.reason_needed.
EnforceResult act_on_all(
    ports::Transaction& transaction,
    const Doer& doer,
    const std::string& region,
    const std::vector<std::string>& products,
    const ActAsked& asked
);

/// Enters products as they stand already, each listed from the day of its price on, in few
/// statements: the register taken over from elsewhere. `ground_kind` "opening". The caller has
/// checked products, regions and days. Conflict: one is entered.
void open_entries(
    ports::Transaction& transaction, const Doer& doer, const std::vector<NewEntry>& entries
);

/// A winner of a round, in its packs' own words.
struct Awarded {
    std::string product;  ///< code of the catalogue
    std::string name;
    std::string holder;
    std::int64_t pack_units = 1;
    money::Price price{0};             ///< per pack
    std::vector<std::string> regions;  ///< provinces it supplies
};

/// Lists the winners of a round (`ground_kind` "award"): new entries of kind won_with_volume,
/// listed from 00:00 of `effective` on; entries that are there become won_with_volume, are listed
/// if they were not, and take the award price where it is lower. `non_winning`: products of the
/// round that did not win; those the register has become non_winning. Doing it twice does nothing
/// more. Skipped: listing.relist_cap (delisted, and the award is above the cap).
EnforceResult list_award(
    ports::Transaction& transaction,
    const Doer& doer,
    const std::string& round,
    const std::string& clause,
    const std::string& effective,
    const std::vector<Awarded>& winners,
    const std::vector<std::string>& non_winning
);

}  // namespace jicai::listing
