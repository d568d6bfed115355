#pragma once

#include <engine/decision/round_decision.h>
#include <engine/money/price.h>
#include <engine/usecases/decide_round.h>

#include <map>
#include <optional>

namespace jicai::usecases {

/// highest_winning_price (compare_rulebooks.h) of every lost or invalid bid of a lot, or of
/// `supplier`'s alone; bids for which there is none are left out.
[[nodiscard]] std::map<round::BidIndex, money::Price> winning_prices(
    const round::Round& round,
    const RuleSet& rules,
    const decision::LotDecision& lot,
    std::optional<round::SupplierIndex> supplier
);

}  // namespace jicai::usecases
