#pragma once

#include <engine/decision/round_decision.h>
#include <engine/round/round.h>
#include <reports/table.h>

#include <cstdint>
#include <string>
#include <vector>

/// \file
/// The tables of a decided round: the files `jicai award` and `jicai regions` write, and the
/// summary people read. Column names are a contract: columns may be added at the end, never
/// renamed. Prices per pack have two decimals, prices per unit four, more only where a price has
/// more; quantities are whole smallest units.

namespace jicai::reports {

using decision::RoundDecision;
using round::Round;

/// lot, supplier, product, spec, rank, outcome, step, price, unit_price, unit_comparable_price,
/// supplier_name, tied, regions, clause
[[nodiscard]] Table awards(const Round& round, const RoundDecision& decided);

/// lot, status, bidders, entrants_max, winners, percent, term, name
[[nodiscard]] Table lots_decided(const Round& round, const RoundDecision& decided);

/// lot, supplier, regions: winners only, by rank
[[nodiscard]] Table region_counts(const Round& round, const RoundDecision& decided);

/// lot, spec, region, percent, quantity
[[nodiscard]] Table volumes(const Round& round, const RoundDecision& decided);

/// lot, spec, region, supplier, role, quantity
[[nodiscard]] Table allocations(const Round& round, const RoundDecision& decided);

/// The columns of packs.csv (optional ones where any pack has a value) and pack_price.
[[nodiscard]] Table packs_priced(const Round& round, const RoundDecision& decided);

/// lot, turn, supplier, region, source: one row per turn of region picking; an open turn has an
/// empty region
[[nodiscard]] Table region_picks(const Round& round, const RoundDecision& decided);

/// For people: lot, name, status, bidders, winners, percent, term, first_winner (the first winner
/// by rank and its pack price)
[[nodiscard]] Table award_summary(const Round& round, const RoundDecision& decided, const Say& say);

/// For people: lot, name, winners, regions, regions_left, next_supplier (whose turn it is, while
/// regions are left)
[[nodiscard]] Table region_summary(const Round& round, const RoundDecision& decided);

struct LotCounts {
    std::int64_t decided = 0;
    std::int64_t failed = 0;
    std::int64_t pending = 0;
    std::int64_t cancelled = 0;
    std::int64_t bids = 0;
    std::int64_t winners = 0;
    std::int64_t regions_open = 0;  ///< decided lots whose regions are not all picked
};
[[nodiscard]] LotCounts count_lots(const RoundDecision& decided);

/// The clause that decided a bid: of the last step that has one; empty when none has.
[[nodiscard]] std::string deciding_clause(const decision::BidDecision& bid);

/// Price with `decimals` decimals, or its exact text when it has more.
[[nodiscard]] std::string price_text(money::Price price, int decimals);

}  // namespace jicai::reports
