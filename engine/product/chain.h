#pragma once

#include <engine/product/price_ratio.h>

#include <optional>
#include <variant>
#include <vector>

/// \file
/// The order of computation (Art. 16): from two presentations to the list of steps between them. No
/// arithmetic on prices.

namespace jicai::product {

/// The steps, or why there is no relation (the first refusal that applies, of those that do not
/// depend on the price).
struct Chain {
    std::vector<RatioStep> steps;
    bool upper_bound = false;  ///< a step charges an "at most" value that the rule does not fix
    std::optional<RatioRefusal> refusal;
};

/// The steps of Art. 16 in order, those that change nothing left out; or the refusal.
[[nodiscard]] Chain chain_between(
    const PriceRatioRule& rule,
    const TenderOverrides& overrides,
    const Presentation& source,
    const Presentation& target
);

}  // namespace jicai::product
