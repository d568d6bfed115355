#include <engine/decision/trace.h>
#include <engine/linkage/campaign_columns.h>
#include <engine/linkage/reference.h>
#include <engine/money/check.h>
#include <engine/money/decimal.h>
#include <engine/prices/corrections.h>
#include <engine/prices/working.h>

#include <algorithm>
#include <set>

namespace jicai::prices {
namespace {

using campaign::Day;
using ports::PriceObservation;

constexpr money::Rounding kUnitRounding{money::RoundingMode::half_up, 4};
constexpr std::int64_t kStepMicroYuan = 100;

money::Price divided(const PriceObservation& one) {
    const money::Int128 steps = money::divide_rounded(
        one.pack_price.micro_yuan(),
        money::Int128{one.pack_units} * kStepMicroYuan,
        kUnitRounding.mode
    );
    return money::Price(static_cast<std::int64_t>(steps * kStepMicroYuan));
}

std::optional<money::Ratio> content_of(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto read = money::parse_scaled(text, money::kMicroYuanScale, money::kMicroYuanScale);
    JICAI_CHECK(!read.fault);
    return money::Ratio(read.scaled, money::kMicroYuanPerYuan);
}

std::optional<money::Price> price(const std::optional<std::int64_t>& micro_yuan) {
    if (!micro_yuan) return std::nullopt;
    return money::Price(*micro_yuan);
}

// The lowest price in force on every day on which something begins or ends.
std::vector<PricePoint> points_of(const std::vector<const PriceObservation*>& all) {
    std::set<Day> days;
    for (const auto* one : all) {
        days.insert(one->from);
        if (one->to && one->to->number() < Day::kLast) days.insert(one->to->plus(1));
    }
    std::vector<PricePoint> points;
    for (const Day day : days) {
        std::optional<money::Price> lowest;
        for (const auto* one : all) {
            if (one->from > day || (one->to && *one->to < day)) continue;
            const money::Price unit = divided(*one);
            if (!lowest || unit < *lowest) lowest = unit;
        }
        if (points.empty() ? !lowest.has_value() : points.back().unit_price == lowest) continue;
        points.push_back({day, lowest});
    }
    return points;
}

std::map<std::string, std::vector<PricePoint>> history_of(
    const ProductPrices& prices, const RegionWords& regions
) {
    std::map<std::string, std::vector<const PriceObservation*>> by_province;
    for (const PriceObservation& one : prices.observations) {
        if (!one.counts() || one.status == campaign::ObservationStatus::withdrawn) continue;
        by_province[regions.province_of(one.region)].push_back(&one);
    }
    std::map<std::string, std::vector<PricePoint>> history;
    for (const auto& [province, all] : by_province) history[province] = points_of(all);
    return history;
}

std::string word_of(linkage::Reference::Kind kind) {
    switch (kind) {
        case linkage::Reference::Kind::found:
            return "found";
        case linkage::Reference::Kind::provisional:
            return "provisional";
        case linkage::Reference::Kind::insufficient:
            return "insufficient";
        case linkage::Reference::Kind::none:
            break;
    }
    return "none";
}

}  // namespace

std::optional<ProductPrices> prices_of(ports::Transaction& transaction, const std::string& code) {
    auto product = transaction.prices().product(code);
    if (!product) return std::nullopt;
    ProductPrices prices;
    const std::int64_t id = product->product.id;
    prices.product = std::move(*product);
    prices.observations = transaction.prices().of_product(id);
    prices.events = transaction.prices().events_of_product(id);
    return prices;
}

campaign::Campaign campaign_of(
    const ProductPrices& prices, const RegionWords& regions, const WorkingAsked& asked
) {
    campaign::Campaign made;
    made.region = regions.province_of(asked.region);
    made.as_of = asked.as_of;
    made.known_at = asked.known_at;
    std::set<std::string> names{made.region};
    for (const PriceObservation& one : prices.observations) {
        names.insert(regions.province_of(one.region));
    }
    made.regions.assign(names.begin(), names.end());
    const ports::Product& row = prices.product.product;
    campaign::Product product;
    product.id = row.code;
    product.generic = row.name;
    product.form = row.form;
    product.spec = row.spec;
    product.content = content_of(prices.product.facts.content_mg);
    product.pack_units = row.pack_units;
    product.material = prices.product.facts.material;
    product.maker = prices.product.maker();
    product.variety = prices.product.variety();
    product.evaluated = prices.product.facts.evaluated;
    product.originator = prices.product.facts.originator;
    product.replaces = prices.product.facts.replaces;
    made.products.push_back(std::move(product));
    std::map<std::int64_t, campaign::ObservationIndex> number;
    for (const PriceObservation& one : prices.observations) {
        const std::string province = regions.province_of(one.region);
        const auto region = std::lower_bound(made.regions.begin(), made.regions.end(), province);
        campaign::Observation observation;
        observation.id = std::to_string(one.id);
        observation.region = static_cast<campaign::RegionIndex>(region - made.regions.begin());
        observation.source = one.source;
        observation.status = one.status;
        observation.evaluated = one.evaluated;
        observation.pack_price = one.pack_price;
        observation.pack_units = one.pack_units;
        // A strength means nothing where the product's own is not known.
        if (made.products.front().content) observation.content = content_of(one.content_mg);
        observation.from = one.from;
        observation.to = one.to;
        observation.recorded = beijing_day(one.recorded_at);
        observation.document = one.document;
        number.emplace(one.id, static_cast<campaign::ObservationIndex>(made.observations.size()));
        made.observations.push_back(std::move(observation));
    }
    std::int64_t seq = 0;
    for (const Correction& correction : corrections_of(prices.events)) {
        const auto at = number.find(correction.observation);
        if (at == number.end()) continue;
        campaign::Event event;
        event.seq = ++seq;
        event.kind = correction.excluded ? campaign::EventKind::exclude_observation
                                         : campaign::EventKind::restore_observation;
        event.observation = at->second;
        event.reason = correction.reason;
        event.who = std::to_string(correction.user);
        event.at = correction.day;
        made.events.push_back(std::move(event));
    }
    return made;
}

Working work_out(
    const ProductPrices& prices,
    const RegionWords& regions,
    const linkage::Policy& policy,
    const product::PriceRatioRule* ratio_rule,
    const WorkingAsked& asked
) {
    Working working;
    working.history = history_of(prices, regions);
    for (std::size_t i = 0; i < prices.observations.size(); ++i) {
        working.observations.push_back(
            {i, std::nullopt, std::nullopt, divided(prices.observations[i]), std::nullopt}
        );
    }
    working.kind = word_of(linkage::Reference::Kind::none);
    if (!policy.reference) return working;
    const campaign::Campaign campaign = campaign_of(prices, regions, asked);
    linkage::ReferenceRule rule;
    try {
        rule = linkage::make_reference_rule(
            policy, campaign.regions, linkage::region_number(campaign), asked.as_of, asked.known_at
        );
    } catch (const decision::RunStopped& stopped) {
        working.kind = "waiting";
        working.waits_for.push_back(stopped.why());
        return working;
    }
    const linkage::CampaignColumns all(campaign);
    const linkage::ObservationColumns& columns = all.columns();
    const bool has_form =
        ratio_rule != nullptr && ratio_rule->find_form(campaign.products.front().form) != nullptr;
    const linkage::PackConversions conversions =
        ratio_rule != nullptr ? all.conversions(*ratio_rule) : linkage::PackConversions();
    const linkage::ListedPack pack = all.pack(0);
    linkage::ReferenceRule by_ratio = rule;
    by_ratio.conversion = linkage::ConversionRule::price_ratio;
    by_ratio.unit_rounding = kUnitRounding;
    by_ratio.unit_step = kStepMicroYuan;
    columns.for_each_row(0, [&](linkage::Row row) {
        WorkedObservation& one = working.observations.at(columns.id(row));
        one.not_counted = linkage::why_excluded(columns, rule, conversions, pack, row);
        one.unit_price = price(linkage::unit_price(columns, rule, conversions, pack, row));
        if (has_form) {
            one.by_ratio = price(linkage::unit_price(columns, by_ratio, conversions, pack, row));
        }
    });
    linkage::ReferenceScratch scratch;
    const linkage::Reference reference =
        linkage::find_reference(columns, rule, conversions, pack, scratch);
    working.kind = word_of(reference.kind);
    working.counted = reference.counted;
    for (std::size_t i = 0; i < reference.used_count; ++i) {
        working.used.push_back(columns.id(reference.used[i].row));
    }
    if (reference.kind == linkage::Reference::Kind::found ||
        reference.kind == linkage::Reference::Kind::provisional) {
        working.reference_unit = money::Price(reference.unit_micro_yuan);
        const linkage::LinkedPrice linked = linkage::link_price(
            reference, rule, conversions, pack, money::Price(money::Price::kMicroYuanMax)
        );
        if (linked.reference_micro_yuan > 0) {
            working.reference = money::Price(linked.reference_micro_yuan);
        }
    }
    return working;
}

}  // namespace jicai::prices
