#include <engine/linkage/campaign_columns.h>
#include <engine/linkage/decide_campaign.h>
#include <engine/money/check.h>

#include <algorithm>

namespace jicai::linkage {

namespace {

using campaign::Campaign;

constexpr std::uint8_t kNoRegion = 255;
std::int64_t micro_content(const money::Ratio& content) {
    return content.numerator() * (money::kMicroYuanPerYuan / content.denominator());
}

}  // namespace

CampaignColumns::CampaignColumns(const Campaign& campaign) : campaign_(campaign) {
    std::map<std::string, std::uint16_t> number_of_form;
    for (const campaign::Product& product : campaign.products) {
        const auto [place, fresh] =
            number_of_form.try_emplace(product.form, static_cast<std::uint16_t>(forms_.size() + 1));
        if (fresh) forms_.push_back(product.form);
        form_of_product_.push_back(place->second);
    }
    std::vector<ObservationRow> rows;
    rows.reserve(campaign.observations.size());
    for (std::size_t i = 0; i < campaign.observations.size(); ++i) rows.push_back(row(i));
    columns_.emplace(static_cast<std::uint32_t>(campaign.products.size()), rows);
    row_of_.resize(rows.size());
    for (Row at = 0; at < columns_->size(); ++at) row_of_[columns_->id(at)] = at;
    correct();
}

ListedPack CampaignColumns::pack(campaign::ProductIndex product) const {
    return {
        product,
        static_cast<std::uint32_t>(campaign_.products[product].pack_units),
        form_of_product_[product]};
}

PackConversions CampaignColumns::conversions(const product::PriceRatioRule& rule) const {
    PackConversions conversions(rule, forms_, strengths_);
    for (campaign::ProductIndex product = 0; product < campaign_.products.size(); ++product) {
        const std::uint16_t form = form_of_product_[product];
        conversions.prepare(form, pack(product).units);
        columns_->for_each_row(product, [&](Row at) {
            conversions.prepare(form, columns_->pack(at));
        });
    }
    return conversions;
}

ObservationRow CampaignColumns::row(std::size_t index) {
    const campaign::Observation& observation = campaign_.observations[index];
    ObservationRow row;
    row.product = observation.product;
    row.id = static_cast<std::uint32_t>(index);
    row.pack_price_micro_yuan = observation.pack_price.micro_yuan();
    row.pack_units = static_cast<std::uint32_t>(observation.pack_units);
    row.strength = strength(observation);
    row.region = observation.region;
    row.source = observation.source;
    row.status = observation.status;
    row.evaluated = observation.evaluated;
    row.from = observation.from;
    row.to = observation.to;
    row.recorded = observation.recorded;
    return row;
}

std::uint16_t CampaignColumns::strength(const campaign::Observation& observation) {
    const auto& own = campaign_.products[observation.product].content;
    if (!observation.content || !own || *observation.content == *own) return 0;
    const money::Ratio ratio(micro_content(*observation.content), micro_content(*own));
    const auto [place, fresh] =
        number_of_strength_.try_emplace(ratio, static_cast<std::uint16_t>(strengths_.size() + 1));
    if (fresh) {
        JICAI_CHECK(strengths_.size() < kStrengthsMax);
        strengths_.push_back(ratio);
    }
    return place->second;
}

void CampaignColumns::correct() {
    std::vector<const campaign::Event*> corrections;
    for (const campaign::Event& event : campaign_.events) {
        if (event.observation) corrections.push_back(&event);
    }
    std::stable_sort(
        corrections.begin(),
        corrections.end(),
        [](const campaign::Event* a, const campaign::Event* b) { return a->at < b->at; }
    );
    for (const campaign::Event* event : corrections) {
        columns_->correct(
            row_of_[*event->observation],
            event->at,
            event->kind == campaign::EventKind::exclude_observation
        );
    }
}

std::uint8_t region_number(const Campaign& campaign) {
    const auto found = std::find(campaign.regions.begin(), campaign.regions.end(), campaign.region);
    return found == campaign.regions.end()
               ? kNoRegion
               : static_cast<std::uint8_t>(found - campaign.regions.begin());
}

}  // namespace jicai::linkage
