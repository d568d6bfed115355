#pragma once

#include <engine/linkage/policy.h>
#include <engine/product/price_ratio.h>

#include <optional>
#include <string>
#include <vector>

/// \file
/// The linkage policies the program carries, decoded once.

namespace jicai::web {

struct PricePolicy {
    linkage::Policy policy;
    /// The rule it converts by, or, under division, the rule of drugs: the other route.
    std::optional<product::PriceRatioRule> ratio_rule;
};

/// By id; null: there is none.
[[nodiscard]] const PricePolicy* find_price_policy(const std::string& id);
/// Ids, sorted.
[[nodiscard]] std::vector<std::string> price_policy_ids();

/// What prices are watched by where nobody names a policy.
inline constexpr const char* kWatchPolicy = "price-watch";

}  // namespace jicai::web
