#pragma once

#include <catalogs/fault.h>
#include <catalogs/round_folder/folder_source.h>
#include <catalogs/round_folder/text_table.h>
#include <engine/campaign/campaign.h>
#include <engine/linkage/policy.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// A linkage folder (docs/linkage.md), decoded and cross-checked. The only code that does so.

namespace jicai::catalogs {

/// Exactly one of the two: a campaign, or at least one fault.
struct LoadedCampaign {
    std::optional<campaign::Campaign> campaign;
    std::vector<Fault> faults;
};

/// Largest tables that are read; larger ones are refused by their size alone.
inline constexpr std::uint64_t kObservationsBytesMax = std::uint64_t{1} << 30U;

/// Reads every file of the folder and reports all faults of all files in one pass: campaign.toml,
/// products, observations, listings, winners, volumes, purchases, events, holidays,
/// parameters.toml; within a file by row. At most kFaultsShownMax faults of one file are described;
/// the rest are counted. Files of other names are not looked at. Throws nothing for bad input.
[[nodiscard]] LoadedCampaign load_linkage_folder(const FolderSource& source, Encoding encoding);

/// What the campaign and its policy do not agree on, as faults of campaign.toml: a region other
/// than the policy's, a day on which the policy is not in force.
[[nodiscard]] std::vector<Fault> check_against_policy(
    const campaign::Campaign& campaign, const linkage::Policy& policy
);

}  // namespace jicai::catalogs
