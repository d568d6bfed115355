#pragma once

#include <catalogs/round_folder/demand_rows.h>
#include <catalogs/round_folder/references.h>
#include <catalogs/round_folder/table.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string_view>

/// \file
/// The fast way through demand.csv: a part of the text, line by line, 64 bytes at a time. It takes
/// only what is plain and right (no quotes, every name known, every number in bounds); at anything
/// else it gives up, and the whole file is read row by row instead, which finds the faults.

namespace jicai::catalogs::round_folder {

/// What the threads scanning one file share.
struct DemandScanShared {
    References& known;
    std::mutex known_mutex = {};  ///< held while names of a new group are looked up
    std::atomic<bool> given_up = false;
};

/// Whether a file with this header can be scanned: documented columns only, and lot, spec and
/// region side by side.
[[nodiscard]] bool is_scannable(const Header& header);

/// Scans the lines of `shard.text()` from `begin` to `end`, both at line starts (or the end of the
/// text). Returns where it stopped: `end`, or a line start less than one line and 80 bytes before
/// the end of the text, which is left to read row by row; nothing when it gave up (and then
/// shared.given_up is set).
[[nodiscard]] std::optional<std::size_t> scan_demand(
    DemandShard& shard,
    const Header& header,
    std::size_t begin,
    std::size_t end,
    DemandScanShared& shared,
    const std::function<void(std::size_t bytes)>& progress
);

}  // namespace jicai::catalogs::round_folder
