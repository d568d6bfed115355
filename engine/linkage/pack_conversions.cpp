#include <engine/linkage/pack_conversions.h>
#include <engine/money/check.h>

namespace jicai::linkage {

PackConversions::PackConversions(
    const product::PriceRatioRule& rule,
    const std::vector<std::string>& forms,
    const std::vector<money::Ratio>& strengths
)
    : strengths_(strengths) {
    product::TenderOverrides overrides = product::no_overrides(rule);
    overrides.separate_representative_enforced = true;
    cache_ = std::make_shared<product::ConversionCache>(rule, overrides);
    for (const std::string& form : forms) forms_.push_back(rule.find_form(form));
}

void PackConversions::prepare(std::uint16_t form, std::uint32_t pack) {
    const auto [place, fresh] = pairs_.try_emplace(key(form, pack));
    if (!fresh || form == 0 || forms_[form - 1U] == nullptr) return;
    product::Presentation packed;
    packed.form = forms_[form - 1U];
    packed.pack_units = pack & ((std::uint32_t{1} << ObservationColumns::kUnitsBits) - 1);
    const std::uint32_t strength = pack >> ObservationColumns::kUnitsBits;
    if (strength > 0) packed.content = strengths_[strength - 1];
    product::Presentation unit;
    unit.form = packed.form;
    place->second.to_unit = cache_->between(packed, unit).conversion;
    if (strength == 0) place->second.to_pack = cache_->between(unit, packed).conversion;
}

const product::Conversion* PackConversions::to_unit(std::uint16_t form, std::uint32_t pack) const {
    const auto found = pairs_.find(key(form, pack));
    JICAI_CHECK(found != pairs_.end());
    return found->second.to_unit.get();
}

const product::Conversion* PackConversions::to_pack(std::uint16_t form, std::uint32_t pack) const {
    const auto found = pairs_.find(key(form, pack));
    JICAI_CHECK(found != pairs_.end());
    return found->second.to_pack.get();
}

}  // namespace jicai::linkage
