#pragma once

#include <engine/ports/catalogue_store.h>
#include <engine/product/price_ratio.h>

#include <cstdint>
#include <string>
#include <vector>

namespace jicai::listing {

/// The price of another pack of the same product by the price-ratio rule, with its working.
struct PackPrice {
    money::Price price{0};  ///< two decimals, half up, rounded once
    std::string factor;     ///< K to eight decimals
    std::vector<product::RatioStep> steps;
};

/// From a pack of `units` at `price` to one of `to_units`. Refused with listing.form_unknown (the
/// rule has no such form: the price is decided by hand), listing.no_ratio.
[[nodiscard]] PackPrice price_of_pack(
    const product::PriceRatioRule& rule,
    const ports::Product& product,
    money::Price price,
    std::int64_t units,
    std::int64_t to_units
);

}  // namespace jicai::listing
