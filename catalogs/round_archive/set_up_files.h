#pragma once

#include <catalogs/round_folder/load_round_folder.h>
#include <engine/round/round.h>

#include <string>
#include <vector>

/// \file
/// The files of a round folder that are set up by forms, written from values as people typed them.
/// What is wrong with a value the decoder says, at its place in the file.

namespace jicai::catalogs {

/// round.toml; without a day of opening, no line for it.
[[nodiscard]] std::string round_toml(const RoundHeading& heading);

/// parameters.toml; `toml` of a value is its canonical text. Empty without values.
[[nodiscard]] std::string parameters_toml(const std::vector<round::GivenParameter>& given);

/// A table of a folder: the header, then one line for each row, fields quoted where they need it.
[[nodiscard]] std::string csv_table(
    const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows
);

}  // namespace jicai::catalogs
