#pragma once

#include <cli/session.h>
#include <engine/campaign/campaign_decision.h>
#include <engine/campaign/watch_findings.h>
#include <engine/decision/message.h>
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

/// What the price watch found, by the sections of the campaign's policy or, where it has none of
/// them, by the carried policy `price-watch`.
struct Watched {
    campaign::WatchFindings findings;
    std::string policy_id;
    std::optional<decision::Message> stopped;  ///< an open value; nothing was found then
};
[[nodiscard]] Watched watch(const LoadedLinkage& loaded);

/// The linkage folder of the command line, with the policy of --policy or of its campaign.toml, and
/// the carried calendar up to the year `calendar_until` where the folder is silent. Throws
/// BadInput.
[[nodiscard]] LoadedLinkage load_linkage(
    const Session& session, std::optional<int> calendar_until = std::nullopt
);

[[nodiscard]] campaign::CampaignDecision decide(const LoadedLinkage& loaded);

[[nodiscard]] decision::Json certificate_of(
    const LoadedLinkage& loaded, const campaign::CampaignDecision& decided
);

}  // namespace jicai::cli
