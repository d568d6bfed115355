#pragma once

#include <engine/bidding/ranking.h>
#include <engine/decision/trace.h>
#include <engine/round/round.h>
#include <engine/rules/rulebook.h>

#include <cstdint>
#include <optional>
#include <vector>

/// \file
/// From prepared lots to winners: the stages of a rulebook, executed in its order. The engine knows
/// no round; it knows stages. Stages that compare lots (outlier) run over the whole round between
/// the stages of the single lots.

namespace jicai::award {

/// What ended a bid, or that it won. Text: the `step` column of awards.csv.
enum class Fate : std::uint8_t {
    undecided = 0,
    absent = 1,
    set_aside = 2,
    withdrawn = 3,
    disqualified = 4,
    main_spec_missing = 5,
    without_price = 6,
    over_ceiling = 7,
    over_own_lowest = 8,
    affiliation = 9,
    entry = 10,
    gate = 11,
    outlier = 12,
    gave_up = 13,
    won = 14,
    rescued = 15,
};
[[nodiscard]] std::string_view step_text(Fate fate);

struct BidState {
    Fate fate = Fate::undecided;
    bool counted = false;  ///< counts in n
    bool ranked = false;   ///< valid: meets the ceiling, has a rank
    bool entrant = false;
    bool winner = false;
    std::int64_t rank = 0;
    std::int64_t regions = 0;
    money::Price pack_price{0};
    money::Price unit_price{0};
    money::Price comparable{0};
    bool has_unit_price = false;
    bool has_comparable = false;
};

/// Steps recorded while deciding one lot.
struct LotTrace {
    std::vector<decision::TraceStep> lot;
    std::vector<std::vector<decision::TraceStep>> bids;  ///< by index in PreparedLot::bids
};

/// The state of one lot while and after its stages run. Reusable: award_lot clears it.
struct LotState {
    std::vector<BidState> bids;  ///< by index in PreparedLot::bids
    bidding::Ranking ranking;
    std::int64_t bidders = 0;
    std::optional<std::int64_t> entrants_max;
    std::vector<std::size_t> winners;  ///< in picking order
    /// Open ties whose order would change who wins or how many regions someone gets: the lot waits
    /// for a draw.
    std::vector<bidding::OpenTie> ties_with_effect;
    std::vector<decision::Message> waits_for;
};

/// Decides one lot by every stage but the cross-lot ones. With a null trace nothing is recorded;
/// a state that is used again keeps its memory.
void award_lot(
    const round::Round& round,
    const bidding::PreparedLot& lot,
    const rules::Rulebook& rulebook,
    LotState& state,
    LotTrace* trace
);

/// Decides all lots of a round. `traces` is empty or has one entry per lot.
void award_round(
    const round::Round& round,
    const std::vector<bidding::PreparedLot>& lots,
    const rules::Rulebook& rulebook,
    std::vector<LotState>& states,
    std::vector<LotTrace>* traces
);

/// Number of regions of each winner: `extra` go to rank 1 first, then all take one per turn in rank
/// order until none is left. Source: GY-YD2019-1 12.1 (no extra), GY-YD2019-2 and later 13.1 (one
/// extra).
[[nodiscard]] std::vector<std::int64_t> region_counts(
    std::int64_t winners, std::int64_t regions, std::int64_t extra
);

}  // namespace jicai::award
