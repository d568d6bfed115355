#include <engine/bidding/ranking.h>

#include <algorithm>

namespace jicai::bidding {
namespace {

using Position = std::vector<RankedBid>::iterator;

class TieChain {
public:
    TieChain(const round::Round& round, const PreparedLot& lot, Ranking& ranking)
        : round_(round), lot_(lot), ranking_(ranking) {}

    /// Orders [first, last), all of one price, from tie key `key` on.
    void settle(Position first, Position last, std::size_t key) {
        if (last - first < 2) return;
        const std::size_t keys = lot_.bids[first->bid].tie_values.size();
        const bool known = key < keys && std::all_of(first, last, [&](const RankedBid& ranked) {
                               return lot_.bids[ranked.bid].tie_values[key].has_value();
                           });
        if (!known) {
            settle_by_draw(first, last);
            return;
        }
        const auto value = [&](const RankedBid& ranked) {
            return *lot_.bids[ranked.bid].tie_values[key];
        };
        std::sort(first, last, [&](const RankedBid& a, const RankedBid& b) {
            return value(a) < value(b);
        });
        if (value(*first) != value(*(last - 1))) {
            for (Position at = first; at != last; ++at) {
                at->tie = TieBroken::by_key;
                at->key = key;
            }
        }
        for (Position run = first; run != last;) {
            Position end = run + 1;
            while (end != last && value(*end) == value(*run)) ++end;
            settle(run, end, key + 1);
            run = end;
        }
    }

private:
    void settle_by_draw(Position first, Position last) {
        for (std::size_t i = 0; i < lot_.draws.size(); ++i) {
            const std::vector<round::SupplierIndex>& draw = lot_.draws[i];
            const auto place = [&](const RankedBid& ranked) {
                return std::find(draw.begin(), draw.end(), lot_.bids[ranked.bid].supplier) -
                       draw.begin();
            };
            const auto end_of_draw = static_cast<std::ptrdiff_t>(draw.size());
            const bool covers = std::all_of(first, last, [&](const RankedBid& ranked) {
                return place(ranked) != end_of_draw;
            });
            if (!covers) continue;
            ranking_.draws_used[i] = true;
            std::sort(first, last, [&](const RankedBid& a, const RankedBid& b) {
                return place(a) < place(b);
            });
            for (Position at = first; at != last; ++at) at->tie = TieBroken::by_draw;
            return;
        }
        std::sort(first, last, [&](const RankedBid& a, const RankedBid& b) {
            const PreparedBid& left = lot_.bids[a.bid];
            const PreparedBid& right = lot_.bids[b.bid];
            const int unrounded = product::Conversion::compare_unrounded(
                *left.to_comparable, *left.pack_price, *right.to_comparable, *right.pack_price
            );
            if (unrounded != 0) return unrounded < 0;
            return round_.suppliers[left.supplier].id < round_.suppliers[right.supplier].id;
        });
        for (Position at = first; at != last; ++at) at->tie = TieBroken::unresolved;
        ranking_.ties.push_back(
            {static_cast<std::size_t>(first - ranking_.order.begin()),
             static_cast<std::size_t>(last - first)}
        );
    }

    const round::Round& round_;
    const PreparedLot& lot_;
    Ranking& ranking_;
};

}  // namespace

void rank_bids(const round::Round& round, const PreparedLot& lot, Ranking& ranking) {
    ranking.ties.clear();
    ranking.draws_used.assign(lot.draws.size(), false);
    std::sort(
        ranking.order.begin(),
        ranking.order.end(),
        [](const RankedBid& a, const RankedBid& b) { return a.comparable < b.comparable; }
    );
    TieChain chain(round, lot, ranking);
    for (auto run = ranking.order.begin(); run != ranking.order.end();) {
        auto end = run + 1;
        while (end != ranking.order.end() && end->comparable == run->comparable) ++end;
        chain.settle(run, end, 0);
        run = end;
    }
}

}  // namespace jicai::bidding
