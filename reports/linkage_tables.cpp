#include <engine/money/decimal.h>
#include <reports/award_tables.h>
#include <reports/linkage_tables.h>

#include <algorithm>
#include <utility>

namespace jicai::reports {
namespace {

using campaign::Campaign;
using campaign::CampaignDecision;
using campaign::SkuDecision;
using campaign::Status;
using money::Int128;
using money::Price;

constexpr int kPackDecimals = 2;
constexpr int kUnitDecimals = 4;
constexpr int kCutDecimals = 2;

std::string price(const std::optional<Price>& value, int decimals) {
    return value ? price_text(*value, decimals) : "";
}

std::string day(const std::optional<campaign::Day>& value) {
    return value ? value->text() : "";
}

/// Hundredths of a percent.
std::int64_t cut_scaled(const SkuDecision& sku) {
    if (!sku.enforced || sku.old_price.micro_yuan() == 0) return 0;
    return money::cut_percent_scaled(
        *sku.enforced, sku.old_price, {money::RoundingMode::half_up, kCutDecimals}
    );
}

std::string cut(std::int64_t scaled) {
    return money::format_fixed(scaled, kCutDecimals, kCutDecimals);
}

std::string joined_used(const Campaign& campaign, const SkuDecision& sku) {
    std::string text;
    for (const campaign::EvidencePrice& used : sku.used) {
        if (!text.empty()) text += '|';
        text += campaign.observations[used.observation].id;
    }
    return text;
}

std::string joined_ceilings(const SkuDecision& sku) {
    std::string all;
    for (const campaign::Ceiling& ceiling : sku.ceilings) {
        if (!all.empty()) all += '|';
        all += std::string(text(ceiling.kind)) + '=' + price_text(ceiling.price, kPackDecimals);
    }
    return all;
}

std::string deciding_clause_of(const SkuDecision& sku) {
    const auto last = std::find_if(sku.trace.rbegin(), sku.trace.rend(), [](const auto& step) {
        return !step.clause.empty();
    });
    return last == sku.trace.rend() ? "" : last->clause;
}

std::string governing(const SkuDecision& sku) {
    return sku.status == Status::linked ? std::string(text(sku.ceilings.front().kind)) : "";
}

std::int64_t average_cut(const CampaignDecision& decided) {
    Int128 sum = 0;
    std::int64_t count = 0;
    for (const SkuDecision& sku : decided.skus) {
        if (sku.status != Status::linked) continue;
        sum += cut_scaled(sku);
        ++count;
    }
    if (count == 0) return 0;
    return static_cast<std::int64_t>(money::divide_rounded(sum, count, money::RoundingMode::half_up)
    );
}

struct Spending {
    Int128 before = 0;  ///< micro-yuan a year, linked SKUs with a volume
    Int128 saved = 0;
    std::int64_t without_volume = 0;  ///< linked SKUs
};

Spending spending_of(const Campaign& campaign, const CampaignDecision& decided) {
    Spending spending;
    for (const SkuDecision& sku : decided.skus) {
        if (sku.status != Status::linked) continue;
        const auto packs = campaign.packs_per_year[sku.product];
        if (!packs) {
            ++spending.without_volume;
            continue;
        }
        spending.before += Int128{sku.old_price.micro_yuan()} * *packs;
        spending.saved += Int128{sku.old_price.micro_yuan() - sku.enforced->micro_yuan()} * *packs;
    }
    return spending;
}

std::string weighted_cut(const Spending& spending) {
    if (spending.before == 0) return "";
    constexpr Int128 kPercentPlaces = 10'000;
    return cut(static_cast<std::int64_t>(money::divide_rounded(
        spending.saved * kPercentPlaces, spending.before, money::RoundingMode::half_up
    )));
}

std::string yuan(Int128 micro_yuan) {
    constexpr Int128 kMicroYuanOfCent = 10'000;
    const Int128 cents =
        money::divide_rounded(micro_yuan, kMicroYuanOfCent, money::RoundingMode::half_up);
    return money::format_fixed(static_cast<std::int64_t>(cents), 2, 2);
}

}  // namespace

Table decisions(const Campaign& campaign, const CampaignDecision& decided) {
    Table table{
        "decisions",
        {{"product", ColumnKind::text},
         {"status", ColumnKind::text},
         {"old_price", ColumnKind::exact},
         {"reference_unit", ColumnKind::exact},
         {"reference", ColumnKind::exact},
         {"enforced_price", ColumnKind::exact},
         {"cut", ColumnKind::exact},
         {"provisional", ColumnKind::count},
         {"counted", ColumnKind::count},
         {"excluded", ColumnKind::count},
         {"used", ColumnKind::text},
         {"ceiling", ColumnKind::text},
         {"ceilings", ColumnKind::text},
         {"label", ColumnKind::text},
         {"declare_by", ColumnKind::text},
         {"barred_until", ColumnKind::text},
         {"clause", ColumnKind::text},
         {"name", ColumnKind::text},
         {"maker", ColumnKind::text}},
        {}};
    for (const SkuDecision& sku : decided.skus) {
        const campaign::Product& product = campaign.products[sku.product];
        table.rows.push_back(
            {product.id,
             std::string(text(sku.status)),
             price_text(sku.old_price, kPackDecimals),
             price(sku.reference_unit, kUnitDecimals),
             price(sku.reference, kPackDecimals),
             price(sku.enforced, kPackDecimals),
             sku.enforced ? cut(cut_scaled(sku)) : "",
             sku.provisional ? "1" : "0",
             std::to_string(sku.counted),
             std::to_string(sku.excluded.size()),
             joined_used(campaign, sku),
             governing(sku),
             joined_ceilings(sku),
             sku.label,
             day(sku.declare_by),
             day(sku.barred_until),
             deciding_clause_of(sku),
             product.generic,
             product.maker}
        );
    }
    return table;
}

CampaignCounts count_skus(const CampaignDecision& decided) {
    CampaignCounts counts;
    counts.skus = static_cast<std::int64_t>(decided.skus.size());
    for (const SkuDecision& sku : decided.skus) {
        switch (sku.status) {
            case Status::linked:
                ++counts.linked;
                break;
            case Status::no_lower_price:
            case Status::within_tolerance:
                ++counts.unchanged;
                break;
            case Status::insufficient_observations:
                ++counts.insufficient;
                break;
            case Status::suspended:
            case Status::delisted:
                ++counts.suspended;
                break;
            case Status::waiting:
                ++counts.waiting;
                break;
        }
        if (sku.status != Status::waiting && !sku.waits_for.empty()) ++counts.waiting_for_more;
    }
    counts.average_cut = cut(average_cut(decided));
    return counts;
}

Table campaign_summary(const Campaign& campaign, const CampaignDecision& decided) {
    const CampaignCounts counts = count_skus(decided);
    const Spending spending = spending_of(campaign, decided);
    std::int64_t provisional = 0;
    std::int64_t largest = 0;
    for (const SkuDecision& sku : decided.skus) {
        if (sku.provisional) ++provisional;
        if (sku.status == Status::linked) largest = std::max(largest, cut_scaled(sku));
    }
    Table table{"summary", {{"measure", ColumnKind::text}, {"value", ColumnKind::exact}}, {}};
    const auto row = [&table](const char* measure, std::string value) {
        table.rows.push_back({measure, std::move(value)});
    };
    row("skus", std::to_string(counts.skus));
    row("linked", std::to_string(counts.linked));
    row("provisional", std::to_string(provisional));
    row("unchanged", std::to_string(counts.unchanged));
    row("insufficient_observations", std::to_string(counts.insufficient));
    row("suspended_or_delisted", std::to_string(counts.suspended));
    row("waiting", std::to_string(counts.waiting));
    row("average_cut_simple", counts.average_cut);
    row("average_cut_weighted", weighted_cut(spending));
    row("largest_cut", cut(largest));
    row("spending_before", yuan(spending.before));
    row("saving", yuan(spending.saved));
    row("linked_without_volume", std::to_string(spending.without_volume));
    return table;
}

Table largest_cuts(
    const Campaign& campaign, const CampaignDecision& decided, std::size_t rows_max
) {
    std::vector<const SkuDecision*> linked;
    for (const SkuDecision& sku : decided.skus) {
        if (sku.status == Status::linked) linked.push_back(&sku);
    }
    std::stable_sort(linked.begin(), linked.end(), [](const SkuDecision* a, const SkuDecision* b) {
        return cut_scaled(*a) > cut_scaled(*b);
    });
    Table table{
        "largest_cuts",
        {{"product", ColumnKind::text},
         {"name", ColumnKind::text},
         {"maker", ColumnKind::text},
         {"old_price", ColumnKind::exact},
         {"enforced_price", ColumnKind::exact},
         {"cut", ColumnKind::exact}},
        {}};
    for (std::size_t i = 0; i < std::min(rows_max, linked.size()); ++i) {
        const SkuDecision& sku = *linked[i];
        const campaign::Product& product = campaign.products[sku.product];
        table.rows.push_back(
            {product.id,
             product.generic,
             product.maker,
             price_text(sku.old_price, kPackDecimals),
             price(sku.enforced, kPackDecimals),
             cut(cut_scaled(sku))}
        );
    }
    return table;
}

SkuExplanation explain_sku(const Campaign& campaign, const SkuDecision& sku) {
    const campaign::Product& product = campaign.products[sku.product];
    SkuExplanation explanation{
        {{"explain.link_sku",
          {{"product", product.id},
           {"name", product.generic},
           {"maker", product.maker},
           {"sku_status", std::string(text(sku.status))},
           {"old_price", price_text(sku.old_price, kPackDecimals)},
           {"enforced", sku.enforced ? price_text(*sku.enforced, kPackDecimals) : "-"}}},
         "",
         ""},
        lines_of(sku.trace),
        {},
        {}};
    for (const campaign::ExcludedPrice& left_out : sku.excluded) {
        const campaign::Observation& observation = campaign.observations[left_out.observation];
        explanation.excluded.push_back(
            {{"explain.link_excluded",
              {{"observation", observation.id},
               {"region", campaign.regions[observation.region]},
               {"source", std::string(rules::enum_word(observation.source))},
               {"pack_price", price_text(observation.pack_price, kPackDecimals)},
               {"exclusion", std::string(text(left_out.reason))}}},
             "",
             ""}
        );
    }
    for (const decision::Message& wait : sku.waits_for) explanation.waits.push_back({wait, "", ""});
    return explanation;
}

std::string to_text(const SkuExplanation& explanation, const Say& say) {
    std::string out = sentence(explanation.heading, say) + "\n";
    for (const auto* lines : {&explanation.steps, &explanation.excluded, &explanation.waits}) {
        for (const ExplainedLine& line : *lines) out += "  " + sentence(line, say) + "\n";
    }
    return out;
}

decision::Json to_json(const SkuExplanation& explanation, const Say& say) {
    return decision::Json::Object{
        {"heading", json_lines({explanation.heading}, say)},
        {"steps", json_lines(explanation.steps, say)},
        {"excluded", json_lines(explanation.excluded, say)},
        {"waits", json_lines(explanation.waits, say)},
    };
}

}  // namespace jicai::reports
