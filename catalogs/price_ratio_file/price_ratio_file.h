#pragma once

#include <catalogs/fault.h>
#include <engine/product/price_ratio.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Price-ratio tables (catalogs/price-ratio/*.toml): TOML text to a PriceRatioRule. Every value
/// stands as in a rulebook, with value, unit, clause and evidence; a form's relation is given
/// against another form of its annex and family, as the annexes print it.

namespace jicai::catalogs {

/// Larger files are refused unread.
inline constexpr std::size_t kPriceRatioBytesMax = 1'000'000;

struct LoadedPriceRatioRule {
    std::optional<product::PriceRatioRule> rule;  ///< set when there is no fault
    std::vector<Fault> faults;                    ///< all of the file, by line and column
};

/// `file_name` is what faults are shown with; nothing is opened. Unknown keys, missing values,
/// wrong units, values out of range, names given twice in one annex and relations to forms not
/// given before are faults.
[[nodiscard]] LoadedPriceRatioRule load_price_ratio_rule(
    std::string_view toml, const std::string& file_name
);

/// Every value of the rule in one fixed text, one line each, so that two files of the same content
/// have one digest whatever their layout: the input of the rule's digest. Titles, clauses and
/// evidence are part of it; lists keep their order.
[[nodiscard]] std::string canonical_text(const product::PriceRatioRule& rule);

}  // namespace jicai::catalogs
