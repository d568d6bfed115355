#pragma once

#include <catalogs/round_folder/table.h>
#include <engine/campaign/campaign.h>

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// \file
/// From checked tables to the vectors of a Campaign, each row against the others. The order of
/// calls is that of the declarations. With faults the vectors are only good for finding more
/// faults.

namespace jicai::catalogs::linkage_folder {

using round_folder::FaultList;
using round_folder::Table;

/// What rows refer to by name. A name that is not known is a fault, except where the file that
/// lists the names could not be read whole.
struct Known {
    std::unordered_map<std::string_view, campaign::ProductIndex> products;
    bool products_whole = false;
    std::unordered_map<std::string_view, campaign::ObservationIndex> observations;
    bool observations_whole = false;
    std::map<std::string, campaign::RegionIndex, std::less<>> regions;  ///< in order of appearance
};

void decode_products(
    const Table& table, Known& known, FaultList& faults, campaign::Campaign& campaign
);
void decode_observations(
    const Table& table, Known& known, FaultList& faults, campaign::Campaign& campaign
);
void decode_listings(
    const Table& table, Known& known, FaultList& faults, campaign::Campaign& campaign
);
void decode_winners(
    const Table& table, Known& known, FaultList& faults, campaign::Campaign& campaign
);
void decode_volumes(
    const Table& table, Known& known, FaultList& faults, campaign::Campaign& campaign
);
void decode_purchases(
    const Table& table, Known& known, FaultList& faults, campaign::Campaign& campaign
);
void decode_link_events(
    const Table& table, Known& known, FaultList& faults, campaign::Campaign& campaign
);
void decode_holidays(
    const Table& table, Known& known, FaultList& faults, campaign::Campaign& campaign
);

/// Puts the regions in bytewise order and renumbers them everywhere.
void number_regions(Known& known, campaign::Campaign& campaign);

}  // namespace jicai::catalogs::linkage_folder
