#include <engine/product/price_ratio.h>

#include <algorithm>

namespace jicai::product {

const DosageForm* PriceRatioRule::find_form(std::string_view name, Annex annex) const {
    const auto found = std::find_if(forms.begin(), forms.end(), [&](const DosageForm& form) {
        return form.annex == annex &&
               (form.name == name ||
                std::find(form.aliases.begin(), form.aliases.end(), name) != form.aliases.end());
    });
    return found == forms.end() ? nullptr : &*found;
}

const ValueSource* PriceRatioRule::source_of(std::string_view field) const {
    const auto found =
        std::find_if(sources.begin(), sources.end(), [field](const ValueSource& value) {
            return value.field == field;
        });
    return found == sources.end() ? nullptr : &*found;
}

TenderOverrides no_overrides(const PriceRatioRule& rule) {
    return {
        .content_base = rule.content_base,
        .pack_base = rule.pack_base,
        .fill = FillRule::per_rule,
        .material_counts = true,
        .injection_floor_applies = true,
        .short_pack_applies = true,
        .separate_representative_enforced = false,
    };
}

}  // namespace jicai::product
