#pragma once

#include <cli/session.h>
#include <engine/campaign/campaign_decision.h>
#include <engine/linkage/linkage_certificate.h>
#include <engine/linkage/policy.h>
#include <engine/product/price_ratio.h>

#include <optional>
#include <string>

namespace jicai::cli {

/// A campaign with the policy that decides it; values given for open points are applied.
struct LoadedLinkage {
    campaign::Campaign campaign;
    linkage::Policy policy;
    std::optional<product::PriceRatioRule> ratio_rule;
    linkage::RatioRuleName ratio_rule_name;
};

/// The linkage folder of the command line, with the policy of --policy or of its campaign.toml.
/// Throws BadInput.
[[nodiscard]] LoadedLinkage load_linkage(const Session& session);

[[nodiscard]] campaign::CampaignDecision decide(const LoadedLinkage& loaded);

[[nodiscard]] decision::Json certificate_of(
    const LoadedLinkage& loaded, const campaign::CampaignDecision& decided
);

}  // namespace jicai::cli
