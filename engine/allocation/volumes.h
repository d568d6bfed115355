#pragma once

#include <engine/decision/round_decision.h>
#include <engine/round/round.h>
#include <engine/rules/rulebook.h>

#include <cstdint>
#include <string>
#include <vector>

/// \file
/// Agreed volumes of the first year: reported volume of each spec and region times the percentage,
/// each cell rounded on its own to the lot's quantity step; every larger figure is a sum of rounded
/// cells. Source: GY-YD2019-2 P1-1(2)3 and annex 2; 1506 of 1506 published national figures are
/// sums of rounded cells.

namespace jicai::allocation {

/// The cells of one lot at `percent`, in the order of spec, region.
[[nodiscard]] std::vector<decision::VolumeCell> agreed_volumes(
    const round::Round& round,
    round::LotIndex lot,
    std::int64_t percent,
    const rules::AgreedVolumeStage& stage
);

/// National figure of one spec at one percentage: the sum of its rounded cells.
struct NationalVolume {
    round::SpecIndex spec;
    std::int64_t percent;
    money::Quantity quantity;
};

/// Every percentage of the lot's volume class, as the annex of a tender document prints it before
/// the bids are known. Throws decision::RunStopped when the rulebook has no percentages for the
/// class.
[[nodiscard]] std::vector<NationalVolume> national_volumes(
    const round::Round& round, round::LotIndex lot, const rules::AgreedVolumeStage& stage
);

}  // namespace jicai::allocation
