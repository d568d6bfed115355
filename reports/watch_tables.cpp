#include <engine/money/decimal.h>
#include <reports/award_tables.h>
#include <reports/watch_tables.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace jicai::reports {
namespace {

using campaign::Campaign;
using campaign::WatchFindings;
using campaign::WatchLabel;
using money::Price;

constexpr int kPackDecimals = 2;
constexpr int kUnitDecimals = 4;
constexpr int kPercentDecimals = 2;
constexpr int kRatioDecimals = 4;

using Row = std::vector<std::string>;

void add_label(Row& row, const WatchLabel& label) {
    for (const std::string* text : {&label.word, &label.band, &label.clause, &label.evidence}) {
        row.push_back(*text);
    }
}

std::string flag(bool value) {
    return value ? "1" : "0";
}

/// So many times, for people: labels were decided by the exact ratio.
std::string times(const money::Ratio& ratio) {
    constexpr money::Int128 kPlaces = 10'000;
    const money::Int128 scaled = money::divide_rounded(
        ratio.numerator() * kPlaces, ratio.denominator(), money::RoundingMode::half_up
    );
    constexpr money::Int128 kMost = std::numeric_limits<std::int64_t>::max();
    return money::format_fixed(
        static_cast<std::int64_t>(std::min(scaled, kMost)), kRatioDecimals, kRatioDecimals
    );
}

std::string percent(const std::optional<std::int64_t>& scaled) {
    if (!scaled) return "";
    const bool negative = *scaled < 0;
    const std::string digits =
        money::format_fixed(negative ? -*scaled : *scaled, kPercentDecimals, kPercentDecimals);
    return negative ? "-" + digits : digits;
}

template <class E>
std::string word(E value) {
    return std::string(rules::enum_word(value));
}

const std::string& region_of(const Campaign& campaign, campaign::ObservationIndex observation) {
    return campaign.regions[campaign.observations[observation].region];
}

std::vector<Column> columns(std::initializer_list<std::pair<const char*, ColumnKind>> list) {
    std::vector<Column> all;
    for (const auto& [name, kind] : list) all.push_back({name, kind});
    return all;
}

constexpr ColumnKind kText = ColumnKind::text;
constexpr ColumnKind kExact = ColumnKind::exact;
constexpr ColumnKind kCount = ColumnKind::count;

}  // namespace

Table fairness_regions(const Campaign& campaign, const WatchFindings& findings) {
    Table table{
        "fairness_regions",
        columns(
            {{"product", kText},
             {"regions", kCount},
             {"highest_region", kText},
             {"highest_unit", kExact},
             {"highest_observation", kText},
             {"lowest_region", kText},
             {"lowest_unit", kExact},
             {"lowest_observation", kText},
             {"ratio", kText},
             {"label", kText},
             {"band", kText},
             {"clause", kText},
             {"evidence", kText},
             {"too_few", kCount},
             {"name", kText},
             {"maker", kText}}
        ),
        {}};
    for (const campaign::RegionGap& gap : findings.region_gaps) {
        const campaign::Product& product = campaign.products[gap.product];
        Row row{
            product.id,
            std::to_string(gap.regions),
            region_of(campaign, gap.highest),
            price_text(gap.highest_unit, kUnitDecimals),
            campaign.observations[gap.highest].id,
            region_of(campaign, gap.lowest),
            price_text(gap.lowest_unit, kUnitDecimals),
            campaign.observations[gap.lowest].id,
            times(gap.ratio)};
        add_label(row, gap.label);
        row.insert(row.end(), {flag(gap.too_few), product.generic, product.maker});
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table fairness_makers(const Campaign& campaign, const WatchFindings& findings) {
    Table table{
        "fairness_makers",
        columns(
            {{"product", kText},
             {"maker", kText},
             {"unit", kExact},
             {"makers", kCount},
             {"lowest_product", kText},
             {"lowest_maker", kText},
             {"lowest_unit", kExact},
             {"ratio", kText},
             {"label", kText},
             {"band", kText},
             {"clause", kText},
             {"evidence", kText},
             {"name", kText}}
        ),
        {}};
    for (const campaign::MakerGap& gap : findings.maker_gaps) {
        const campaign::Product& product = campaign.products[gap.product];
        const campaign::Product& lowest = campaign.products[gap.lowest];
        Row row{
            product.id,
            product.maker,
            price_text(gap.unit, kUnitDecimals),
            std::to_string(gap.makers),
            lowest.id,
            lowest.maker,
            price_text(gap.lowest_unit, kUnitDecimals),
            times(gap.ratio)};
        add_label(row, gap.label);
        row.push_back(product.generic);
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table fairness_monitored(const Campaign& campaign, const WatchFindings& findings) {
    Table table{
        "fairness_monitored",
        columns(
            {{"product", kText},
             {"price", kExact},
             {"monitored", kExact},
             {"multiple", kText},
             {"regions", kCount},
             {"ratio", kText},
             {"label", kText},
             {"band", kText},
             {"clause", kText},
             {"evidence", kText},
             {"too_few", kCount},
             {"name", kText},
             {"maker", kText}}
        ),
        {}};
    for (const campaign::MonitoredGap& gap : findings.monitored_gaps) {
        const campaign::Product& product = campaign.products[gap.product];
        Row row{
            product.id,
            price_text(gap.price, kPackDecimals),
            price_text(gap.monitored, kPackDecimals),
            gap.multiple.text(),
            std::to_string(gap.regions),
            times(gap.ratio)};
        add_label(row, gap.label);
        row.insert(row.end(), {flag(gap.too_few), product.generic, product.maker});
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table price_risks(const Campaign& campaign, const WatchFindings& findings) {
    Table table{
        "price_risks",
        columns(
            {{"product", kText},
             {"label", kText},
             {"regions", kText},
             {"makers", kText},
             {"monitored", kText},
             {"held", kCount},
             {"name", kText},
             {"maker", kText}}
        ),
        {}};
    for (const campaign::PriceRisk& risk : findings.risks) {
        const auto of = [&risk](campaign::RiskKind kind) -> std::string {
            for (const campaign::RiskGround& ground : risk.grounds) {
                if (ground.kind != kind) continue;
                return kind == campaign::RiskKind::review ? ground.ratio : ground.label.word;
            }
            return kind == campaign::RiskKind::review ? "0" : "";
        };
        const campaign::Product& product = campaign.products[risk.product];
        table.rows.push_back(
            {product.id,
             risk.word,
             of(campaign::RiskKind::regions),
             of(campaign::RiskKind::makers),
             of(campaign::RiskKind::monitored),
             of(campaign::RiskKind::review),
             product.generic,
             product.maker}
        );
    }
    return table;
}

Table substitutions(const Campaign& campaign, const WatchFindings& findings) {
    Table table{
        "substitution",
        columns(
            {{"variety", kText},
             {"product", kText},
             {"kind", kText},
             {"flagged", kCount},
             {"units_before", kCount},
             {"units_now", kCount},
             {"rise", kText},
             {"winner_units_before", kCount},
             {"winner_units_now", kCount},
             {"winner_progress", kText},
             {"rises", kCount},
             {"winner_lags", kCount},
             {"name", kText},
             {"maker", kText}}
        ),
        {}};
    for (const campaign::Substitution& one : findings.substitutions) {
        const campaign::Product& product = campaign.products[one.product];
        table.rows.push_back(
            {one.variety,
             product.id,
             word(one.kind),
             flag(one.flagged()),
             std::to_string(one.units_before),
             std::to_string(one.units_now),
             percent(one.rise_percent_scaled),
             std::to_string(one.winner_units_before),
             std::to_string(one.winner_units_now),
             percent(one.winner_progress_percent_scaled),
             flag(one.rises),
             flag(one.winner_lags),
             product.generic,
             product.maker}
        );
    }
    return table;
}

Table review(const Campaign& campaign, const WatchFindings& findings) {
    Table table{
        "review",
        columns(
            {{"observation", kText},
             {"product", kText},
             {"region", kText},
             {"kind", kText},
             {"pack_price", kExact},
             {"pack_units", kCount},
             {"ratio", kText},
             {"slip", kText},
             {"suggested_price", kExact},
             {"same_as", kText},
             {"document", kText},
             {"name", kText},
             {"maker", kText}}
        ),
        {}};
    for (const campaign::HeldObservation& held : findings.held) {
        const campaign::Observation& observation = campaign.observations[held.observation];
        const campaign::Product& product = campaign.products[observation.product];
        table.rows.push_back(
            {observation.id,
             product.id,
             campaign.regions[observation.region],
             word(held.kind),
             price_text(observation.pack_price, kPackDecimals),
             std::to_string(observation.pack_units),
             held.same_as ? ""
                          : money::format_fixed(held.ratio_scaled, kRatioDecimals, kRatioDecimals),
             word(held.slip),
             held.suggested ? price_text(*held.suggested, kPackDecimals) : "",
             held.same_as ? campaign.observations[*held.same_as].id : "",
             observation.document,
             product.generic,
             product.maker}
        );
    }
    return table;
}

WatchCounts count_findings(const WatchFindings& findings) {
    WatchCounts counts;
    for (const campaign::PriceRisk& risk : findings.risks) {
        if (risk.word == "review") continue;
        ++counts.risks;
        if (risk.word == "yellow") ++counts.yellow;
        if (risk.word.starts_with("red_")) ++counts.red;
    }
    for (const campaign::Substitution& one : findings.substitutions) {
        if (one.flagged()) ++counts.substitutions;
    }
    counts.held = static_cast<std::int64_t>(findings.held.size());
    counts.duplicates =
        std::count_if(findings.held.begin(), findings.held.end(), [](const auto& held) {
            return held.kind == campaign::ReviewKind::duplicate;
        });
    return counts;
}

}  // namespace jicai::reports
