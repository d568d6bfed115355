#pragma once

#include <engine/rules/rulebook.h>

#include <cstddef>
#include <string>
#include <vector>

/// \file
/// Values the officers of a round give for points the document leaves open.

namespace jicai::rules {

struct GivenValue {
    std::string path;  ///< of the parameter, as in parameter_list.h: "substitution.in_publicity"
    std::string
        text;  ///< canonical value text (value_text.h); TOML's quotes and braces are tolerated
};

/// Why a given value is not taken. Declared in order of precedence.
enum class GivenRefusal : std::uint8_t {
    unknown_path = 1,   ///< the rulebook has no such parameter
    repeated = 2,       ///< the same path is given twice
    closed = 3,         ///< the rulebook has a value: a round may not change it
    malformed = 4,      ///< not a value of that parameter, or out of its bounds
    contradictory = 5,  ///< the value contradicts another one (contradiction.h)
};

struct GivenFault {
    std::size_t index;  ///< into the given values
    GivenRefusal refusal;
    std::string path;
    std::string text;  ///< as given
    std::string
        current;         ///< closed: the rulebook's value; malformed: the words or the form allowed
    std::string clause;  ///< of the parameter; empty for an unknown path
    std::string unit;
};

/// Sets the open parameters named by `given`, with evidence `given`; the clause stays the
/// document's (which is silent there). Faults are returned in the order of `given`; with any fault
/// the rulebook is left as it was. The digest is not changed: it names the rulebook file, and the
/// given values are an input of their own.
[[nodiscard]] std::vector<GivenFault> apply_given(
    Rulebook& rulebook, const std::vector<GivenValue>& given
);

}  // namespace jicai::rules
