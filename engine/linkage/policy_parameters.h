#pragma once

#include <engine/linkage/policy.h>
#include <engine/rules/contradiction.h>
#include <engine/rules/given.h>
#include <engine/rules/parameter_list.h>

#include <string>
#include <vector>

/// \file
/// A policy as a flat list of parameters, as rules/parameter_list.h is for rulebooks. A path is
/// "reference.aggregator".

namespace jicai::linkage {

/// Every parameter the policy names, in the order of its sections and of each section's page.
[[nodiscard]] std::vector<rules::ParameterRow> parameter_list(const Policy& policy);

/// The bytes a policy's digest covers: identity, then one line per parameter, as for rulebooks.
[[nodiscard]] std::string canonical_text(const Policy& policy);

/// What in the policy contradicts what (fault.linkage.policy_*), in the order of the page; open
/// values contradict nothing.
[[nodiscard]] std::vector<rules::Contradiction> contradictions(const Policy& policy);

/// Sets the open parameters named by `given`, as rules::apply_given does for rulebooks. With any
/// fault the policy is left as it was.
[[nodiscard]] std::vector<rules::GivenFault> apply_given(
    Policy& policy, const std::vector<rules::GivenValue>& given
);

/// Largest k of a mean of the k lowest prices.
inline constexpr Count kLowestMax = 8;

}  // namespace jicai::linkage
