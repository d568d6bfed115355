#include "price_ratio_fixture.h"

#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <engine/money/decimal.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace jicai::product {

namespace {

PriceRatioRule load() {
    std::ifstream file(JICAI_SOURCE_DIR "/catalogs/price-ratio/drug-2012.toml", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    catalogs::LoadedPriceRatioRule loaded = catalogs::load_price_ratio_rule(text, "drug-2012.toml");
    if (!loaded.rule) {
        const catalogs::Fault& fault = loaded.faults.at(0);
        throw std::runtime_error(
            "drug-2012.toml:" + std::to_string(fault.row) + ":" +
            std::to_string(fault.column_number) + ": " + fault.message.key
        );
    }
    return *std::move(loaded.rule);
}

}  // namespace

const PriceRatioRule& drug_2012() {
    static const PriceRatioRule rule = load();
    return rule;
}

const DosageForm* form(std::string_view name, Annex annex) {
    const DosageForm* found = drug_2012().find_form(name, annex);
    if (found == nullptr) throw std::runtime_error("no form " + std::string(name));
    return found;
}

Price yuan(std::string_view text) {
    const money::ScaledDecimal parsed =
        money::parse_scaled(text, money::kMicroYuanScale, money::kMicroYuanScale);
    if (parsed.fault) throw std::runtime_error("no price: " + std::string(text));
    return Price(parsed.scaled);
}

Ratio ratio(std::string_view text) {
    const auto parsed = Ratio::parse(text);
    if (!parsed) throw std::runtime_error("no ratio: " + std::string(text));
    return *parsed;
}

Presentation pack(std::string_view form_name, std::string_view content, std::int64_t units) {
    Presentation presentation;
    presentation.form = form(form_name);
    presentation.content = ratio(content);
    presentation.pack_units = units;
    return presentation;
}

TenderOverrides tender_overrides() {
    return {
        .content_base = ratio("1.7"),
        .pack_base = ratio("1.95"),
        .fill = FillRule::ignored,
        .material_counts = false,
        .injection_floor_applies = false,
        .short_pack_applies = false,
        .separate_representative_enforced = false,
    };
}

}  // namespace jicai::product
