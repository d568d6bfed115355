#include <engine/bidding/prepared_lot.h>
#include <engine/rules/stage_difference.h>
#include <engine/usecases/compare_rulebooks.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace jicai::usecases {
namespace {

using decision::BidDecision;
using decision::LotDecision;
using decision::LotStatus;
using decision::Outcome;
using money::Amount;
using money::Int128;
using money::Price;
using round::Round;

constexpr std::int64_t kMicroYuanPerFen = money::kMicroYuanPerYuan / 100;

// ---- what of a lot counts as its result
// -------------------------------------------------------------------------

std::vector<const BidDecision*> winners_of(const LotDecision& lot) {
    std::vector<const BidDecision*> winners;
    for (const BidDecision& bid : lot.bids) {
        if (bid.outcome == Outcome::won) winners.push_back(&bid);
    }
    return winners;
}

bool same_winners(const LotDecision& a, const LotDecision& b) {
    const auto left = winners_of(a);
    const auto right = winners_of(b);
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](auto* l, auto* r) {
        return l->bid == r->bid;
    });
}

bool same_regions(const LotDecision& a, const LotDecision& b) {
    const auto left = winners_of(a);
    const auto right = winners_of(b);
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](auto* l, auto* r) {
        return l->bid == r->bid && l->regions == r->regions;
    });
}

bool same_volumes(const LotDecision& a, const LotDecision& b) {
    return std::equal(
        a.volumes.begin(),
        a.volumes.end(),
        b.volumes.begin(),
        b.volumes.end(),
        [](const auto& l, const auto& r) {
            return l.spec == r.spec && l.region == r.region && l.quantity == r.quantity;
        }
    );
}

bool same_prices(const LotDecision& a, const LotDecision& b) {
    return std::equal(
        a.packs.begin(),
        a.packs.end(),
        b.packs.begin(),
        b.packs.end(),
        [](const auto& l, const auto& r) { return l.pack == r.pack && l.price == r.price; }
    );
}

bool same_result(const LotDecision& a, const LotDecision& b) {
    return a.status == b.status && same_regions(a, b) && a.percent == b.percent &&
           a.term_years == b.term_years && same_volumes(a, b) && same_prices(a, b);
}

std::vector<round::SupplierIndex> winners_missing_in(
    const Round& round, const LotDecision& lot, const LotDecision& other
) {
    std::vector<round::SupplierIndex> missing;
    const auto others = winners_of(other);
    for (const BidDecision* winner : winners_of(lot)) {
        const bool found = std::any_of(others.begin(), others.end(), [&](const BidDecision* bid) {
            return bid->bid == winner->bid;
        });
        if (!found) missing.push_back(round.bids[winner->bid].supplier);
    }
    return missing;
}

// ---- cost
// -------------------------------------------------------------------------------------------------------

/// numerator / denominator yuan-micros, rounded half up to the fen; nothing when out of range.
std::optional<Amount> to_fen(Int128 numerator, Int128 denominator) {
    Int128 divisor = 0;
    if (__builtin_mul_overflow(denominator, Int128{kMicroYuanPerFen}, &divisor))
        return std::nullopt;
    const Int128 fen = money::divide_rounded(numerator, divisor, money::RoundingMode::half_up);
    if (fen > std::numeric_limits<std::int64_t>::max() / kMicroYuanPerFen) return std::nullopt;
    return Amount(static_cast<std::int64_t>(fen) * kMicroYuanPerFen);
}

bool add_to(std::optional<Amount>& sum, const std::optional<Amount>& term) {
    std::int64_t total = 0;
    if (!sum || !term || __builtin_add_overflow(sum->micro_yuan(), term->micro_yuan(), &total)) {
        sum.reset();
        return false;
    }
    sum = Amount(total);
    return true;
}

class CostOfLot {
public:
    CostOfLot(
        const Round& round,
        const RuleSet& rules,
        bidding::Conversions& conversions,
        const LotDecision& lot
    )
        : round_(round), rules_(rules), conversions_(conversions), lot_(lot) {}

    LotCost cost() {
        switch (lot_.status) {
            case LotStatus::pending:
                return {};
            case LotStatus::failed:
            case LotStatus::cancelled:
                return {Amount(0), false};
            case LotStatus::decided:
                break;
        }
        const bool known =
            !lot_.allocations.empty() &&
            std::all_of(lot_.allocations.begin(), lot_.allocations.end(), [](const auto& row) {
                return row.supplier.has_value();
            });
        return known ? LotCost{allocated(), false} : LotCost{estimated(), true};
    }

private:
    std::optional<Amount> allocated() {
        std::optional<Amount> sum = Amount(0);
        for (const decision::AllocationRow& row : lot_.allocations) {
            const BidDecision* bid = bid_of(*row.supplier);
            if (bid == nullptr) return std::nullopt;
            if (!add_to(sum, term(*bid, row.spec, row.quantity, 1, 1))) break;
        }
        return sum;
    }

    std::optional<Amount> estimated() {
        const auto winners = winners_of(lot_);
        std::int64_t regions = 0;
        for (const BidDecision* winner : winners) regions += winner->regions;
        if (regions == 0) return std::nullopt;
        std::optional<Amount> sum = Amount(0);
        for (const round::SpecIndex spec : round_.lots[lot_.lot].specs) {
            money::Quantity national(0);
            for (const decision::VolumeCell& cell : lot_.volumes) {
                if (cell.spec == spec) national = national + cell.quantity;
            }
            if (national.units() == 0) continue;
            for (const BidDecision* winner : winners) {
                if (!add_to(sum, term(*winner, spec, national, winner->regions, regions)))
                    return sum;
            }
        }
        return sum;
    }

    /// quantity x share / shares at the bid's price of one unit of `spec`.
    std::optional<Amount> term(
        const BidDecision& bid,
        round::SpecIndex spec,
        money::Quantity quantity,
        std::int64_t share,
        std::int64_t shares
    ) {
        const std::optional<Price> price = pack_price(bid, spec);
        if (!price) return std::nullopt;
        Int128 numerator = Int128{quantity.units()} * price->micro_yuan();
        if (__builtin_mul_overflow(numerator, Int128{share}, &numerator)) return std::nullopt;
        return to_fen(numerator, Int128{round_.bids[bid.bid].pack_units} * shares);
    }

    std::optional<Price> pack_price(const BidDecision& bid, round::SpecIndex spec) {
        const round::Bid& made = round_.bids[bid.bid];
        if (!bid.price || made.spec == spec) return bid.price;
        const auto* stage = rules_.rulebook.find<rules::DerivedPriceStage>();
        if (stage == nullptr || !stage->rounding.value) return std::nullopt;
        const product::Presentation source =
            bidding::presentation_of(round_, made, conversions_.rule());
        if (source.form == nullptr) return std::nullopt;
        product::Presentation target = source;
        target.content = round_.specs[spec].content;
        target.fill_nl = round_.specs[spec].fill_nl;
        const auto converted =
            conversions_.of_lot(round_.lots[lot_.lot].id).between(source, target);
        if (!converted.conversion) return std::nullopt;
        return converted.conversion->convert(*bid.price, *stage->rounding.value);
    }

    const BidDecision* bid_of(round::SupplierIndex supplier) const {
        const BidDecision* found = nullptr;
        for (const BidDecision& bid : lot_.bids) {
            if (round_.bids[bid.bid].supplier != supplier) continue;
            if (bid.outcome == Outcome::won) return &bid;
            if (found == nullptr) found = &bid;
        }
        return found;
    }

    const Round& round_;
    const RuleSet& rules_;
    bidding::Conversions& conversions_;
    const LotDecision& lot_;
};

std::vector<LotCost> costs_of(
    const Round& round, const RuleSet& rules, const decision::RoundDecision& decided
) {
    std::vector<LotCost> costs(decided.lots.size());
    const auto* stage = rules.rulebook.find<rules::PriceRatioStage>();
    if (stage == nullptr) return costs;
    bidding::Conversions conversions(rules.ratio_rule, *stage);
    for (std::size_t i = 0; i < costs.size(); ++i) {
        costs[i] = CostOfLot(round, rules, conversions, decided.lots[i]).cost();
    }
    return costs;
}

void sum_costs(RulebookComparison& comparison) {
    comparison.total_a.amount = Amount(0);
    comparison.total_b.amount = Amount(0);
    for (std::size_t i = 0; i < comparison.costs_a.size(); ++i) {
        const LotCost& a = comparison.costs_a[i];
        const LotCost& b = comparison.costs_b[i];
        if (!a.amount || !b.amount) {
            ++comparison.lots_without_cost;
            continue;
        }
        add_to(comparison.total_a.amount, a.amount);
        add_to(comparison.total_b.amount, b.amount);
        comparison.total_a.estimated = comparison.total_a.estimated || a.estimated;
        comparison.total_b.estimated = comparison.total_b.estimated || b.estimated;
    }
}

// ---- which point makes the difference
// ---------------------------------------------------------------------------

struct Variant {
    Cause cause;
    rules::Rulebook rulebook;
};

std::string joined(
    const std::vector<rules::ParameterRow>& rows, std::string rules::ParameterRow::*member
) {
    std::string text;
    for (const rules::ParameterRow& row : rows) {
        const std::string& part = row.*member;
        if (part.empty()) continue;
        if (!text.empty()) text += "; ";
        text += part;
    }
    return text;
}

Cause cause_of(const rules::ParameterDifference& difference) {
    return {
        .path = difference.path,
        .whole_stage = false,
        .value_a = joined(difference.base, &rules::ParameterRow::value),
        .value_b = joined(difference.other, &rules::ParameterRow::value),
        .clause_a = joined(difference.base, &rules::ParameterRow::clause),
        .clause_b = joined(difference.other, &rules::ParameterRow::clause),
        .reproduces_all = false,
    };
}

/// Every differing point alone; a stage as a whole where it stands in one rulebook only, where a
/// point is named in one only, or where several of its points differ.
std::vector<Variant> variants_of(const rules::Rulebook& a, const rules::Rulebook& b) {
    std::vector<Variant> variants;
    for (const rules::StageDifference& stage : rules::differences(a, b)) {
        // No award depends on how volumes are reported.
        if (!stage.value_differs || stage.stage_kind == rules::ReportingRule::kind) continue;
        std::size_t alone = 0;
        std::size_t differing = 0;
        if (stage.index_base && stage.index_other) {
            for (const rules::ParameterDifference& point : stage.parameters) {
                if (!point.value_differs) continue;
                ++differing;
                auto rulebook = rules::with_parameter_from(a, b, point.path);
                if (!rulebook) continue;
                ++alone;
                variants.push_back({cause_of(point), *std::move(rulebook)});
            }
        }
        if (alone == 1 && differing == 1) continue;
        if (auto rulebook = rules::with_stage_from(a, b, stage.stage_key)) {
            variants.push_back(
                {{stage.stage_key, true, "", "", "", "", false}, *std::move(rulebook)}
            );
        }
    }
    return variants;
}

LotChange change_of(const Round& round, const LotDecision& a, const LotDecision& b) {
    LotChange change;
    change.lot = a.lot;
    change.status = a.status != b.status;
    const bool both_known = a.status != LotStatus::pending && b.status != LotStatus::pending;
    change.winners = both_known && !same_winners(a, b);
    change.regions = !same_regions(a, b);
    change.percent = a.percent != b.percent;
    change.volumes = !same_volumes(a, b);
    change.term = a.term_years != b.term_years;
    change.prices = !same_prices(a, b);
    if (both_known) {
        change.winners_only_a = winners_missing_in(round, a, b);
        change.winners_only_b = winners_missing_in(round, b, a);
    }
    return change;
}

void find_causes(
    const Round& round, const RuleSet& a, const RuleSet& b, RulebookComparison& comparison
) {
    if (comparison.changes.empty()) return;
    std::vector<Variant> variants = variants_of(a.rulebook, b.rulebook);
    comparison.points_tried = static_cast<std::int64_t>(variants.size());
    for (const Variant& variant : variants) {
        const bool other_rule =
            variant.cause.path == "price_ratio.rule" || variant.cause.path == "price_ratio";
        const RuleSet rules{variant.rulebook, other_rule ? b.ratio_rule : a.ratio_rule};
        const RoundRun run = decide_round(round, rules, {.trace = false, .pick_regions = true});
        if (!run.decision) continue;
        for (LotChange& change : comparison.changes) {
            const LotDecision& tried = run.decision->lots[change.lot];
            if (same_result(tried, comparison.a.lots[change.lot])) continue;
            Cause cause = variant.cause;
            cause.reproduces_all = same_result(tried, comparison.b.lots[change.lot]);
            // A stage as a whole says nothing new where one of its points alone does as much.
            const bool said =
                cause.whole_stage &&
                std::any_of(change.causes.begin(), change.causes.end(), [&](const Cause& known) {
                    return known.path.compare(0, cause.path.size() + 1, cause.path + ".") == 0 &&
                           known.reproduces_all >= cause.reproduces_all;
                });
            if (!said) change.causes.push_back(std::move(cause));
        }
    }
}

}  // namespace

CompareRun compare_rulebooks(const Round& round, const RuleSet& rules_a, const RuleSet& rules_b) {
    RoundRun a = decide_round(round, rules_a);
    RoundRun b = decide_round(round, rules_b);
    if (!a.decision || !b.decision) return {std::nullopt, a.refusals, b.refusals};

    RulebookComparison comparison;
    comparison.a = *std::move(a.decision);
    comparison.b = *std::move(b.decision);
    for (std::size_t i = 0; i < comparison.a.lots.size(); ++i) {
        if (!same_result(comparison.a.lots[i], comparison.b.lots[i])) {
            comparison.changes.push_back(
                change_of(round, comparison.a.lots[i], comparison.b.lots[i])
            );
        }
    }
    comparison.costs_a = costs_of(round, rules_a, comparison.a);
    comparison.costs_b = costs_of(round, rules_b, comparison.b);
    sum_costs(comparison);
    find_causes(round, rules_a, rules_b, comparison);
    return {std::move(comparison), {}, {}};
}

namespace {

/// All that the award of one lot depends on. Rulebooks that compare lots need the others' bids too.
Round only_lot(const Round& round, round::LotIndex lot, const rules::Rulebook& rulebook) {
    Round part = round;
    part.demand.clear();
    part.packs.clear();
    if (rulebook.find<rules::OutlierStage>() != nullptr) return part;
    const auto of_other_lot = [lot](const auto& row) { return row.lot != lot; };
    part.bids.erase(
        std::remove_if(part.bids.begin(), part.bids.end(), of_other_lot), part.bids.end()
    );
    part.events.erase(
        std::remove_if(part.events.begin(), part.events.end(), of_other_lot), part.events.end()
    );
    return part;
}

constexpr std::size_t kTiedFirmsMax = 4;  // 24 orders
constexpr int kTiesMax = 3;
constexpr std::int64_t kFenScanned = 100;

/// Firms, joined by "|", of the first tie a lot waits for; empty when it waits for anything else.
std::vector<std::string> tied_firms(const LotDecision& lot) {
    std::vector<std::string> firms;
    for (const decision::Message& need : lot.waits_for) {
        if (need.key != "wait.tie") return {};
    }
    if (lot.waits_for.empty()) return {};
    for (const auto& [name, value] : lot.waits_for.front().arguments) {
        if (name != "suppliers") continue;
        std::size_t begin = 0;
        for (std::size_t end = 0; end != std::string::npos; begin = end + 1) {
            end = value.find('|', begin);
            firms.push_back(value.substr(begin, end - begin));
        }
    }
    return firms;
}

/// Whether one bid wins its lot, whatever a draw of lots would give.
class Trial {
public:
    Trial(const Round& round, const RuleSet& rules, round::BidIndex bid)
        : rules_(rules), lot_(round.bids[bid].lot), round_(only_lot(round, lot_, rules.rulebook)) {
        const round::Bid& made = round.bids[bid];
        const auto same = std::find_if(round_.bids.begin(), round_.bids.end(), [&](const auto& b) {
            return b.lot == made.lot && b.row == made.row;
        });
        bid_ = static_cast<round::BidIndex>(same - round_.bids.begin());
        for (const round::Event& event : round_.events) seq_ = std::max(seq_, event.seq);
    }

    bool wins_at(std::int64_t fen) {
        round_.bids[bid_].pack_price = Price(fen * kMicroYuanPerFen);
        return wins_in_every_draw(0);
    }

private:
    bool wins_in_every_draw(int ties_drawn) {
        const RoundRun run = decide_round(round_, rules_, {.trace = false, .pick_regions = false});
        if (!run.decision) return false;
        const LotDecision& lot = run.decision->lots[lot_];
        if (lot.status != LotStatus::pending) {
            return std::any_of(lot.bids.begin(), lot.bids.end(), [&](const BidDecision& decided) {
                return decided.bid == bid_ && decided.outcome == Outcome::won;
            });
        }
        std::vector<std::string> firms = tied_firms(lot);
        if (firms.empty() || firms.size() > kTiedFirmsMax || ties_drawn == kTiesMax) return false;
        std::sort(firms.begin(), firms.end());
        bool wins = true;
        do {
            std::string order;
            for (const std::string& firm : firms) order += (order.empty() ? "" : "|") + firm;
            round_.events.push_back(
                {.seq = ++seq_,
                 .lot = lot_,
                 .kind = round::EventKind::draw_of_lots,
                 .supplier = std::nullopt,
                 .value = order,
                 .reason = {},
                 .who = {},
                 .at = {},
                 .row = 0}
            );
            wins = wins_in_every_draw(ties_drawn + 1);
            round_.events.pop_back();
            --seq_;
        } while (wins && std::next_permutation(firms.begin(), firms.end()));
        return wins;
    }

    const RuleSet& rules_;
    round::LotIndex lot_;
    Round round_;
    round::BidIndex bid_ = 0;
    std::int64_t seq_ = 0;
};

}  // namespace

std::optional<Price> highest_winning_price(
    const Round& round, const RuleSet& rules, round::BidIndex bid
) {
    const round::Bid& made = round.bids[bid];
    if (!made.pack_price) return std::nullopt;
    Trial trial(round, rules, bid);
    std::int64_t losing = made.pack_price->micro_yuan() / kMicroYuanPerFen;
    if (losing <= 1 || trial.wins_at(losing)) return std::nullopt;
    const std::int64_t scanned_to = std::max(losing - kFenScanned, std::int64_t{1});
    while (losing > scanned_to) {
        if (trial.wins_at(losing - 1)) return Price((losing - 1) * kMicroYuanPerFen);
        --losing;
    }
    // A very low price may fail for reasons of its own: the search begins at the first that wins.
    std::int64_t winning = 1;
    while (winning < losing && !trial.wins_at(winning)) winning *= 2;
    if (winning >= losing) return std::nullopt;
    while (losing - winning > 1) {
        const std::int64_t middle = winning + (losing - winning) / 2;
        (trial.wins_at(middle) ? winning : losing) = middle;
    }
    return Price(winning * kMicroYuanPerFen);
}

}  // namespace jicai::usecases
