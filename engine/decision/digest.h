#pragma once

#include <string>
#include <string_view>

namespace jicai::decision {

/// The port through which a decision is digested: lower-case hex SHA-256 of the bytes. The engine
/// has no hash function of its own; the caller passes one (catalogs/sha256).
using Sha256Hex = std::string (*)(std::string_view bytes);

}  // namespace jicai::decision
