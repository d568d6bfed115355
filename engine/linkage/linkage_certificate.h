#pragma once

#include <engine/campaign/campaign_decision.h>
#include <engine/decision/digest.h>
#include <engine/decision/json.h>
#include <engine/linkage/policy.h>

#include <string>

/// \file
/// The certificate of a linkage campaign: inputs, policy, and of each SKU every step, every
/// ceiling, the observations used and those left out with the reason. Format: docs/linkage.md. RFC
/// 8785.

namespace jicai::linkage {

/// The price-ratio rule of a policy that divides: none.
struct RatioRuleName {
    std::string id;
    std::string digest;  ///< hex SHA-256; both empty: none
};

/// The certificate, its member `digest` set as that of an award's certificate. `policy` has the
/// given values.
[[nodiscard]] decision::Json make_certificate(
    const campaign::Campaign& campaign,
    const Policy& policy,
    const campaign::CampaignDecision& decided,
    const RatioRuleName& ratio_rule,
    decision::Sha256Hex sha256
);

}  // namespace jicai::linkage
