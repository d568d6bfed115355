#pragma once

#include <catalogs/fault.h>
#include <engine/decision/message.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What a decoder of a file of parameters (rulebook, linkage policy) finds: faults at their places,
/// and where each parameter stands.

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

struct Findings {
    std::vector<PlacedFault> faults;  ///< in the order found
    /// Where each path stands (parameter_list.h); "path#item" for rows of count tables and tests of
    /// a gate.
    std::map<std::string, Place> places;

    /// The narrowest known place of a path, or of an item of it.
    [[nodiscard]] Place place_of(const std::string& path, const std::string& item) const;
};

/// The lines of a file without their ends; one more, empty, behind a last line end.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// The faults by line, then column, each with its source line of `toml`. Of more than
/// kFaultsShownMax the rest is counted by one last fault.rulebook.more.
[[nodiscard]] std::vector<Fault> faults_of(
    Findings& findings, std::string_view toml, const std::string& file_name
);

}  // namespace jicai::catalogs::detail
