#pragma once

#include <engine/campaign/campaign.h>
#include <engine/money/price.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// The price enforced for a product in a region on a day, and whether an order at a price is
/// allowed. Prices take effect at 00:00 of a day. What was published is never taken out: a later
/// publication for the same day stands behind it.

namespace jicai::linkage {

/// What holds from a day on.
struct EnforcedPrice {
    campaign::Day from;
    std::optional<money::Price> price;  ///< per listed pack; nothing: may not be ordered
    std::string clause;                 ///< of the ceiling that governs, or of the suspension
    std::string ground;                 ///< what decided it: the id of a campaign, of an award
};

/// Answer to an order. Declared in order of precedence.
enum class OrderCheck : std::uint8_t {
    not_listed = 1,   ///< nothing is in force for product and region on that day
    suspended = 2,    ///< in force, without a price
    above_price = 3,  ///< the order's price is above the enforced one
    allowed = 4,
};

struct CheckedOrder {
    OrderCheck check = OrderCheck::not_listed;
    const EnforcedPrice* in_force =
        nullptr;  ///< null when not listed; valid until the next publish
};

class EnforcedPrices {
public:
    /// Amortised O(1) where days come in order.
    void publish(std::uint32_t product, std::uint8_t region, EnforcedPrice price);

    /// What is in force at 00:00 of `day` and later on it; null: nothing.
    [[nodiscard]] const EnforcedPrice* on(
        std::uint32_t product, std::uint8_t region, campaign::Day day
    ) const;

    [[nodiscard]] CheckedOrder check(
        std::uint32_t product, std::uint8_t region, campaign::Day day, money::Price price
    ) const;

private:
    std::map<std::pair<std::uint32_t, std::uint8_t>, std::vector<EnforcedPrice>> prices_;
};

}  // namespace jicai::linkage
