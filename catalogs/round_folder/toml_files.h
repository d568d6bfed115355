#pragma once

#include <catalogs/round_folder/load_round_folder.h>
#include <catalogs/round_folder/text_table.h>
#include <engine/round/round.h>

#include <optional>
#include <string_view>
#include <vector>

/// \file
/// round.toml and parameters.toml. Faults carry line, column and the line of text.

namespace jicai::catalogs::round_folder {

/// The heading, or nothing with faults; a draft may lack the day of opening. `input` gets the
/// digest of the canonical lines.
[[nodiscard]] std::optional<RoundHeading> read_round_toml(
    std::string_view text, bool draft, FaultList& faults, round::InputFile& input
);

/// The values given for open parameters, by path.
[[nodiscard]] std::vector<round::GivenParameter> read_parameters_toml(
    std::string_view text, FaultList& faults, round::InputFile& input
);

}  // namespace jicai::catalogs::round_folder
