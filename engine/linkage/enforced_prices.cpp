#include <engine/linkage/enforced_prices.h>

#include <algorithm>

namespace jicai::linkage {

void EnforcedPrices::publish(std::uint32_t product, std::uint8_t region, EnforcedPrice price) {
    std::vector<EnforcedPrice>& history = prices_[{product, region}];
    const auto place = std::upper_bound(
        history.begin(),
        history.end(),
        price.from,
        [](campaign::Day day, const EnforcedPrice& published) { return day < published.from; }
    );
    history.insert(place, std::move(price));
}

const EnforcedPrice* EnforcedPrices::on(
    std::uint32_t product, std::uint8_t region, campaign::Day day
) const {
    const auto found = prices_.find({product, region});
    if (found == prices_.end()) return nullptr;
    const std::vector<EnforcedPrice>& history = found->second;
    const auto after = std::upper_bound(
        history.begin(),
        history.end(),
        day,
        [](campaign::Day asked, const EnforcedPrice& published) { return asked < published.from; }
    );
    return after == history.begin() ? nullptr : &*(after - 1);
}

CheckedOrder EnforcedPrices::check(
    std::uint32_t product, std::uint8_t region, campaign::Day day, money::Price price
) const {
    const EnforcedPrice* in_force = on(product, region, day);
    if (in_force == nullptr) return {OrderCheck::not_listed, nullptr};
    if (!in_force->price) return {OrderCheck::suspended, in_force};
    if (price > *in_force->price) return {OrderCheck::above_price, in_force};
    return {OrderCheck::allowed, in_force};
}

}  // namespace jicai::linkage
