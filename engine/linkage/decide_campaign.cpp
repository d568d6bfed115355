#include <engine/linkage/bands.h>
#include <engine/linkage/campaign_columns.h>
#include <engine/linkage/decide_campaign.h>
#include <engine/linkage/need.h>
#include <engine/linkage/reference.h>
#include <engine/linkage/sku_trace.h>
#include <engine/linkage/winner_rules.h>
#include <engine/money/check.h>
#include <engine/rules/value_text.h>

#include <algorithm>
#include <map>

namespace jicai::linkage {

namespace {

using campaign::Campaign;
using campaign::CeilingKind;
using campaign::SkuDecision;
using campaign::Status;
using money::Price;

class Decider {
public:
    Decider(
        const Campaign& campaign, const Policy& policy, const product::PriceRatioRule* ratio_rule
    )
        : campaign_(campaign),
          policy_(policy),
          prepared_(campaign),
          own_region_(region_number(campaign)) {
        if (policy.winner_rules) {
            winner_rules_.emplace(campaign, policy, ratio_rule, own_region_);
        }
        if (policy.reference) prepare_reference(ratio_rule);
        for (const campaign::Event& event : campaign.events) {
            const bool known = !campaign.known_at || event.at <= *campaign.known_at;
            if (!event.product || event.at > campaign.as_of || !known) continue;
            const campaign::Event*& last = last_event_[*event.product];
            if (last == nullptr || last->at <= event.at) last = &event;
        }
    }

    campaign::CampaignDecision run() {
        campaign::CampaignDecision decided;
        for (const campaign::Listing& listing : campaign_.listings) {
            const bool out_of_scope =
                campaign_.scope == campaign::Scope::non_winning && is_winner_here(listing.product);
            if (out_of_scope) continue;
            SkuDecision sku;
            sku.product = listing.product;
            sku.old_price = listing.price;
            try {
                decide(sku);
            } catch (const decision::RunStopped& stopped) {
                sku.status = Status::waiting;
                sku.enforced.reset();
                sku.provisional = false;
                sku.waits_for.push_back(stopped.why());
            }
            decided.skus.push_back(std::move(sku));
        }
        return decided;
    }

private:
    void prepare_reference(const product::PriceRatioRule* ratio_rule) {
        try {
            rule_ = make_reference_rule(
                policy_, campaign_.regions, own_region_, campaign_.as_of, campaign_.known_at
            );
        } catch (const decision::RunStopped& stopped) {
            reference_stopped_ = stopped.why();
            return;
        }
        if (rule_->conversion != ConversionRule::price_ratio) return;
        JICAI_CHECK(ratio_rule != nullptr);
        conversions_ = prepared_.conversions(*ratio_rule);
    }

    [[nodiscard]] bool is_winner_here(campaign::ProductIndex product) const {
        for (const campaign::Winner& winner : campaign_.winners) {
            if (winner.product != product) continue;
            return std::find(winner.regions.begin(), winner.regions.end(), own_region_) !=
                   winner.regions.end();
        }
        return false;
    }

    void decide(SkuDecision& sku) {
        const campaign::Product& product = campaign_.products[sku.product];
        sku.trace.push_back(
            {{"step.link_old_price",
              {{"price", sku.old_price.text()}, {"units", std::to_string(product.pack_units)}}},
             "",
             ""}
        );
        std::optional<LinkedPrice> linked;
        Reference reference;
        if (policy_.reference) {
            if (reference_stopped_) throw decision::RunStopped(*reference_stopped_);
            reference = observe(sku);
            linked = link_price(
                reference, *rule_, conversions_, prepared_.pack(sku.product), sku.old_price
            );
            take_reference(sku, reference, *linked);
        }
        const bool barred = winner_rules_ && winner_rules_->apply(sku);
        conclude(sku, linked);
        if (policy_.labels) label(sku);
        if (sku.status == Status::linked && policy_.deadline && governs_linkage(sku)) {
            try {
                deadline(sku, reference);
            } catch (const decision::RunStopped& stopped) {
                sku.waits_for.push_back(stopped.why());  // the price stands without it
            }
        }
        if (barred) {
            sku.status = Status::suspended;
            sku.enforced.reset();
            sku.provisional = false;
        }
        apply_events(sku, barred);
    }

    static bool governs_linkage(const SkuDecision& sku) {
        return !sku.ceilings.empty() && sku.ceilings.front().kind == CeilingKind::linkage_reference;
    }

    Reference observe(SkuDecision& sku) {
        const ListedPack pack = prepared_.pack(sku.product);
        const ObservationColumns& columns = prepared_.columns();
        Reference reference = find_reference(columns, *rule_, conversions_, pack, scratch_);
        columns.for_each_row(sku.product, [&](Row row) {
            const auto reason = why_excluded(columns, *rule_, conversions_, pack, row);
            if (reason) sku.excluded.push_back({columns.id(row), *reason});
        });
        sku.counted = reference.counted;
        for (std::size_t i = 0; i < reference.used_count; ++i) {
            const UsedPrice& used = reference.used[i];
            sku.used.push_back({columns.id(used.row), Price(used.unit_micro_yuan)});
        }
        return reference;
    }

    void take_reference(SkuDecision& sku, const Reference& reference, const LinkedPrice& linked) {
        trace_reference(sku, campaign_, policy_, *rule_, reference);
        if (linked.reference_micro_yuan == 0) return;
        sku.reference_unit = Price(reference.unit_micro_yuan);
        sku.reference = Price(linked.reference_micro_yuan);
        const auto& basis = policy_.reference->aggregator;
        sku.trace.push_back(step_by(
            {"step.link_reference_pack",
             {{"unit_price", sku.reference_unit->text()},
              {"units", std::to_string(campaign_.products[sku.product].pack_units)},
              {"price", sku.reference->text()}}},
            policy_.conversion.pack_rounding
        ));
        if (linked.status == Status::within_tolerance) {
            sku.trace.push_back(step_by(
                {"step.link_tolerance",
                 {{"price", sku.reference->text()},
                  {"old_price", sku.old_price.text()},
                  {"tolerance", rules::value_text(*rule_->tolerance)}}},
                policy_.reference->tolerance
            ));
            return;
        }
        sku.ceilings.push_back(
            {CeilingKind::linkage_reference,
             *sku.reference,
             basis.clause,
             std::string(rules::enum_word(basis.evidence))}
        );
    }

    void conclude(SkuDecision& sku, const std::optional<LinkedPrice>& linked) const {
        std::stable_sort(
            sku.ceilings.begin(),
            sku.ceilings.end(),
            [](const campaign::Ceiling& a, const campaign::Ceiling& b) { return a.price < b.price; }
        );
        sku.enforced = sku.old_price;
        if (!sku.ceilings.empty() && sku.ceilings.front().price < sku.old_price) {
            sku.status = Status::linked;
            sku.enforced = sku.ceilings.front().price;
            sku.provisional = linked && linked->provisional && governs_linkage(sku);
            trace_lower(sku);
            return;
        }
        const bool tolerated = linked && linked->status == Status::within_tolerance;
        const bool too_few = linked && linked->status == Status::insufficient_observations;
        sku.status = tolerated                         ? Status::within_tolerance
                     : too_few && sku.ceilings.empty() ? Status::insufficient_observations
                                                       : Status::no_lower_price;
        trace_not_lower(sku);
    }

    void label(SkuDecision& sku) const {
        const TextList& texts = need(policy_.labels->bands, "labels.bands");
        if (!sku.reference || sku.reference->micro_yuan() == 0) return;
        std::vector<Band> bands;
        for (const std::string& text : texts) bands.push_back(*parse_band(text));
        const money::Ratio ratio(sku.old_price.micro_yuan(), sku.reference->micro_yuan());
        const Band* band = find_band(bands, ratio);
        if (band == nullptr) return;
        sku.label = band->value;
        sku.trace.push_back(step_by(
            {"step.link_label",
             {{"label", band->value}, {"ratio", ratio.text()}, {"band", band->text}}},
            policy_.labels->bands
        ));
    }

    /// From the day the last of the prices used took effect.
    void deadline(SkuDecision& sku, const Reference& reference) const {
        const DeadlineSection& section = *policy_.deadline;
        std::uint16_t number = 0;
        for (std::size_t i = 0; i < reference.used_count; ++i) {
            number = std::max(number, prepared_.columns().from(reference.used[i].row));
        }
        const Day from(number);
        const auto until = [&](std::optional<Day> day, const auto& basis) {
            sku.declare_by = day;
            sku.trace.push_back(step_by(
                day ? decision::
                          Message{"step.link_deadline", {{"from", from.text()}, {"until", day->text()}}}
                    : decision::Message{"step.link_deadline_unknown", {{"from", from.text()}}},
                basis
            ));
        };
        if (const Count* months = wanted(section.months, "deadline.months")) {
            const bool last_day =
                need(section.month_end, "deadline.month_end") == MonthEnd::last_day;
            until(from.plus_months(*months, last_day), section.months);
        } else if (const Count* days = wanted(section.working_days, "deadline.working_days")) {
            until(campaign_.working_days.after(from, *days), section.working_days);
        } else if (const std::string* end = wanted(section.window_end, "deadline.window_end")) {
            until(Day::parse(*end), section.window_end);
        }
    }

    /// Of a SKU that may no longer be chosen only a delisting can say more.
    void apply_events(SkuDecision& sku, bool barred) const {
        const auto found = last_event_.find(sku.product);
        if (found == last_event_.end()) return;
        const campaign::Event& event = *found->second;
        if (barred && event.kind != campaign::EventKind::delist) return;
        decision::TraceStep step{
            {"step.link_event",
             {{"event", std::string(rules::enum_word(event.kind))},
              {"who", event.who},
              {"at", event.at.text()},
              {"reason", event.reason}}},
            "",
            ""};
        std::string consequence;
        switch (event.kind) {
            case campaign::EventKind::exclude_observation:
            case campaign::EventKind::restore_observation:
                return;
            case campaign::EventKind::relist:
                sku.trace.push_back(std::move(step));
                return;
            case campaign::EventKind::suspend:
                consequence = "suspended";
                break;
            case campaign::EventKind::delist:
                consequence = "delisted";
                break;
            case campaign::EventKind::refuse:
            case campaign::EventKind::silent:
                consequence = first_consequence(step);
                break;
        }
        sku.trace.push_back(std::move(step));
        sku.status = consequence == "delisted" ? Status::delisted : Status::suspended;
        sku.enforced.reset();
        sku.provisional = false;
        if (sku.status == Status::delisted) bar(sku, event.at);
    }

    /// What refusal or silence leads to first.
    [[nodiscard]] std::string first_consequence(decision::TraceStep& step) const {
        if (!policy_.consequences) throw decision::RunStopped({"wait.link_consequence", {}});
        const auto& ladder = policy_.consequences->ladder;
        const std::string first = need(ladder, "consequences.ladder").front();
        step = step_by(
            {"step.link_consequence",
             [&] {
                 auto arguments = step.message.arguments;
                 arguments.emplace_back("consequence", first);
                 return arguments;
             }()},
            ladder
        );
        return first;
    }

    void bar(SkuDecision& sku, Day since) const {
        if (!policy_.consequences) return;
        const auto& years = policy_.consequences->bar_years;
        const Count* count = wanted(years, "consequences.bar_years");
        if (count == nullptr) return;
        constexpr Count kMonthsOfYear = 12;
        sku.barred_until = since.plus_months(kMonthsOfYear * *count, /*last_day=*/true);
        sku.trace.push_back(step_by(
            {"step.link_barred",
             {{"until", sku.barred_until->text()}, {"price", sku.old_price.text()}}},
            years
        ));
    }

    const Campaign& campaign_;
    const Policy& policy_;
    const CampaignColumns prepared_;
    std::uint8_t own_region_;
    std::optional<WinnerRules> winner_rules_;
    std::optional<ReferenceRule> rule_;
    std::optional<decision::Message> reference_stopped_;
    PackConversions conversions_;
    ReferenceScratch scratch_;
    std::map<campaign::ProductIndex, const campaign::Event*> last_event_;
};

}  // namespace

campaign::CampaignDecision decide_campaign(
    const Campaign& campaign, const Policy& policy, const product::PriceRatioRule* ratio_rule
) {
    JICAI_CHECK(campaign.regions.size() <= campaign::kRegionsMax);
    return Decider(campaign, policy, ratio_rule).run();
}

}  // namespace jicai::linkage
