#pragma once

#include <engine/product/price_ratio.h>
#include <engine/rules/rulebook.h>

#include <string>

namespace jicai::test {

/// A shipped rulebook, or one of tests/award/rulebooks. Throws std::runtime_error with the first
/// fault.
[[nodiscard]] rules::Rulebook rulebook_of(const std::string& id);

/// The shipped price-ratio rule.
[[nodiscard]] const product::PriceRatioRule& ratio_rule();

}  // namespace jicai::test
