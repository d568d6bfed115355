#pragma once

#include <engine/campaign/campaign_decision.h>
#include <engine/linkage/policy.h>
#include <engine/product/price_ratio.h>

/// \file
/// A whole linkage campaign, with every step. A pure function of campaign, policy and price-ratio
/// rule.

namespace jicai::linkage {

/// Decides every listed SKU in scope. A value that the policy leaves open and a SKU needs makes it
/// wait (Status::waiting) and is named in waits_for; the others are decided. `ratio_rule` is asked
/// under ConversionRule::price_ratio only and may be null otherwise. Order for each SKU: reference
/// of the observations; rules tied to winners; the lowest of all ceilings, never above the old
/// price; label; deadline; what people did to the SKU. \pre the campaign is in its bounds
/// (CHECKed): regions, pack units, strengths
[[nodiscard]] campaign::CampaignDecision decide_campaign(
    const campaign::Campaign& campaign,
    const Policy& policy,
    const product::PriceRatioRule* ratio_rule
);

/// Different strengths (content of an observation over that of its product) a campaign may hold.
inline constexpr std::size_t kStrengthsMax = 4095;

}  // namespace jicai::linkage
