#pragma once

#include <catalogs/builtin/builtin.h>
#include <catalogs/linkage_file/policy_file.h>
#include <engine/linkage/decide_campaign.h>
#include <engine/money/decimal.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

/// A small campaign made in a few words, under a shipped policy or one changed by the test.
namespace jicai::linkage::testing {

using campaign::Campaign;
using campaign::SkuDecision;

inline Policy shipped(const std::string& id) {
    const auto text = catalogs::find_linkage_policy(id);
    EXPECT_TRUE(text.has_value()) << id;
    catalogs::LoadedPolicy loaded = catalogs::load_policy(*text, id + ".toml");
    EXPECT_TRUE(loaded.policy.has_value()) << id;
    return *loaded.policy;
}

template <class T>
Parameter<T> assumed(T value) {
    return {std::move(value), "", "test", rules::Evidence::assumed, true};
}

inline Day day(const char* text) {
    return *Day::parse(text);
}

inline money::Price yuan(const char* text) {
    return money::Price(money::parse_scaled(text, 6, 6).scaled);
}

struct World {
    Campaign campaign;

    explicit World(const std::string& region, const char* as_of = "2026-03-01") {
        campaign.id = "test";
        campaign.region = region;
        campaign.as_of = day(as_of);
        campaign.regions = {"上海", "云南", "北京", "天津", "广东", "江苏", "河北", region};
        std::sort(campaign.regions.begin(), campaign.regions.end());
        campaign.regions.erase(
            std::unique(campaign.regions.begin(), campaign.regions.end()), campaign.regions.end()
        );
    }

    campaign::Product& product(const char* id, std::int64_t pack_units, const char* price) {
        campaign::Product product;
        product.id = id;
        product.generic = "甲片";
        product.variety = "甲片";
        product.form = "普通片";
        product.content = money::Ratio(10, 1);
        product.pack_units = pack_units;
        product.maker = id;
        product.evaluated = true;
        campaign.products.push_back(product);
        campaign.packs_per_year.emplace_back();
        campaign.listings.push_back(
            {static_cast<campaign::ProductIndex>(campaign.products.size() - 1), yuan(price)}
        );
        return campaign.products.back();
    }

    campaign::Observation& seen(
        const std::string& region,
        const char* price,
        std::int64_t pack_units,
        campaign::SourceClass source = campaign::SourceClass::province_listing
    ) {
        campaign::Observation observation;
        observation.id = "o" + std::to_string(campaign.observations.size());
        observation.product = static_cast<campaign::ProductIndex>(campaign.products.size() - 1);
        const auto found = std::find(campaign.regions.begin(), campaign.regions.end(), region);
        EXPECT_NE(found, campaign.regions.end()) << region;
        observation.region = static_cast<std::uint8_t>(found - campaign.regions.begin());
        observation.source = source;
        observation.pack_price = yuan(price);
        observation.pack_units = pack_units;
        observation.from = day("2026-01-31");
        campaign.observations.push_back(observation);
        return campaign.observations.back();
    }

    [[nodiscard]] std::vector<SkuDecision> decide(
        const Policy& policy, const product::PriceRatioRule* rule = nullptr
    ) const {
        return decide_campaign(campaign, policy, rule).skus;
    }
    [[nodiscard]] SkuDecision decide_first(
        const Policy& policy, const product::PriceRatioRule* rule = nullptr
    ) const {
        return decide(policy, rule).front();
    }
};

/// Hundredths of a percent.
inline std::int64_t cut_scaled_of(const SkuDecision& sku) {
    return money::cut_percent_scaled(
        *sku.enforced, sku.old_price, {money::RoundingMode::half_up, 2}
    );
}

inline std::string text_of(const std::optional<money::Price>& price) {
    return price ? price->text() : "-";
}

}  // namespace jicai::linkage::testing
