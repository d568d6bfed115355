#pragma once

#include <catalogs/round_folder/demand_rows.h>
#include <catalogs/round_folder/references.h>
#include <catalogs/round_folder/text_table.h>
#include <engine/round/round.h>

#include <string>
#include <vector>

/// \file
/// From rows read to demand cells and the canonical digest: groups in canonical order, hospitals of
/// a group sorted, duplicates found, rows written and hashed, each step on whichever thread is
/// free.

namespace jicai::catalogs::round_folder {

struct DemandResult {
    std::vector<round::DemandCell> cells;  ///< by lot, spec, region, supplier
    std::string digest;
    std::uint64_t rows = 0;
};

/// Adds key_duplicated and demand_sum_too_large faults; with any the digest means nothing.
[[nodiscard]] DemandResult digest_demand(
    const std::vector<const DemandShard*>& shards,
    const std::string& canonical_header,
    const std::vector<std::string>& regions,
    const round::Round& round,
    unsigned threads,
    FaultList& faults
);

}  // namespace jicai::catalogs::round_folder
