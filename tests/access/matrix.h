#pragma once

#include <engine/access/access.h>

#include <map>
#include <string>
#include <utility>

namespace jicai::access::test {

/// What tests/access/matrix.csv expects: for each role and action one letter a stage.
using Matrix = std::map<std::pair<Role, Action>, std::string>;

/// Reads the file. Throws std::runtime_error naming the line that is wrong, for a role and action
/// that stands twice, and for one that is missing.
[[nodiscard]] Matrix read_matrix();

/// The letter of a reach: - s o r a.
[[nodiscard]] char letter_of(Reach reach);

}  // namespace jicai::access::test
