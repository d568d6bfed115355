#pragma once

#include <catalogs/round_folder/references.h>
#include <catalogs/round_folder/table.h>
#include <engine/round/round.h>

/// \file
/// From checked tables to the vectors of a Round, each row against the others. Each function adds
/// what it decodes to `round` and, for the lists others refer to, to `known`. The order of calls
/// is that of the declarations. With faults the vectors are only good for finding more faults.

namespace jicai::catalogs::round_folder {

/// Text order that sees numbers: "2" before "10", then bytewise.
[[nodiscard]] bool natural_less(std::string_view left, std::string_view right);

void decode_lots(const Table& table, References& known, FaultList& faults, round::Round& round);
/// `lots_table`, `lots_faults`: a lot without any spec is a fault of lots.csv.
void decode_specs(
    const Table& table,
    const Table& lots_table,
    References& known,
    FaultList& faults,
    FaultList& lots_faults,
    round::Round& round
);
void decode_bidders(const Table& table, References& known, FaultList& faults, round::Round& round);
void decode_bids(const Table& table, References& known, FaultList& faults, round::Round& round);
void decode_packs(const Table& table, References& known, FaultList& faults, round::Round& round);
void decode_events(const Table& table, References& known, FaultList& faults, round::Round& round);
void decode_preferences(
    const Table& table, References& known, FaultList& faults, round::Round& round
);

}  // namespace jicai::catalogs::round_folder
