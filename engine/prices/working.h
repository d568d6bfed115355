#pragma once

#include <engine/campaign/campaign_decision.h>
#include <engine/linkage/policy.h>
#include <engine/ports/price_store.h>
#include <engine/ports/store.h>
#include <engine/prices/region_words.h>
#include <engine/product/price_ratio.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// \file
/// The working of one product's reference price: what each observation comes to per smallest unit,
/// whether it counts, and the figure the policy makes of them (docs/linkage.md, section 2).

namespace jicai::prices {

/// All that is stored of one product.
struct ProductPrices {
    ports::LinkageProduct product;
    std::vector<ports::PriceObservation> observations;  ///< by id
    std::vector<ports::PriceEvent> events;              ///< by id
};
/// Nothing: no such product.
[[nodiscard]] std::optional<ProductPrices> prices_of(
    ports::Transaction& transaction, const std::string& code
);

struct WorkingAsked {
    std::string region;  ///< code: whose prices are linked
    campaign::Day as_of;
    std::optional<campaign::Day> known_at;  ///< nothing: all that is recorded
};

struct WorkedObservation {
    std::size_t observation = 0;                     ///< in ProductPrices::observations
    std::optional<campaign::Exclusion> not_counted;  ///< nothing: it counts
    std::optional<money::Price> unit_price;          ///< by the policy's conversion
    money::Price divided{0};                         ///< pack price over units, half up to 4
    std::optional<money::Price> by_ratio;  ///< by the price-ratio rule; nothing: no ratio is known
    /// The two routes to the smallest unit differ.
    [[nodiscard]] bool routes_differ() const { return by_ratio && *by_ratio != divided; }
};

struct PricePoint {
    campaign::Day day;
    std::optional<money::Price> unit_price;  ///< from that day on; nothing: none in force
};

struct Working {
    std::vector<WorkedObservation> observations;  ///< in the order of ProductPrices
    std::optional<money::Price> reference_unit;
    std::optional<money::Price> reference;  ///< per pack of the product
    std::string kind;                       ///< none, found, provisional, insufficient, waiting
    std::uint32_t counted = 0;
    std::vector<std::size_t> used;  ///< in ProductPrices::observations; lowest first
    /// The lowest divided unit price in force of each province, where it changes; of those that
    /// count before any policy is asked.
    std::map<std::string, std::vector<PricePoint>> history;
    std::vector<decision::Message> waits_for;
};

/// The campaign of this one product: what a linkage folder with its observations would hold.
[[nodiscard]] campaign::Campaign campaign_of(
    const ProductPrices& prices, const RegionWords& regions, const WorkingAsked& asked
);

/// `ratio_rule` null: no route by the price-ratio rule; then the policy must not ask for it.
/// \pre the policy has a reference section where `kind` shall not be none
[[nodiscard]] Working work_out(
    const ProductPrices& prices,
    const RegionWords& regions,
    const linkage::Policy& policy,
    const product::PriceRatioRule* ratio_rule,
    const WorkingAsked& asked
);

}  // namespace jicai::prices
