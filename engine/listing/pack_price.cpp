#include <engine/listing/pack_price.h>
#include <engine/ports/refused.h>

#include <utility>

namespace jicai::listing {

using ports::Refused;

PackPrice price_of_pack(
    const product::PriceRatioRule& rule,
    const ports::Product& product,
    money::Price price,
    std::int64_t units,
    std::int64_t to_units
) {
    const bool traditional = product.kind == ports::ProductKind::tcm_patent;
    const auto* const form = rule.find_form(
        product.form,
        traditional ? product::Annex::traditional : product::Annex::chemical_biological
    );
    if (form == nullptr) {
        throw Refused({"listing.form_unknown", {{"product", product.code}, {"form", product.form}}}
        );
    }
    product::Presentation from;
    from.form = form;
    from.pack_units = units;
    product::Presentation to = from;
    to.pack_units = to_units;
    product::ConversionCache cache(rule, product::no_overrides(rule));
    const auto found = cache.between(from, to);
    constexpr int kDecimals = 2;
    std::optional<money::Price> made;
    if (found.conversion) {
        made = found.conversion->convert(price, {money::RoundingMode::half_up, kDecimals});
    }
    if (!made) {
        throw Refused(
            {"listing.no_ratio",
             {{"product", product.code},
              {"from", std::to_string(units)},
              {"to", std::to_string(to_units)}}}
        );
    }
    return {*made, found.conversion->factor_text(), found.conversion->steps()};
}

}  // namespace jicai::listing
