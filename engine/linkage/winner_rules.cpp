#include <engine/linkage/bands.h>
#include <engine/linkage/need.h>
#include <engine/linkage/winner_rules.h>
#include <engine/money/check.h>
#include <engine/money/decimal.h>

#include <algorithm>

namespace jicai::linkage {

namespace {

using campaign::CeilingKind;
using campaign::Product;
using money::Price;
using money::Ratio;

std::string makers_key(const Product& product, MakersScope scope) {
    return scope == MakersScope::variety ? product.variety : product.variety + '\n' + product.spec;
}

/// 1 - percent / 100.
Ratio remaining(std::int64_t percent_scaled, std::int64_t scale) {
    return {100 * scale - percent_scaled, 100 * scale};
}

}  // namespace

WinnerRules::WinnerRules(
    const campaign::Campaign& campaign,
    const Policy& policy,
    const product::PriceRatioRule* ratio_rule,
    std::uint8_t own_region
)
    : campaign_(campaign),
      policy_(policy),
      section_(*policy.winner_rules),
      ratio_rule_(ratio_rule),
      own_region_(own_region) {
    for (const campaign::Winner& winner : campaign.winners) {
        winners_[winner.product] = &winner;
        of_variety_[campaign.products[winner.product].variety].push_back(&winner);
    }
    if (!section_.makers_scope.value || !section_.makers_include_originator.value) return;
    for (const Product& product : campaign.products) {
        const bool counts =
            product.evaluated || (product.originator && *section_.makers_include_originator.value);
        if (counts)
            makers_[makers_key(product, *section_.makers_scope.value)].insert(product.maker);
    }
}

const campaign::Winner* WinnerRules::winner(campaign::ProductIndex product) const {
    const auto found = winners_.find(product);
    return found == winners_.end() ? nullptr : found->second;
}

bool WinnerRules::supplies_own_region(campaign::ProductIndex product) const {
    const campaign::Winner* won = winner(product);
    return won != nullptr &&
           std::find(won->regions.begin(), won->regions.end(), own_region_) != won->regions.end();
}

std::optional<Price> WinnerRules::to_unit(Price price, const Product& from, const Product& to) {
    const money::Rounding rounding =
        need(policy_.conversion.unit_rounding, "conversion.unit_rounding");
    if (need(policy_.conversion.rule, "conversion.rule") == ConversionRule::divide) {
        if (from.content != to.content) return std::nullopt;
        return money::multiply_rounded(price, Ratio(1, from.pack_units), rounding);
    }
    JICAI_CHECK(ratio_rule_ != nullptr);
    if (!cache_) {
        product::TenderOverrides overrides = product::no_overrides(*ratio_rule_);
        overrides.separate_representative_enforced = true;
        cache_ = std::make_unique<product::ConversionCache>(*ratio_rule_, overrides);
    }
    const product::DosageForm* from_form = ratio_rule_->find_form(from.form);
    const product::DosageForm* to_form = ratio_rule_->find_form(to.form);
    if (from_form == nullptr || to_form == nullptr ||
        from.content.has_value() != to.content.has_value()) {
        return std::nullopt;
    }
    product::Presentation source;
    source.form = from_form;
    source.pack_units = from.pack_units;
    product::Presentation target;
    target.form = to_form;
    if (from.content) source.content = *from.content;
    if (to.content) target.content = *to.content;
    const auto result = cache_->between(source, target);
    return result.conversion ? result.conversion->convert(price, rounding) : std::nullopt;
}

std::optional<Price> WinnerRules::to_pack(Price unit, const Product& product) {
    const money::Rounding rounding =
        need(policy_.conversion.pack_rounding, "conversion.pack_rounding");
    if (need(policy_.conversion.rule, "conversion.rule") == ConversionRule::divide) {
        return money::multiply_rounded(unit, Ratio(product.pack_units, 1), rounding);
    }
    const product::DosageForm* form = ratio_rule_->find_form(product.form);
    if (form == nullptr) return std::nullopt;
    product::Presentation source;
    source.form = form;
    product::Presentation target;
    target.form = form;
    target.pack_units = product.pack_units;
    const auto result = cache_->between(source, target);
    return result.conversion ? result.conversion->convert(unit, rounding) : std::nullopt;
}

std::vector<WinnerRules::Winning> WinnerRules::comparable(campaign::ProductIndex product) {
    std::vector<Winning> winning;
    const Product& target = campaign_.products[product];
    const auto found = of_variety_.find(target.variety);
    if (found == of_variety_.end()) return winning;
    for (const campaign::Winner* winner : found->second) {
        const auto unit = to_unit(winner->price, campaign_.products[winner->product], target);
        if (unit) winning.push_back({winner->product, *unit});
    }
    std::stable_sort(winning.begin(), winning.end(), [](const Winning& a, const Winning& b) {
        return a.unit < b.unit;
    });
    return winning;
}

void WinnerRules::ceiling(
    campaign::SkuDecision& sku,
    CeilingKind kind,
    Price price,
    const std::string& clause,
    rules::Evidence evidence
) const {
    const std::string word(rules::enum_word(evidence));
    sku.ceilings.push_back({kind, price, clause, word});
    sku.trace.push_back(
        {{"step.link_ceiling",
          {{"ceiling_kind", std::string(text(kind))}, {"price", price.text()}}},
         clause,
         word}
    );
}

void WinnerRules::own_prices(campaign::SkuDecision& sku, const campaign::Winner& won) {
    if (supplies_own_region(sku.product)) {
        const auto& basis = section_.winning_price;
        ceiling(sku, CeilingKind::own_award, won.price, basis.clause, basis.evidence);
        return;
    }
    const OutsideSupply* way = wanted(section_.outside_supply, "winner_rules.outside_supply");
    if (way == nullptr) return;
    const money::Rounding rounding =
        need(policy_.conversion.pack_rounding, "conversion.pack_rounding");
    std::optional<Price> price;
    switch (*way) {
        case OutsideSupply::multiple:
            price = money::multiply_rounded(
                won.price,
                need(section_.outside_supply_multiple, "winner_rules.outside_supply_multiple"),
                rounding
            );
            break;
        case OutsideSupply::highest_winning_price: {
            const std::vector<Winning> winning = comparable(sku.product);
            if (!winning.empty()) {
                price = to_pack(winning.back().unit, campaign_.products[sku.product]);
            }
            break;
        }
    }
    if (!price) return;
    const auto& basis = section_.outside_supply;
    ceiling(sku, CeilingKind::outside_supply, *price, basis.clause, basis.evidence);
}

void WinnerRules::distance_to_winner(campaign::SkuDecision& sku) {
    const Product& product = campaign_.products[sku.product];
    if (!of_variety_.contains(product.variety)) return;
    const std::vector<Winning> winning = comparable(sku.product);
    if (winning.empty()) {
        throw decision::RunStopped({"wait.link_not_comparable", {{"product", product.id}}});
    }
    const WinningPrice which = need(section_.winning_price, "winner_rules.winning_price");
    const Winning& chosen = which == WinningPrice::lowest ? winning.front() : winning.back();
    const std::optional<Price> winning_pack = to_pack(chosen.unit, product);
    if (!winning_pack) return;
    sku.trace.push_back(step_by(
        {"step.link_winning_price",
         {{"winner", campaign_.products[chosen.product].id},
          {"unit_price", chosen.unit.text()},
          {"price", winning_pack->text()}}},
        section_.winning_price
    ));
    if (const TextList* texts = wanted(section_.cut_bands, "winner_rules.cut_bands")) {
        const Ratio floor = need(section_.floor_multiple, "winner_rules.floor_multiple");
        const std::optional<Price> own_unit = to_unit(sku.old_price, product, product);
        std::vector<Band> bands;
        for (const std::string& text : *texts) bands.push_back(*parse_band(text));
        const Band* band = nullptr;
        if (own_unit && chosen.unit.micro_yuan() > 0) {
            const Ratio ratio(own_unit->micro_yuan(), chosen.unit.micro_yuan());
            band = find_band(bands, ratio);
            sku.trace.push_back(step_by(
                {"step.link_band",
                 {{"ratio", ratio.text()}, {"band", band != nullptr ? band->text : "-"}}},
                section_.cut_bands
            ));
        }
        if (band != nullptr) {
            constexpr int kPercentScale = 4;
            constexpr std::int64_t kPercentPlaces = 10'000;
            const std::int64_t percent =
                money::parse_scaled(band->value, kPercentScale, kPercentScale).scaled;
            const money::Rounding rounding =
                need(policy_.conversion.pack_rounding, "conversion.pack_rounding");
            const auto cut = money::multiply_rounded(
                sku.old_price, remaining(percent, kPercentPlaces), rounding
            );
            const auto lowest = money::multiply_rounded(*winning_pack, floor, rounding);
            if (cut && lowest) {
                ceiling(
                    sku,
                    CeilingKind::gradient_cut,
                    std::max(*cut, *lowest),
                    section_.cut_bands.clause,
                    section_.cut_bands.evidence
                );
            }
        }
    }
    if (!product.evaluated && need(section_.cap_not_evaluated, "winner_rules.cap_not_evaluated")) {
        const auto& basis = section_.cap_not_evaluated;
        ceiling(sku, CeilingKind::winning_price, *winning_pack, basis.clause, basis.evidence);
    }
}

bool WinnerRules::too_many_makers(campaign::SkuDecision& sku) const {
    const Count* threshold = wanted(section_.makers_threshold, "winner_rules.makers_threshold");
    if (threshold == nullptr) return false;
    const Product& product = campaign_.products[sku.product];
    if (product.evaluated || product.originator) return false;
    const MakersScope scope = need(section_.makers_scope, "winner_rules.makers_scope");
    static_cast<void>(
        need(section_.makers_include_originator, "winner_rules.makers_include_originator")
    );
    const auto found = makers_.find(makers_key(product, scope));
    const std::size_t makers = found == makers_.end() ? 0 : found->second.size();
    const bool barred = makers >= static_cast<std::size_t>(*threshold);
    sku.trace.push_back(step_by(
        {barred ? "step.link_makers_enough" : "step.link_makers_few",
         {{"makers", std::to_string(makers)}, {"threshold", std::to_string(*threshold)}}},
        section_.makers_threshold
    ));
    return barred;
}

bool WinnerRules::apply(campaign::SkuDecision& sku) {
    if (const campaign::Winner* won = winner(sku.product)) {
        own_prices(sku, *won);
        return false;
    }
    if (too_many_makers(sku)) return true;
    distance_to_winner(sku);
    return false;
}

}  // namespace jicai::linkage
