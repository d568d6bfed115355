#pragma once

#include <engine/decision/round_decision.h>
#include <engine/round/round.h>

#include <cstddef>
#include <optional>
#include <vector>

/// \file
/// Confirmation of supply regions (供应地区确认): rank 1 takes its extra regions, then all winners
/// take one region per turn in rank order until none is left. Recorded picks are replayed and every
/// turn is checked; where no pick is recorded the picker's list of preferences speaks; where there
/// is none either, the turn stays open. Source: GY-YD2019-1 12.1-12.2; GY-YD2019-2 and
/// later 13.1-13.3.

namespace jicai::allocation {

/// One session of picking: it begins with the first turn, or again after a winner passed.
struct PickingSession {
    round::LotIndex lot;
    std::vector<round::SupplierIndex> pickers;  ///< winners in rank order
    std::vector<round::RegionIndex> regions;
    std::int64_t first_extra_picks;
    bool region_may_refuse;
    std::size_t first_event;  ///< events of the lot before this index (in Round::events) belong to
                              ///< earlier sessions
};

struct PickingResult {
    std::vector<decision::RegionTurn> turns;  ///< made, plus one open turn when it waits
    bool complete = false;
    std::vector<decision::Message> faults;  ///< refusal.*: recorded events that break the rules
    /// Set: the event (index in Round::events) by which the picker whose turn it was passed. The
    /// session ends there.
    std::optional<std::size_t> pass_event;
};

/// Refusals in order for each recorded event: region not of this round, session already complete,
/// not this supplier's turn, region taken, region refused this supplier before, region_refused
/// where no region may refuse.
[[nodiscard]] PickingResult pick_regions(const round::Round& round, const PickingSession& session);

/// Whether the round records any pick or preference for the lot.
[[nodiscard]] bool has_picks(const round::Round& round, round::LotIndex lot);

}  // namespace jicai::allocation
