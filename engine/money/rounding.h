#pragma once

#include <cstdint>

namespace jicai::money {

/// How a value between two representable neighbours is rounded. Values are never negative where a rule
/// rounds, so "up" and "half up" need no word about signs; on negative input they round away from zero.
enum class RoundingMode : std::uint8_t { half_up, half_even, down, up };

/// A rounding rule: mode and number of decimals kept. It always comes from a rulebook or a rule table.
struct Rounding {
    RoundingMode mode;
    int decimals;  ///< 0 to 6

    friend bool operator==(const Rounding&, const Rounding&) = default;
};

}  // namespace jicai::money
