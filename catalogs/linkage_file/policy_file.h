#pragma once

#include <catalogs/fault.h>
#include <engine/linkage/policy.h>
#include <engine/round/round.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Decodes linkage policies (catalogs/linkage/*.toml). The form is described in docs/linkage.md.

namespace jicai::catalogs {

struct LoadedPolicy {
    std::optional<linkage::Policy>
        policy;                 ///< set exactly when there is no fault; its digest is set
    std::vector<Fault> faults;  ///< by line, then column; each with its source line
};

/// Larger files are refused unread.
inline constexpr std::size_t kPolicyBytesMax = 1024 * 1024;

/// All faults of the file are found in one pass (after a syntax error of TOML, that one alone).
/// `file_name` is only named in faults.
[[nodiscard]] LoadedPolicy load_policy(std::string_view toml, const std::string& file_name);

/// Sets the open parameters of `policy` to the values a campaign gives for them; every refused one
/// is a fault of `file_name`. With any fault the policy is left as it was.
[[nodiscard]] std::vector<Fault> apply_given(
    linkage::Policy& policy,
    const std::vector<round::GivenParameter>& given,
    const std::string& file_name
);

}  // namespace jicai::catalogs
