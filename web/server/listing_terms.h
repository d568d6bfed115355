#pragma once

#include <engine/listing/register.h>

#include <string>

namespace jicai::web {

/// What a shipped linkage policy says of delisting: years of the bar and the cap of relisting.
/// Refused with listing.policy_unknown.
[[nodiscard]] listing::DelistTerms delist_terms(const std::string& policy);

}  // namespace jicai::web
