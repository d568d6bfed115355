#pragma once

#include <engine/campaign/watch_findings.h>
#include <engine/linkage/campaign_columns.h>
#include <engine/linkage/policy.h>
#include <engine/product/price_ratio.h>

#include <vector>

/// \file
/// Fair differences: the same product between regions, the same generic between makers, a listed
/// price against the monitored price. Labels with a word, never a block.

namespace jicai::price_watch {

/// The prices a watch policy counts, at the campaign's day, per smallest unit. Throws
/// decision::RunStopped where the policy leaves a value open that is needed. `ratio_rule` is asked
/// under ConversionRule::price_ratio only and may be null otherwise. \pre the policy has the
/// sections [reference] and [fairness]; campaign and policy outlive this
class Fairness {
public:
    Fairness(
        const campaign::Campaign& campaign,
        const linkage::Policy& policy,
        const product::PriceRatioRule* ratio_rule
    );

    /// Every product with a price that counts: of each region the lowest price, then the highest
    /// region over the lowest. Of equal ones the first region, then the first observation,
    /// bytewise.
    [[nodiscard]] std::vector<campaign::RegionGap> regions() const;

    /// Every listed product of a generic name and form (under FairScope::specification of the same
    /// content, or specification where no content is stated) that several makers list: its price
    /// over the lowest of the others.
    [[nodiscard]] std::vector<campaign::MakerGap> makers() const;

    /// Every listed product with a monitored price (the reference of the policy): its price over
    /// that; over winner_elsewhere_multiple times that for a winner outside its supply regions.
    [[nodiscard]] std::vector<campaign::MonitoredGap> monitored() const;

private:
    [[nodiscard]] std::optional<money::Price> unit_price(
        money::Price pack_price, campaign::ProductIndex product
    ) const;
    [[nodiscard]] bool wins_elsewhere(campaign::ProductIndex product) const;

    const campaign::Campaign& campaign_;
    const linkage::FairnessSection& section_;
    linkage::CampaignColumns prepared_;
    std::uint8_t own_region_;
    linkage::ReferenceRule rule_;
    linkage::PackConversions conversions_;
};

/// All findings of the watch: what the sections of `policy` ask for; a section that it lacks finds
/// nothing. Throws as Fairness does. \pre campaign within its bounds
[[nodiscard]] campaign::WatchFindings watch_prices(
    const campaign::Campaign& campaign,
    const linkage::Policy& policy,
    const product::PriceRatioRule* ratio_rule
);

/// The price risk list of findings whose `risks` are still empty: listed products with a label or
/// with held observations, the gravest label first, then by product.
[[nodiscard]] std::vector<campaign::PriceRisk> price_risks(
    const campaign::Campaign& campaign, const campaign::WatchFindings& findings
);

}  // namespace jicai::price_watch
