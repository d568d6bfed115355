#include <engine/bidding/prepared_lot.h>
#include <engine/usecases/substitution.h>

#include <algorithm>
#include <string>

namespace jicai::usecases {
namespace {

using bidding::value_of;
using decision::BidDecision;
using decision::LotDecision;
using decision::LotStatus;
using decision::Message;
using decision::Outcome;

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    while (from < text.size()) {
        const std::size_t bar = std::min(text.find('|', from), text.size());
        parts.push_back(text.substr(from, bar - from));
        from = bar + 1;
    }
    return parts;
}

class Substitution {
public:
    Substitution(
        const round::Round& round,
        const rules::SubstitutionStage& stage,
        LotDecision& lot,
        bool trace
    )
        : round_(round), stage_(stage), lot_(lot), trace_(trace) {}

    SubstitutionResult run() {
        refuse_without_cancellation();
        for (const round::Event& event : round_.events) {
            if (event.lot == lot_.lot && event.kind == round::EventKind::award_cancelled) {
                cancel(event);
            }
        }
        if (cancelled_) {
            result_.changes_percent_and_term =
                value_of(stage_.changes_percent_and_term, "substitution.changes_percent_and_term");
            lot_.winners = std::count_if(lot_.bids.begin(), lot_.bids.end(), [](const auto& bid) {
                return bid.outcome == Outcome::won;
            });
            if (lot_.winners == 0 && lot_.waits_for.empty()) lot_.status = LotStatus::failed;
        }
        return std::move(result_);
    }

private:
    void refuse(
        const char* key,
        const round::Event& event,
        std::vector<std::pair<std::string, std::string>> more
    ) {
        std::vector<std::pair<std::string, std::string>> arguments{
            {"seq", std::to_string(event.seq)},
            {"lot", round_.lots[event.lot].id},
            {"supplier", event.supplier ? round_.suppliers[*event.supplier].id : ""},
        };
        for (auto& argument : more) arguments.push_back(std::move(argument));
        result_.refusals.push_back({key, std::move(arguments)});
    }

    [[nodiscard]] BidDecision* bid_of(round::SupplierIndex supplier, Outcome outcome) {
        for (BidDecision& bid : lot_.bids) {
            if (round_.bids[bid.bid].supplier == supplier && bid.outcome == outcome) return &bid;
        }
        return nullptr;
    }

    void note(
        BidDecision& bid,
        const char* key,
        const round::Event& event,
        std::vector<std::pair<std::string, std::string>> arguments,
        const std::string& clause,
        const std::string& evidence
    ) {
        if (!trace_) return;
        arguments.emplace_back("reason", event.reason);
        arguments.emplace_back("who", event.who);
        arguments.emplace_back("at", event.at);
        bid.trace.push_back({{key, std::move(arguments)}, clause, evidence});
    }

    /// Who may take over, in rank order.
    [[nodiscard]] std::vector<round::SupplierIndex> candidates(rules::SubstituteFrom from) const {
        std::vector<const BidDecision*> bids;
        for (const BidDecision& bid : lot_.bids) {
            const bool winner = bid.outcome == Outcome::won;
            const bool non_winner = bid.outcome == Outcome::lost && bid.rank &&
                                    bid.step != "award_cancelled" && bid.step != "region_picking";
            if (from == rules::SubstituteFrom::other_winners ? winner : non_winner) {
                bids.push_back(&bid);
            }
        }
        std::sort(bids.begin(), bids.end(), [](const BidDecision* a, const BidDecision* b) {
            return a->rank.value_or(0) < b->rank.value_or(0);
        });
        std::vector<round::SupplierIndex> suppliers;
        suppliers.reserve(bids.size());
        for (const BidDecision* bid : bids) suppliers.push_back(round_.bids[bid->bid].supplier);
        return suppliers;
    }

    void refuse_without_cancellation() {
        bool cancelled_before = false;
        for (const round::Event& event : round_.events) {
            if (event.lot != lot_.lot) continue;
            if (event.kind == round::EventKind::award_cancelled) cancelled_before = true;
            if (event.kind != round::EventKind::substitute || cancelled_before) continue;
            refuse("refusal.substitute_without_cancellation", event, {});
        }
    }

    void cancel(const round::Event& event) {
        BidDecision* failed = bid_of(*event.supplier, Outcome::won);
        if (failed == nullptr) {
            refuse("refusal.cancelled_not_winner", event, {});
            return;
        }
        const bool publicity = event.value == "publicity";
        if (!publicity && event.value != "execution") {
            refuse("refusal.cancelled_stage_unknown", event, {{"value", event.value}});
            return;
        }
        const auto& from = publicity ? stage_.in_publicity : stage_.in_execution;
        const rules::SubstituteFrom source =
            value_of(from, publicity ? "substitution.in_publicity" : "substitution.in_execution");
        // At whose price a substitute supplies must be settled before anyone is put in.
        (void)value_of(stage_.substitute_at_own_price, "substitution.substitute_at_own_price");
        cancelled_ = true;
        failed->outcome = Outcome::lost;
        failed->step = "award_cancelled";
        note(
            *failed,
            "step.award_cancelled",
            event,
            {{"stage", event.value}},
            from.clause,
            std::string(rules::enum_word(from.evidence))
        );
        replace(event, *failed, candidates(source), from);
    }

    void replace(
        const round::Event& event,
        BidDecision& failed,
        const std::vector<round::SupplierIndex>& eligible,
        const rules::Parameter<rules::SubstituteFrom>& rule
    ) {
        std::int64_t regions_left = failed.regions;
        failed.regions = 0;
        bool replaced = false;
        for (const round::Event& other : round_.events) {
            if (other.lot != lot_.lot || other.kind != round::EventKind::substitute) continue;
            if (other.seq <= event.seq || !names_failed(other, event)) continue;
            if (std::find(eligible.begin(), eligible.end(), *other.supplier) == eligible.end()) {
                refuse("refusal.substitute_not_eligible", other, {{"clause", rule.clause}});
                continue;
            }
            regions_left -= put_in(other, event, regions_left, rule);
            replaced = true;
        }
        if (replaced || eligible.empty()) return;
        std::string names;
        for (const round::SupplierIndex supplier : eligible) {
            names += (names.empty() ? "" : "|") + round_.suppliers[supplier].id;
        }
        lot_.waits_for.push_back(
            {"wait.substitute",
             {{"supplier", round_.suppliers[*event.supplier].id},
              {"candidates", names},
              {"clause", rule.clause}}}
        );
    }

    /// A substitute event belongs to the last cancellation before it.
    [[nodiscard]] bool names_failed(const round::Event& substitute, const round::Event& cancel)
        const {
        for (const round::Event& other : round_.events) {
            if (other.lot == lot_.lot && other.kind == round::EventKind::award_cancelled &&
                other.seq > cancel.seq && other.seq < substitute.seq) {
                return false;
            }
        }
        return true;
    }

    /// Moves regions from the failed winner to the substitute; how many.
    std::int64_t put_in(
        const round::Event& event,
        const round::Event& cancel,
        std::int64_t regions_left,
        const rules::Parameter<rules::SubstituteFrom>& rule
    ) {
        const std::vector<std::string> named = split(event.value);
        std::int64_t moved = 0;
        for (decision::RegionTurn& turn : lot_.turns) {
            if (turn.supplier != *cancel.supplier || !turn.region) continue;
            const bool listed =
                named.empty() ||
                std::find(named.begin(), named.end(), round_.regions[*turn.region]) != named.end();
            if (!listed) continue;
            turn.supplier = *event.supplier;
            turn.source = "substitute";
            ++moved;
        }
        if (moved == 0) {
            // Regions are not picked yet: only their number passes on.
            moved = named.empty() ? regions_left
                                  : std::min(regions_left, static_cast<std::int64_t>(named.size()));
        }
        BidDecision* substitute = bid_of(*event.supplier, Outcome::won);
        if (substitute == nullptr) {
            substitute = bid_of(*event.supplier, Outcome::lost);
            substitute->outcome = Outcome::won;
            substitute->step = "substitute";
        }
        substitute->regions += moved;
        note(
            *substitute,
            "step.substitute",
            event,
            {{"for", round_.suppliers[*cancel.supplier].id}, {"regions", std::to_string(moved)}},
            rule.clause,
            std::string(rules::enum_word(rule.evidence))
        );
        return moved;
    }

    const round::Round& round_;
    const rules::SubstitutionStage& stage_;
    LotDecision& lot_;
    bool trace_;
    bool cancelled_ = false;
    SubstitutionResult result_;
};

}  // namespace

SubstitutionResult substitute_failed_winners(
    const round::Round& round, const rules::Rulebook& rulebook, LotDecision& lot, bool trace
) {
    const auto* stage = rulebook.find<rules::SubstitutionStage>();
    if (stage == nullptr) return {};
    return Substitution(round, *stage, lot, trace).run();
}

}  // namespace jicai::usecases
