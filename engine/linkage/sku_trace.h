#pragma once

#include <engine/campaign/campaign_decision.h>
#include <engine/linkage/policy.h>
#include <engine/linkage/reference.h>

/// \file
/// The steps of one SKU, with exact numbers and clauses.

namespace jicai::linkage {

/// What counted, what it is per smallest unit, and the figure made of it.
void trace_reference(
    campaign::SkuDecision& sku,
    const campaign::Campaign& campaign,
    const Policy& policy,
    const ReferenceRule& rule,
    const Reference& reference
);

/// The lowest ceiling governs. \pre sku.enforced is below sku.old_price
void trace_lower(campaign::SkuDecision& sku);

/// Why the price stays.
void trace_not_lower(campaign::SkuDecision& sku);

/// Decimals of percentages in steps and tables.
inline constexpr int kCutDecimals = 2;

/// "26.60": how much lower `price` is than `old_price`, in percent, half up; "0.00" for nothing
/// paid.
[[nodiscard]] std::string cut_text(money::Price price, money::Price old_price);

}  // namespace jicai::linkage
