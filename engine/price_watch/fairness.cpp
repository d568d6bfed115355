#include <engine/linkage/bands.h>
#include <engine/linkage/need.h>
#include <engine/money/check.h>
#include <engine/price_watch/fairness.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace jicai::price_watch {

namespace {

using campaign::Campaign;
using campaign::MakerGap;
using campaign::MonitoredGap;
using campaign::ProductIndex;
using campaign::RegionGap;
using campaign::WatchLabel;
using linkage::need;
using money::Price;
using money::Ratio;

WatchLabel label_of(
    const rules::Parameter<rules::TextList>& bands, const char* path, const Ratio& ratio
) {
    for (const std::string& text : need(bands, path)) {
        const std::optional<linkage::Band> band = linkage::parse_band(text);
        JICAI_CHECK(band.has_value());
        if (!band->holds(ratio)) continue;
        return {band->value, text, bands.clause, std::string(rules::enum_word(bands.evidence))};
    }
    return {};
}

linkage::ReferenceRule reference_rule(
    const Campaign& campaign, const linkage::Policy& policy, std::uint8_t own_region
) {
    return linkage::make_reference_rule(
        policy, campaign.regions, own_region, campaign.as_of, campaign.known_at
    );
}

const linkage::FairnessSection& section_of(const linkage::Policy& policy) {
    JICAI_CHECK(policy.fairness.has_value() && policy.reference.has_value());
    return *policy.fairness;
}

}  // namespace

Fairness::Fairness(
    const Campaign& campaign,
    const linkage::Policy& policy,
    const product::PriceRatioRule* ratio_rule
)
    : campaign_(campaign),
      section_(section_of(policy)),
      prepared_(campaign),
      own_region_(linkage::region_number(campaign)),
      rule_(reference_rule(campaign, policy, own_region_)) {
    if (rule_.conversion != linkage::ConversionRule::price_ratio) return;
    JICAI_CHECK(ratio_rule != nullptr);
    conversions_ = prepared_.conversions(*ratio_rule);
}

std::vector<RegionGap> Fairness::regions() const {
    const linkage::ObservationColumns& columns = prepared_.columns();
    const auto least =
        static_cast<std::uint32_t>(need(section_.regions_min, "fairness.regions_min"));
    std::vector<RegionGap> gaps;
    for (ProductIndex product = 0; product < campaign_.products.size(); ++product) {
        const linkage::ListedPack pack = prepared_.pack(product);
        std::map<std::uint8_t, std::pair<std::int64_t, linkage::Row>> lowest;  // by region
        columns.for_each_row(product, [&](linkage::Row row) {
            if (linkage::why_excluded(columns, rule_, conversions_, pack, row)) return;
            const auto unit = linkage::unit_price(columns, rule_, conversions_, pack, row);
            if (!unit || *unit == 0) return;
            const auto [place, fresh] = lowest.try_emplace(columns.region(row), *unit, row);
            if (!fresh && *unit < place->second.first) place->second = {*unit, row};
        });
        if (lowest.empty()) continue;
        const auto by_price = [](const auto& a, const auto& b) {
            return a.second.first < b.second.first;
        };
        const auto low = std::min_element(lowest.begin(), lowest.end(), by_price)->second;
        const auto high = std::max_element(lowest.begin(), lowest.end(), by_price)->second;
        RegionGap gap;
        gap.product = product;
        gap.regions = static_cast<std::uint32_t>(lowest.size());
        gap.lowest = columns.id(low.second);
        gap.highest = columns.id(high.second);
        gap.lowest_unit = Price(low.first);
        gap.highest_unit = Price(high.first);
        gap.ratio = Ratio(high.first, low.first);
        gap.too_few = gap.regions < least;
        if (!gap.too_few) {
            gap.label = label_of(section_.region_bands, "fairness.region_bands", gap.ratio);
        }
        gaps.push_back(std::move(gap));
    }
    return gaps;
}

std::optional<Price> Fairness::unit_price(Price pack_price, ProductIndex product) const {
    const linkage::ListedPack pack = prepared_.pack(product);
    if (rule_.conversion == linkage::ConversionRule::divide) {
        return money::multiply_rounded(pack_price, Ratio(1, pack.units), rule_.unit_rounding);
    }
    const product::Conversion* to_unit = conversions_.to_unit(pack.form, pack.units);
    return to_unit == nullptr ? std::nullopt : to_unit->convert(pack_price, rule_.unit_rounding);
}

std::vector<MakerGap> Fairness::makers() const {
    const linkage::FairScope scope = need(section_.makers_scope, "fairness.makers_scope");
    struct Listed {
        ProductIndex product;
        Price unit;
    };
    using Key = std::tuple<std::string, std::string, std::string>;
    std::map<Key, std::vector<Listed>> generics;
    std::vector<std::pair<const Key*, Listed>> listed;  // in the order of the listings
    for (const campaign::Listing& listing : campaign_.listings) {
        const campaign::Product& product = campaign_.products[listing.product];
        const std::optional<Price> unit = unit_price(listing.price, listing.product);
        if (!unit || unit->micro_yuan() == 0) continue;
        std::string spec;
        if (scope == linkage::FairScope::specification) {
            spec = product.content ? product.content->text() : "\n" + product.spec;
        }
        const auto place = generics.try_emplace({product.generic, product.form, spec}).first;
        place->second.push_back({listing.product, *unit});
        listed.emplace_back(&place->first, Listed{listing.product, *unit});
    }
    std::vector<MakerGap> gaps;
    for (const auto& [key, own] : listed) {
        const std::string& maker = campaign_.products[own.product].maker;
        const Listed* lowest = nullptr;
        std::set<std::string_view> makers{maker};
        for (const Listed& other : generics.at(*key)) {
            const std::string& of = campaign_.products[other.product].maker;
            if (of == maker) continue;
            makers.insert(of);
            if (lowest == nullptr || other.unit < lowest->unit) lowest = &other;
        }
        if (lowest == nullptr) continue;
        MakerGap gap;
        gap.product = own.product;
        gap.lowest = lowest->product;
        gap.makers = static_cast<std::uint32_t>(makers.size());
        gap.unit = own.unit;
        gap.lowest_unit = lowest->unit;
        gap.ratio = Ratio(own.unit.micro_yuan(), lowest->unit.micro_yuan());
        gap.label = label_of(section_.maker_bands, "fairness.maker_bands", gap.ratio);
        gaps.push_back(std::move(gap));
    }
    return gaps;
}

bool Fairness::wins_elsewhere(ProductIndex product) const {
    for (const campaign::Winner& winner : campaign_.winners) {
        if (winner.product != product) continue;
        return std::find(winner.regions.begin(), winner.regions.end(), own_region_) ==
               winner.regions.end();
    }
    return false;
}

std::vector<MonitoredGap> Fairness::monitored() const {
    const linkage::ObservationColumns& columns = prepared_.columns();
    const auto least =
        static_cast<std::uint32_t>(need(section_.regions_min, "fairness.regions_min"));
    linkage::ReferenceScratch scratch;
    std::vector<MonitoredGap> gaps;
    for (const campaign::Listing& listing : campaign_.listings) {
        const linkage::ListedPack pack = prepared_.pack(listing.product);
        const linkage::Reference reference =
            linkage::find_reference(columns, rule_, conversions_, pack, scratch);
        const linkage::LinkedPrice linked =
            linkage::link_price(reference, rule_, conversions_, pack, listing.price);
        if (linked.reference_micro_yuan == 0 || listing.price.micro_yuan() == 0) continue;
        std::set<std::uint8_t> regions;
        columns.for_each_row(listing.product, [&](linkage::Row row) {
            if (!linkage::why_excluded(columns, rule_, conversions_, pack, row)) {
                regions.insert(columns.region(row));
            }
        });
        MonitoredGap gap;
        gap.product = listing.product;
        gap.regions = static_cast<std::uint32_t>(regions.size());
        gap.price = listing.price;
        gap.monitored = Price(linked.reference_micro_yuan);
        if (wins_elsewhere(listing.product)) {
            gap.multiple =
                need(section_.winner_elsewhere_multiple, "fairness.winner_elsewhere_multiple");
        }
        // Rounded to a price first: what the product may cost is an amount of money.
        const auto allowed = money::multiply_rounded(
            gap.monitored, gap.multiple, {money::RoundingMode::half_up, money::kMicroYuanScale}
        );
        if (!allowed || allowed->micro_yuan() == 0) continue;
        gap.ratio = Ratio(gap.price.micro_yuan(), allowed->micro_yuan());
        gap.too_few = gap.regions < least;
        if (!gap.too_few) {
            gap.label = label_of(section_.monitored_bands, "fairness.monitored_bands", gap.ratio);
        }
        gaps.push_back(std::move(gap));
    }
    return gaps;
}

}  // namespace jicai::price_watch
