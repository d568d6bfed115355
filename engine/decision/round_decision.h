#pragma once

#include <engine/decision/trace.h>
#include <engine/money/price.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What was decided about a round. Plain results with their trace; no logic. Indexes are those of
/// round::Round.

namespace jicai::decision {

enum class Outcome : std::uint8_t { won, lost, invalid, absent, set_aside, pending };
/// The word of awards.csv.
[[nodiscard]] std::string_view text(Outcome outcome);

/// decided: winners stand. failed: no valid bid, no award, or declared so by the office. pending:
/// the lot waits for an event or a parameter. cancelled: taken out of the round by the office.
enum class LotStatus : std::uint8_t { decided, failed, pending, cancelled };
/// The word of lots_decided.csv.
[[nodiscard]] std::string_view text(LotStatus status);

/// What happened to one bid.
struct BidDecision {
    std::uint32_t bid;
    Outcome outcome = Outcome::pending;
    std::string step;  ///< the stage or event that decided: ceiling, entry, gate, affiliation,
                       ///< award, set_aside, ...
    std::optional<std::int64_t>
        rank;           ///< 1 = lowest comparable price; only valid bids; empty in a pending lot
    bool tied = false;  ///< shares its comparable price and all tie keys with another bid; rank is
                        ///< the listing order
    std::optional<money::Price> price;       ///< per pack
    std::optional<money::Price> unit_price;  ///< one unit of its own spec in the base form
    std::optional<money::Price> unit_comparable_price;  ///< one unit of the reference spec
    std::int64_t regions = 0;                           ///< number of regions it gets; 0 for losers
    std::vector<TraceStep> trace;
};

/// Agreed volume of one spec in one region, at the percentage that applies.
struct VolumeCell {
    std::uint32_t spec;
    std::uint32_t region;
    std::int64_t percent;
    money::Quantity quantity;
};

/// One turn of region picking.
struct RegionTurn {
    std::int64_t turn;  ///< 1, 2, ... in the session that counts
    std::uint32_t supplier;
    std::optional<std::uint32_t> region;  ///< empty: this turn is open, the supplier must pick
    std::string source;                   ///< event, preference, only_supplier, substitute
};

struct AllocationRow {
    std::uint32_t spec;
    std::uint32_t region;
    std::optional<std::uint32_t> supplier;  ///< empty while pending
    std::string role;                       ///< main, pending, substitute
    money::Quantity quantity;
};

struct PricedPack {
    std::uint32_t pack;
    money::Price price;
};

struct LotDecision {
    std::uint32_t lot;
    LotStatus status = LotStatus::pending;
    std::int64_t bidders = 0;                  ///< n
    std::optional<std::int64_t> entrants_max;  ///< M
    std::int64_t winners = 0;                  ///< W, now
    std::optional<std::int64_t> percent;
    std::optional<std::int64_t> term_years;
    std::vector<BidDecision> bids;  ///< ranked ones first by rank, then the others by supplier id
    std::vector<TraceStep> trace;
    std::vector<Message> waits_for;  ///< what a pending lot needs; also "regions not picked yet" is
                                     ///< not here but in turns
    std::vector<VolumeCell> volumes;
    std::vector<RegionTurn> turns;
    bool regions_complete = false;
    std::vector<Message>
        region_faults;  ///< recorded picks that break the rules: the round's input is at fault
    std::vector<AllocationRow> allocations;
    std::vector<PricedPack> packs;
};

struct RoundDecision {
    std::vector<LotDecision> lots;  ///< in the order of Round::lots
};

}  // namespace jicai::decision
