#pragma once

#include <catalogs/round_folder/demand_digest.h>
#include <catalogs/round_folder/load_round_folder.h>

#include <functional>

/// \file
/// demand.csv, which may have millions of hospital lines: scanned by several threads when it is
/// plain (no quotes, documented columns, nothing wrong), read row by row otherwise. Both ways give
/// the same result.

namespace jicai::catalogs::round_folder {

struct DemandOptions {
    Encoding encoding = Encoding::utf8;
    unsigned threads = 1;
    bool scan = true;  ///< false: row by row only (tests compare both)
    std::function<void(std::uint64_t bytes_done)> progress = {};
};

/// Decodes the bytes of demand.csv. Fills `known` with its regions where they are not fixed.
[[nodiscard]] DemandResult read_demand(
    std::string_view bytes,
    const DemandOptions& options,
    References& known,
    const round::Round& round,
    FaultList& faults
);

}  // namespace jicai::catalogs::round_folder
