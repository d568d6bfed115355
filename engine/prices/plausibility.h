#pragma once

#include <engine/ports/price_store.h>
#include <engine/ports/store.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace jicai::prices {

/// Which observations of a product are new and may be held.
using IsNew = std::function<bool(const ports::PriceObservation&)>;

/// Holds the new observations of the products that are probably slips or the same entry twice
/// (engine/price_watch, the rule of catalogs/linkage/price-watch.toml): each becomes pending with
/// the slip suggested. Compared with are those that count, are not withdrawn and have the same
/// strength, the new ones among them. How many were held.
std::int64_t hold_implausible(
    ports::Transaction& transaction,
    const std::vector<std::int64_t>& products,
    const IsNew& is_new,
    ports::Moment now
);

}  // namespace jicai::prices
