#pragma once

#include <engine/decision/message.h>
#include <engine/rules/rulebook.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The walk over a rulebook's TOML tables; internal to this library.

namespace jicai::catalogs::detail {

/// Longer lines are not repeated in faults.
inline constexpr std::size_t kSourceLineBytesMax = 10'000;

/// Line and column of a file, both from 1; columns count characters.
struct Place {
    std::uint64_t line = 1;
    std::uint64_t column = 1;
    friend auto operator<=>(const Place&, const Place&) = default;
};

struct PlacedFault {
    Place place;
    std::string subject;  ///< the parameter or key
    std::string value;    ///< the offending text, or empty
    decision::Message message;
};

struct DecodedRulebook {
    rules::Rulebook rulebook;         ///< what could be decoded; complete only without faults
    std::vector<PlacedFault> faults;  ///< in the order found
    /// Where each path stands (parameter_list.h); "path#item" for rows of count tables and tests of
    /// a gate.
    std::map<std::string, Place> places;
};

/// The lines of a file without their ends; one more, empty, behind a last line end.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// All faults of the form; what contradicts what is not asked here.
[[nodiscard]] DecodedRulebook decode_rulebook(std::string_view toml);

}  // namespace jicai::catalogs::detail
