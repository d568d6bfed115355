#pragma once

#include <engine/ports/price_store.h>
#include <engine/ports/store.h>

#include <optional>
#include <string>

/// \file
/// Excluding observations, and reviewing those that were held. Nothing is ever changed or deleted.

namespace jicai::prices {

/// Who does it and when.
struct Doer {
    std::int64_t user = 0;
    ports::Moment now;
};

inline constexpr std::size_t kReasonBytesMax = 1000;

/// Refused, in this order: price.observation_not_found, price.reason_missing,
/// price.reason_too_long, price.already_excluded.
void exclude(
    ports::Transaction& transaction, std::int64_t id, const std::string& reason, const Doer& by
);
/// Refused as above, with price.not_excluded.
void restore(
    ports::Transaction& transaction, std::int64_t id, const std::string& reason, const Doer& by
);

struct ReviewDecision {
    bool accept = false;
    std::string reason;
    /// Of a rejected one: what the document says instead. Either makes a new observation, which is
    /// not held again.
    std::optional<money::Price> corrected_price;
    std::optional<std::int64_t> corrected_units;
};

/// Decides a held observation; the id of the one entered in its place, 0: none. Refused, in this
/// order: price.review_not_found, price.reason_missing, price.reason_too_long,
/// price.review_decided, price.correction_of_accepted, price.correction_same,
/// price.units_out_of_range, price.price_out_of_range, price.entered_already.
std::int64_t decide_review(
    ports::Transaction& transaction, std::int64_t id, const ReviewDecision& decision, const Doer& by
);

}  // namespace jicai::prices
