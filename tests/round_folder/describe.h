#pragma once

#include <engine/round/round.h>

#include <string>

namespace jicai::test {

/// Everything a round says as text, one line per element; line numbers of the files left out.
[[nodiscard]] std::string describe(const round::Round& round);

}  // namespace jicai::test
