#pragma once

#include <engine/bidding/prepared_lot.h>

#include <cstddef>
#include <optional>
#include <vector>

/// \file
/// Ranks of a lot: comparable price ascending, then the rulebook's tie keys one by one, then a
/// recorded draw of lots. Source: GY-YD2019-1 11.2; GY-YD2019-2, GY-YD2020-1, GY-YD2021-1,
/// GY-YD2021-2 11.2-11.3.

namespace jicai::bidding {

/// How a bid came before or after one it shared its price with.
enum class TieBroken : std::uint8_t { no_tie, by_key, by_draw, unresolved };

struct RankedBid {
    std::size_t bid;  ///< index in PreparedLot::bids
    money::Price comparable;
    TieBroken tie = TieBroken::no_tie;
    std::size_t key = 0;  ///< index of the deciding tie key, for by_key
};

/// A run of bids nothing recorded can tell apart. A key whose value is unknown for one of them ends
/// the chain: a later key must not decide first.
struct OpenTie {
    std::size_t first;  ///< position in `order`
    std::size_t count;
};

struct Ranking {
    std::vector<RankedBid> order;
    std::vector<OpenTie> ties;
    std::vector<bool> draws_used;  ///< by index of PreparedLot::draws: it decided a tie
};

/// Sorts `ranking.order` (filled by the caller with valid bids, any order) and finds the open ties.
/// Inside an open tie the order is by unrounded price, then supplier id: a listing order without
/// meaning.
void rank_bids(const round::Round& round, const PreparedLot& lot, Ranking& ranking);

}  // namespace jicai::bidding
