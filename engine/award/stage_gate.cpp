// The price tests of an entrant.
#include <engine/award/numbers.h>
#include <engine/award/stages.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

namespace jicai::award {

using bidding::value_of;
using money::Price;

namespace {

/// One test of a gate on one entrant.
class GateTester {
public:
    GateTester(const StageContext& context, std::size_t bid) : context_(context), bid_(bid) {}

    bool operator()(const rules::FactorOfLowestTest& test) const {
        const Price lowest = context_.state->ranking.order.front().comparable;
        const money::Ratio& factor = value_of(test.factor, "gate.factor");
        const Fraction limit = times(factor, fraction_of(lowest));
        const bool passed = reaches(limit);
        if (context_.trace != nullptr) {
            note_limit(
                passed ? "step.gate_factor_passed" : "step.gate_factor_failed",
                {{"factor", factor.text()}, {"lowest", lowest.text()}},
                limit,
                test.factor
            );
        }
        return passed;
    }

    bool operator()(const rules::FactorOfAnchorTest& test) const {
        const Fraction anchor = anchor_price(value_of(test.mean_factor, "gate.mean_factor"));
        const money::Ratio& factor = value_of(test.factor, "gate.factor");
        const Fraction limit = times(factor, anchor);
        const bool passed = reaches(limit);
        if (context_.trace != nullptr) {
            note_limit(
                passed ? "step.gate_anchor_passed" : "step.gate_anchor_failed",
                {{"factor", factor.text()}, {"anchor", yuan_text(anchor)}},
                limit,
                test.factor
            );
        }
        return passed;
    }

    bool operator()(const rules::PriceAtMostTest& test) const {
        const Price bound = value_of(test.price, "gate.price");
        const Price comparable = state().comparable;
        const bool passed = comparable <= bound;
        if (context_.trace == nullptr) return passed;
        Arguments arguments{{"comparable_price", comparable.text()}, {"price", bound.text()}};
        if (!passed) {
            arguments.emplace_back(
                "missed_by", yuan_text(minus(fraction_of(comparable), fraction_of(bound)))
            );
        }
        note(
            context_,
            bid_,
            step(
                passed ? "step.gate_price_passed" : "step.gate_price_failed",
                std::move(arguments),
                test.price
            )
        );
        return passed;
    }

    bool operator()(const rules::CutAtLeastTest& test) const {
        const rules::PercentBound& bound = value_of(test.percent, "gate.percent");
        const std::optional<Price>& ceiling = context_.lot->bids[bid_].ceiling;
        if (!ceiling || ceiling->micro_yuan() == 0) {
            if (context_.trace != nullptr) {
                note(
                    context_,
                    bid_,
                    step(
                        "step.gate_cut_no_ceiling",
                        {{"percent", bound.percent.text()}},
                        test.percent
                    )
                );
            }
            return false;
        }
        const bool passed = cut_reaches(state().unit_price, *ceiling, bound);
        if (context_.trace != nullptr) note_cut(test, bound, *ceiling, passed);
        return passed;
    }

private:
    [[nodiscard]] const BidState& state() const { return context_.state->bids[bid_]; }

    [[nodiscard]] bool reaches(const Fraction& limit) const {
        return award::compare(fraction_of(state().comparable), limit) <= 0;
    }

    template <class T>
    void note_limit(
        const char* key,
        Arguments arguments,
        const Fraction& limit,
        const rules::Parameter<T>& parameter
    ) const {
        const Fraction comparable = fraction_of(state().comparable);
        arguments.emplace_back("comparable_price", state().comparable.text());
        arguments.emplace_back("limit", yuan_text(limit));
        if (!reaches(limit)) {
            arguments.emplace_back("missed_by", yuan_text(minus(comparable, limit)));
        }
        note(context_, bid_, step(key, std::move(arguments), parameter));
    }

    /// max(mean_factor x mean of the entrants, lowest), exactly.
    [[nodiscard]] Fraction anchor_price(const money::Ratio& mean_factor) const {
        money::Int128 sum = 0;
        std::int64_t entrants = 0;
        for (const BidState& bid : context_.state->bids) {
            if (!bid.entrant) continue;
            sum += bid.comparable.micro_yuan();
            ++entrants;
        }
        const Fraction share = times(mean_factor, {sum, entrants});
        const Fraction lowest = fraction_of(context_.state->ranking.order.front().comparable);
        return award::compare(share, lowest) >= 0 ? share : lowest;
    }

    static bool cut_reaches(Price unit_price, Price ceiling, const rules::PercentBound& bound) {
        const money::Rounding rounding{money::RoundingMode::half_up, bound.decimals};
        const std::int64_t cut = money::cut_percent_scaled(unit_price, ceiling, rounding);
        std::int64_t scale = 1;
        for (int i = 0; i < bound.decimals; ++i) scale *= 10;
        return money::Int128{cut} * bound.percent.denominator() >=
               money::Int128{bound.percent.numerator()} * scale;
    }

    /// The highest unit price, at the decimals unit prices have, that would have reached the cut.
    [[nodiscard]] Price unit_price_needed(Price ceiling, const rules::PercentBound& bound) const {
        const auto* stage = context_.rulebook->find<rules::CeilingStage>();
        std::int64_t step = 1;
        for (int i = value_of(stage->rounding, "ceiling.rounding").decimals;
             i < money::kMicroYuanScale;
             ++i) {
            step *= 10;
        }
        std::int64_t low = 0;  // the cut of a price of zero is 100 percent
        std::int64_t high = state().unit_price.micro_yuan() / step;
        while (low + 1 < high) {
            const std::int64_t middle = low + (high - low) / 2;
            (cut_reaches(Price(middle * step), ceiling, bound) ? low : high) = middle;
        }
        return Price(low * step);
    }

    void note_cut(
        const rules::CutAtLeastTest& test,
        const rules::PercentBound& bound,
        Price ceiling,
        bool passed
    ) const {
        const money::Rounding rounding{money::RoundingMode::half_up, bound.decimals};
        Arguments arguments{
            {"cut",
             percent_text(
                 money::cut_percent_scaled(state().unit_price, ceiling, rounding), bound.decimals
             )},
            {"percent", bound.percent.text()},
            {"unit_price", state().unit_price.text()},
            {"ceiling", ceiling.text()},
        };
        if (!passed) {
            arguments.emplace_back("unit_price_needed", unit_price_needed(ceiling, bound).text());
        }
        note(
            context_,
            bid_,
            step(
                passed ? "step.gate_cut_passed" : "step.gate_cut_failed",
                std::move(arguments),
                test.percent
            )
        );
    }

    const StageContext& context_;
    std::size_t bid_;
};

}  // namespace

void apply(const StageContext& context, const rules::GateStage& stage) {
    for (const bidding::RankedBid& ranked : context.state->ranking.order) {
        BidState& bid = context.state->bids[ranked.bid];
        if (!bid.winner) continue;
        const GateTester tester(context, ranked.bid);
        const bool passed =
            std::any_of(stage.any_of.begin(), stage.any_of.end(), [&](const rules::GateTest& test) {
                return std::visit(tester, test);
            });
        if (passed) continue;
        bid.winner = false;
        bid.fate = Fate::gate;
    }
}

}  // namespace jicai::award
