#pragma once

#include <engine/decision/round_decision.h>
#include <engine/money/price.h>
#include <engine/usecases/decide_round.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// One round under two rulebooks: which lots change, by how much, and which clause makes the
/// difference. Pure.

namespace jicai::usecases {

/// What the first-year volumes of a lot cost at the winners' prices.
///
/// A cell's cost is quantity x pack price / pack units. The pack price of a winner for a spec other
/// than the one it bid is that of the same form and pack count in that spec by the price-ratio
/// rule, rounded as the rulebook rounds derived prices. Where every region of the lot has its
/// supplier, the cost is the sum over the allocated rows. Where regions are not picked yet it is an
/// estimate: each spec's national volume is shared among the winners in proportion to their number
/// of regions. Each term is rounded half up to the fen; sums are sums of rounded terms. No price
/// where a conversion is refused or a figure does not fit: then `amount` is empty.
struct LotCost {
    std::optional<money::Amount> amount;  ///< zero for a failed lot; empty for a pending one
    bool estimated = false;
};

/// A point of the second rulebook which, put alone into the first, changes the lot.
struct Cause {
    std::string path;  ///< "entry.max_entrants"; a stage as a whole: "affiliation"
    bool whole_stage;  ///< the path names a stage: only its points together, or a stage only one of
                       ///< the two has
    std::string value_a;  ///< empty where A does not name the point
    std::string value_b;
    std::string clause_a;
    std::string clause_b;
    bool reproduces_all;  ///< the lot comes out exactly as under B; false: it changes, but not all
                          ///< the way
};

struct LotChange {
    round::LotIndex lot;
    bool status = false;
    bool winners = false;  ///< who wins, in which order
    bool regions = false;  ///< how many regions each winner gets
    bool percent = false;
    bool volumes = false;  ///< any cell
    bool term = false;
    bool prices = false;  ///< of other packs
    /// Empty where the lot waits under either rulebook: then nobody has lost.
    std::vector<round::SupplierIndex> winners_only_a;
    std::vector<round::SupplierIndex> winners_only_b;
    std::vector<Cause> causes;  ///< empty: only several points together make the difference
};

struct RulebookComparison {
    decision::RoundDecision a;
    decision::RoundDecision b;
    std::vector<LotChange>
        changes;                   ///< lots that come out differently, in the order of Round::lots
    std::vector<LotCost> costs_a;  ///< by lot
    std::vector<LotCost> costs_b;
    LotCost total_a;  ///< sum over the lots that have a cost under both rulebooks
    LotCost total_b;
    std::int64_t lots_without_cost = 0;
    std::int64_t points_tried = 0;
};

/// Either a comparison or the refusals of one of the two runs.
struct CompareRun {
    std::optional<RulebookComparison> comparison;
    std::vector<decision::Message> refusals_a;
    std::vector<decision::Message> refusals_b;
};

/// Decides `round` twice and says in what the two decisions differ, and which stages made the
/// difference.
[[nodiscard]] CompareRun compare_rulebooks(
    const round::Round& round, const RuleSet& rules_a, const RuleSet& rules_b
);

/// A price per pack in whole fen at which the bid would have won, everything else as recorded,
/// whatever a draw of lots would give: it wins there and, one fen above, it loses or may lose. Both
/// are decided, not inferred. The hundred prices next below the bid are tried one by one, so within
/// them it is the highest; below that it is found by halving. Nothing when the bid has no price,
/// wins already, or wins at none of the prices tried (a disqualified bidder). A draw among more
/// than four firms, or more than three draws, count as not won.
[[nodiscard]] std::optional<money::Price> highest_winning_price(
    const round::Round& round, const RuleSet& rules, round::BidIndex bid
);

}  // namespace jicai::usecases
