#pragma once

#include <engine/money/price.h>
#include <engine/product/price_ratio.h>

#include <cstdint>
#include <string>
#include <string_view>

/// \file
/// The shipped price-ratio table, and short ways to write presentations in tests.

namespace jicai::product {

inline constexpr std::int64_t kNanolitresPerMillilitre = 1'000'000;

/// catalogs/price-ratio/drug-2012.toml. Throws when it has faults.
const PriceRatioRule& drug_2012();

/// Throws when there is no such form.
const DosageForm* form(std::string_view name, Annex annex = Annex::chemical_biological);

Price yuan(std::string_view text);
Ratio ratio(std::string_view text);

/// A presentation of one form, content and pack count; the rest as the struct's defaults.
Presentation pack(std::string_view form_name, std::string_view content, std::int64_t units);

/// Tender overrides as batches 3 to 5 of the national rounds use them.
TenderOverrides tender_overrides();

}  // namespace jicai::product
