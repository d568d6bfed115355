#pragma once

#include <engine/campaign/campaign_decision.h>
#include <engine/linkage/policy.h>
#include <engine/product/price_ratio.h>

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// \file
/// Ceilings and suspensions that come from the winners of a round, not from observations.

namespace jicai::linkage {

class WinnerRules {
public:
    /// `own_region`: index of the campaign's region, or a number no winner has. \pre
    /// policy.winner_rules is set
    WinnerRules(
        const campaign::Campaign& campaign,
        const Policy& policy,
        const product::PriceRatioRule* ratio_rule,
        std::uint8_t own_region
    );

    /// Adds ceilings and steps to the decision; returns true when so many evaluated makers are
    /// listed that the product, which is not evaluated, may no longer be chosen. Throws
    /// decision::RunStopped.
    bool apply(campaign::SkuDecision& sku);

    /// Whether the product won and the campaign's region is one it supplies.
    [[nodiscard]] bool supplies_own_region(campaign::ProductIndex product) const;

private:
    struct Winning {
        campaign::ProductIndex product;
        money::Price unit;  ///< comparable with the SKU, per smallest unit
    };
    [[nodiscard]] const campaign::Winner* winner(campaign::ProductIndex product) const;
    [[nodiscard]] std::vector<Winning> comparable(campaign::ProductIndex product);
    [[nodiscard]] std::optional<money::Price> to_unit(
        money::Price price, const campaign::Product& from, const campaign::Product& to
    );
    [[nodiscard]] std::optional<money::Price> to_pack(
        money::Price unit, const campaign::Product& product
    );
    void ceiling(
        campaign::SkuDecision& sku,
        campaign::CeilingKind kind,
        money::Price price,
        const std::string& clause,
        rules::Evidence evidence
    ) const;
    void own_prices(campaign::SkuDecision& sku, const campaign::Winner& won);
    void distance_to_winner(campaign::SkuDecision& sku);
    [[nodiscard]] bool too_many_makers(campaign::SkuDecision& sku) const;

    const campaign::Campaign& campaign_;
    const Policy& policy_;
    const WinnerRulesSection& section_;
    const product::PriceRatioRule* ratio_rule_;
    std::unique_ptr<product::ConversionCache> cache_;
    std::uint8_t own_region_;
    std::map<campaign::ProductIndex, const campaign::Winner*> winners_;
    std::map<std::string, std::vector<const campaign::Winner*>, std::less<>> of_variety_;
    std::map<std::string, std::set<std::string>> makers_;  ///< by scope key
};

}  // namespace jicai::linkage
