#include <engine/usecases/compare_rulebooks.h>
#include <engine/usecases/winning_prices.h>

namespace jicai::usecases {

std::map<round::BidIndex, money::Price> winning_prices(
    const round::Round& round,
    const RuleSet& rules,
    const decision::LotDecision& lot,
    std::optional<round::SupplierIndex> supplier
) {
    std::map<round::BidIndex, money::Price> prices;
    for (const decision::BidDecision& bid : lot.bids) {
        if (supplier && round.bids[bid.bid].supplier != *supplier) continue;
        if (bid.outcome != decision::Outcome::lost && bid.outcome != decision::Outcome::invalid) {
            continue;
        }
        const auto price = highest_winning_price(round, rules, bid.bid);
        if (price) prices.emplace(bid.bid, *price);
    }
    return prices;
}

}  // namespace jicai::usecases
