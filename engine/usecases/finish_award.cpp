#include <engine/allocation/volumes.h>
#include <engine/usecases/finish_award.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jicai::usecases {
namespace {

using bidding::value_of;
using decision::BidDecision;
using decision::LotDecision;
using decision::Outcome;

/// The value of a class's table for a number of winners; stops the lot when the rulebook has none.
std::int64_t by_class(
    const std::map<std::string, rules::Parameter<rules::CountTable<rules::Count>>>& tables,
    const std::string& lot_class,
    std::int64_t winners,
    const char* path,
    std::string* clause,
    std::string* evidence
) {
    const auto found = tables.find(lot_class);
    if (found == tables.end()) {
        throw decision::RunStopped({"wait.class", {{"class", lot_class}, {"parameter", path}}});
    }
    const std::string full_path = std::string(path) + "." + lot_class;
    const auto& table = value_of(found->second, full_path.c_str());
    const rules::Count* value = table.find(winners);
    if (value == nullptr) {
        throw decision::RunStopped(
            {"wait.count_outside_table",
             {{"parameter", full_path},
              {"count", std::to_string(winners)},
              {"clause", found->second.clause}}}
        );
    }
    *clause = found->second.clause;
    *evidence = std::string(rules::enum_word(found->second.evidence));
    return *value;
}

class LotFinisher {
public:
    LotFinisher(
        const round::Round& round,
        const RuleSet& rules,
        bidding::Conversions& conversions,
        LotDecision& lot,
        bool trace
    )
        : round_(round), rules_(rules), conversions_(conversions), lot_(lot), trace_(trace) {}

    /// Percentage, term and volumes at `winners` winners.
    void settle_volumes(std::int64_t winners) {
        const round::Lot& input = round_.lots[lot_.lot];
        const auto* volume = rules_.rulebook.find<rules::AgreedVolumeStage>();
        if (volume != nullptr) {
            std::string clause;
            std::string evidence;
            lot_.percent = by_class(
                volume->percent,
                input.volume_class,
                winners,
                "agreed_volume.percent",
                &clause,
                &evidence
            );
            note(
                "step.percent",
                {{"winners", std::to_string(winners)},
                 {"class", input.volume_class},
                 {"percent", std::to_string(*lot_.percent)}},
                clause,
                evidence
            );
            lot_.volumes = allocation::agreed_volumes(round_, lot_.lot, *lot_.percent, *volume);
        }
        const auto* term = rules_.rulebook.find<rules::TermStage>();
        if (term == nullptr) return;
        std::string clause;
        std::string evidence;
        lot_.term_years =
            by_class(term->years, input.term_class, winners, "term.years", &clause, &evidence);
        note(
            "step.term",
            {{"winners", std::to_string(winners)},
             {"class", input.term_class},
             {"years", std::to_string(*lot_.term_years)}},
            clause,
            evidence
        );
    }

    /// Prices of every pack of every winner, from its declared pack.
    void price_packs() {
        const auto* stage = rules_.rulebook.find<rules::DerivedPriceStage>();
        if (stage == nullptr) return;
        const money::Rounding& rounding = value_of(stage->rounding, "derived_price.rounding");
        const auto first = std::lower_bound(
            round_.packs.begin(),
            round_.packs.end(),
            lot_.lot,
            [](const round::Pack& pack, round::LotIndex lot) { return pack.lot < lot; }
        );
        for (auto pack = first; pack != round_.packs.end() && pack->lot == lot_.lot; ++pack) {
            const BidDecision* bid = declared_bid(*pack);
            if (bid == nullptr) continue;
            price_pack(
                *pack, static_cast<std::uint32_t>(pack - round_.packs.begin()), *bid, rounding
            );
        }
    }

    /// Who supplies which volume: the picker of the region, or nobody yet.
    void allocate() {
        std::map<std::uint32_t, std::pair<std::uint32_t, std::string>> holders;
        for (const decision::RegionTurn& turn : lot_.turns) {
            if (!turn.region || !lot_.regions_complete || !has_won(turn.supplier)) continue;
            holders[*turn.region] = {
                turn.supplier, turn.source == "substitute" ? "substitute" : "main"};
        }
        for (const decision::VolumeCell& cell : lot_.volumes) {
            const auto holder = holders.find(cell.region);
            if (holder == holders.end()) {
                lot_.allocations.push_back(
                    {cell.spec, cell.region, std::nullopt, "pending", cell.quantity}
                );
            } else {
                lot_.allocations.push_back(
                    {cell.spec,
                     cell.region,
                     holder->second.first,
                     holder->second.second,
                     cell.quantity}
                );
            }
        }
    }

private:
    void note(
        const char* key,
        std::vector<std::pair<std::string, std::string>> arguments,
        const std::string& clause,
        const std::string& evidence
    ) {
        if (trace_) lot_.trace.push_back({{key, std::move(arguments)}, clause, evidence});
    }

    [[nodiscard]] bool has_won(round::SupplierIndex supplier) const {
        return std::any_of(lot_.bids.begin(), lot_.bids.end(), [&](const BidDecision& bid) {
            return bid.outcome == Outcome::won && round_.bids[bid.bid].supplier == supplier;
        });
    }

    [[nodiscard]] const BidDecision* declared_bid(const round::Pack& pack) const {
        const BidDecision* declared = nullptr;
        for (const BidDecision& bid : lot_.bids) {
            const round::Bid& input = round_.bids[bid.bid];
            if (input.supplier != pack.supplier || bid.outcome != Outcome::won) continue;
            if (!declared || (!pack.product.empty() && input.product == pack.product))
                declared = &bid;
        }
        return declared;
    }

    void price_pack(
        const round::Pack& pack,
        std::uint32_t index,
        const BidDecision& bid,
        const money::Rounding& rounding
    ) {
        const product::PriceRatioRule& rule = conversions_.rule();
        const product::Presentation source =
            bidding::presentation_of(round_, round_.bids[bid.bid], rule);
        product::Presentation target;
        target.form = rule.find_form(pack.form);
        target.content = pack.content;
        target.pack_units = pack.pack_units;
        target.fill_nl = pack.fill_nl;
        target.material = pack.material;
        target.daily_units = pack.daily_dose;
        std::optional<money::Price> price;
        if (source.form != nullptr && target.form != nullptr) {
            const auto result =
                conversions_.of_lot(round_.lots[lot_.lot].id).between(source, target);
            if (result.conversion) price = result.conversion->convert(*bid.price, rounding);
        }
        if (price) {
            lot_.packs.push_back({index, *price});
            return;
        }
        lot_.waits_for.push_back(
            {"wait.form",
             {{"supplier", round_.suppliers[pack.supplier].id},
              {"form", pack.form},
              {"base_form", round_.bids[bid.bid].form}}}
        );
    }

    const round::Round& round_;
    const RuleSet& rules_;
    bidding::Conversions& conversions_;
    LotDecision& lot_;
    bool trace_;
};

}  // namespace

void finish_award(
    const round::Round& round,
    const RuleSet& rules,
    bidding::Conversions& conversions,
    std::int64_t winners,
    bool trace,
    LotDecision& lot
) {
    LotFinisher finisher(round, rules, conversions, lot, trace);
    finisher.settle_volumes(winners);
    finisher.price_packs();
    finisher.allocate();
}

}  // namespace jicai::usecases
