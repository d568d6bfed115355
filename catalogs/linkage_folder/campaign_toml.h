#pragma once

#include <catalogs/round_folder/text_table.h>
#include <engine/campaign/campaign.h>

#include <string_view>

namespace jicai::catalogs::linkage_folder {

/// Reads campaign.toml into the heading of `campaign`; `input` gets the digest of its canonical
/// lines.
void read_campaign_toml(
    std::string_view text,
    round_folder::FaultList& faults,
    campaign::Campaign& campaign,
    round::InputFile& input
);

}  // namespace jicai::catalogs::linkage_folder
