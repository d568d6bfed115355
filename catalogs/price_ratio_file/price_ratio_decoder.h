#pragma once

#include <engine/decision/message.h>
#include <engine/product/price_ratio.h>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The walk over the TOML tables of a price-ratio file; internal to this library.

namespace jicai::catalogs::price_ratio {

/// Line and column of a file, both from 1; columns count characters.
struct Place {
    std::uint64_t line = 1;
    std::uint64_t column = 1;
    friend auto operator<=>(const Place&, const Place&) = default;
};

struct PlacedFault {
    Place place;
    std::string subject;  ///< "content.base", "form 普通片.factor"
    std::string value;    ///< the offending text, or empty
    decision::Message message;
};

struct Decoded {
    product::PriceRatioRule rule;     ///< complete only without faults
    std::vector<PlacedFault> faults;  ///< in the order found
};

[[nodiscard]] Decoded decode(std::string_view toml);

}  // namespace jicai::catalogs::price_ratio
