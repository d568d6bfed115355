#pragma once

#include <engine/ports/price_store.h>

namespace jicai::prices {

inline constexpr std::int64_t kPackPriceYuanMax = 100'000'000;
inline constexpr std::int64_t kPriceStepMicroYuan = 100;  ///< four decimals

/// Above 0, at most 10^8 yuan, four decimals.
[[nodiscard]] inline bool price_in_bounds(money::Price price) {
    return price.micro_yuan() > 0 &&
           price.micro_yuan() <= kPackPriceYuanMax * money::kMicroYuanPerYuan &&
           price.micro_yuan() % kPriceStepMicroYuan == 0;
}

/// What names the observation.
[[nodiscard]] inline ports::ObservationKey key_of(const ports::PriceObservation& one) {
    return {
        one.product, one.region, one.source, one.pack_price, one.from, one.document, one.revision};
}

}  // namespace jicai::prices
