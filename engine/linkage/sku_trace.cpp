#include <engine/linkage/need.h>
#include <engine/linkage/sku_trace.h>
#include <engine/money/decimal.h>

namespace jicai::linkage {

namespace {

using campaign::SkuDecision;
using campaign::Status;
using money::Price;

void trace_used(SkuDecision& sku, const campaign::Campaign& campaign, const Policy& policy) {
    for (const campaign::EvidencePrice& used : sku.used) {
        const campaign::Observation& observation = campaign.observations[used.observation];
        sku.trace.push_back(step_by(
            {"step.link_price_used",
             {{"observation", observation.id},
              {"region", campaign.regions[observation.region]},
              {"source", std::string(rules::enum_word(observation.source))},
              {"document", observation.document},
              {"from", observation.from.text()},
              {"pack_price", observation.pack_price.text()},
              {"units", std::to_string(observation.pack_units)},
              {"unit_price", used.unit_price.text()}}},
            policy.conversion.rule
        ));
    }
}

void trace_figure(
    SkuDecision& sku, const Policy& policy, const ReferenceRule& rule, const Reference& reference
) {
    const ReferenceSection& section = *policy.reference;
    const std::string unit_price = Price(reference.unit_micro_yuan).text();
    const std::string prices = std::to_string(reference.used_count);
    switch (rule.aggregator) {
        case Aggregator::minimum:
            sku.trace.push_back(
                step_by({"step.link_minimum", {{"unit_price", unit_price}}}, section.aggregator)
            );
            return;
        case Aggregator::minimum_of_regions:
            sku.trace.push_back(step_by(
                {"step.link_minimum_of_regions",
                 {{"unit_price", unit_price}, {"regions", std::to_string(reference.regions)}}},
                section.aggregator
            ));
            return;
        case Aggregator::mean_of_lowest:
            sku.trace.push_back(step_by(
                {"step.link_mean", {{"unit_price", unit_price}, {"prices", prices}}},
                section.aggregator
            ));
            return;
        case Aggregator::median:
            sku.trace.push_back(step_by(
                {"step.link_median", {{"unit_price", unit_price}, {"prices", prices}}},
                section.aggregator
            ));
            return;
        case Aggregator::lower_of_two_families: {
            const auto shown = [&reference](std::size_t family) {
                const std::int64_t micro_yuan = reference.family_micro_yuan[family];
                return micro_yuan > 0 ? Price(micro_yuan).text() : std::string("-");
            };
            sku.trace.push_back(step_by(
                {"step.link_families",
                 {{"first", shown(0)}, {"second", shown(1)}, {"unit_price", unit_price}}},
                section.aggregator
            ));
            return;
        }
    }
}

std::string needed(const ReferenceRule& rule) {
    return std::to_string(
        rule.aggregator == Aggregator::minimum_of_regions ? rule.regions_needed : rule.lowest
    );
}

}  // namespace

std::string cut_text(Price price, Price old_price) {
    std::int64_t scaled = 0;
    if (old_price.micro_yuan() > 0) {
        scaled = money::cut_percent_scaled(
            price, old_price, {money::RoundingMode::half_up, kCutDecimals}
        );
    }
    return money::format_fixed(scaled, kCutDecimals, kCutDecimals);
}

void trace_reference(
    SkuDecision& sku,
    const campaign::Campaign& campaign,
    const Policy& policy,
    const ReferenceRule& rule,
    const Reference& reference
) {
    sku.trace.push_back(step_by(
        {"step.link_counted",
         {{"as_of", campaign.as_of.text()},
          {"counted", std::to_string(sku.counted)},
          {"excluded", std::to_string(sku.excluded.size())}}},
        policy.comparison.sources
    ));
    trace_used(sku, campaign, policy);
    switch (reference.kind) {
        case Reference::Kind::none:
            return;
        case Reference::Kind::found:
            trace_figure(sku, policy, rule, reference);
            return;
        case Reference::Kind::provisional:
            sku.trace.push_back(step_by(
                {"step.link_provisional",
                 {{"needed", needed(rule)},
                  {"unit_price", Price(reference.unit_micro_yuan).text()}}},
                policy.reference->too_few
            ));
            return;
        case Reference::Kind::insufficient:
            sku.trace.push_back(step_by(
                {"step.link_insufficient", {{"needed", needed(rule)}}}, policy.reference->too_few
            ));
            return;
    }
}

void trace_lower(SkuDecision& sku) {
    const campaign::Ceiling& lowest = sku.ceilings.front();
    sku.trace.push_back(
        {{"step.link_lower",
          {{"old_price", sku.old_price.text()},
           {"price", sku.enforced->text()},
           {"cut", cut_text(*sku.enforced, sku.old_price)},
           {"ceiling_kind", std::string(text(lowest.kind))},
           {"ceilings", std::to_string(sku.ceilings.size())}}},
         lowest.clause,
         lowest.evidence}
    );
}

void trace_not_lower(SkuDecision& sku) {
    if (sku.status == Status::within_tolerance) return;
    if (sku.ceilings.empty()) {
        sku.trace.push_back({{"step.link_no_price", {{"price", sku.old_price.text()}}}, "", ""});
        return;
    }
    sku.trace.push_back(
        {{"step.link_never_raises",
          {{"pack_price", sku.ceilings.front().price.text()}, {"price", sku.old_price.text()}}},
         "",
         ""}
    );
}

}  // namespace jicai::linkage
