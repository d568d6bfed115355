#pragma once

#include <string>
#include <vector>

/// \file
/// The events of lots that an office takes out of a round, as rows of events.csv.

namespace jicai::catalogs {

/// One row; `event` is lot_cancelled, lot_failed or lot_retendered.
struct LotEvent {
    std::string lot;
    std::string event;
    std::string value;  ///< of lot_retendered: the round
    std::string reason;
    std::string who;
    std::string at;  ///< "2026-11-23T09:30:00+08:00"
};

/// `events_csv` (empty: no such file) with a row for each of `events` that it does not have yet: a
/// row of the same lot and event counts as the same. What stands there stays byte for byte, rows
/// are put behind it under the columns it has, their `seq` going on from the largest. A text whose
/// header lacks one of the columns stays as it is: it has faults that the decoder names.
[[nodiscard]] std::string with_lot_events(
    const std::string& events_csv, const std::vector<LotEvent>& events
);

}  // namespace jicai::catalogs
