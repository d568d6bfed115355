#include <engine/price_watch/plausibility.h>
#include <engine/prices/plausibility.h>
#include <engine/rules/parameter.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

namespace jicai::prices {
namespace {

using campaign::HeldObservation;
using campaign::Slip;
using ports::PriceObservation;

constexpr std::size_t kProductsAtOnce = 500;
constexpr std::uint32_t kOpen = 65535;
constexpr std::int64_t kRatioScale = 10'000;
constexpr std::int64_t kUnitStep = 100;  // micro-yuan of four decimals

template <typename Type>
std::string word_of(Type value) {
    for (const auto& [each, name] : rules::EnumNames<Type>::names) {
        if (each == value) return std::string(name);
    }
    return {};
}

std::uint32_t region_number(const std::string& code) {
    std::uint32_t number = 0;
    std::from_chars(code.data(), code.data() + code.size(), number);
    return number;
}

// What the others paid for a unit, from the price and its ratio to them.
std::optional<money::Price> median_of(const PriceObservation& one, std::int64_t ratio_scaled) {
    if (ratio_scaled <= 0) return std::nullopt;
    const money::Int128 numerator = money::Int128{one.pack_price.micro_yuan()} * kRatioScale;
    const money::Int128 denominator = money::Int128{one.pack_units} * ratio_scaled * kUnitStep;
    const money::Int128 steps =
        money::divide_rounded(numerator, denominator, money::RoundingMode::half_up);
    return money::Price(static_cast<std::int64_t>(steps * kUnitStep));
}

std::int64_t hold_of_one_strength(
    ports::Transaction& transaction,
    const std::vector<const PriceObservation*>& all,
    std::int64_t listed_units,
    const IsNew& is_new,
    ports::Moment now
) {
    std::vector<price_watch::PricePoint> points;
    points.reserve(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const PriceObservation& one = *all[i];
        points.push_back(
            {static_cast<campaign::ObservationIndex>(i),
             one.pack_price.micro_yuan(),
             one.pack_units,
             region_number(one.region),
             static_cast<std::uint32_t>(one.source),
             one.from.number(),
             one.to ? one.to->number() : kOpen}
        );
    }
    std::int64_t count = 0;
    for (const HeldObservation& held : price_watch::hold_for_review(points, listed_units, {})) {
        const PriceObservation& one = *all[held.observation];
        if (!is_new(one)) continue;
        ports::PriceHold hold;
        hold.reason = word_of(held.kind);
        if (held.kind != campaign::ReviewKind::duplicate) {
            hold.median_unit = median_of(one, held.ratio_scaled);
        }
        if (held.slip != Slip::none) {
            hold.slip = word_of(held.slip);
            hold.suggested_price = held.suggested;
        }
        transaction.prices().hold(one.id, hold, now);
        ++count;
    }
    return count;
}

}  // namespace

std::int64_t hold_implausible(
    ports::Transaction& transaction,
    const std::vector<std::int64_t>& products,
    const IsNew& is_new,
    ports::Moment now
) {
    std::int64_t count = 0;
    for (std::size_t begin = 0; begin < products.size(); begin += kProductsAtOnce) {
        const std::size_t end = std::min(products.size(), begin + kProductsAtOnce);
        const std::vector<std::int64_t> some(
            products.begin() + static_cast<std::ptrdiff_t>(begin),
            products.begin() + static_cast<std::ptrdiff_t>(end)
        );
        const auto observations = transaction.prices().plain_of_products(some);
        const auto units = transaction.prices().pack_units(some);
        std::map<std::pair<std::int64_t, std::string>, std::vector<const PriceObservation*>> groups;
        for (const PriceObservation& one : observations) {
            if (one.status == campaign::ObservationStatus::withdrawn || !one.counts()) continue;
            groups[{one.product, one.content_mg}].push_back(&one);
        }
        for (const auto& [key, all] : groups) {
            if (std::none_of(all.begin(), all.end(), [&](const auto* one) {
                    return is_new(*one);
                })) {
                continue;
            }
            const auto at = units.find(key.first);
            count += hold_of_one_strength(
                transaction, all, at == units.end() ? 1 : at->second, is_new, now
            );
        }
    }
    return count;
}

}  // namespace jicai::prices
