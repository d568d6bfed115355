#pragma once

#include <catalogs/fault.h>
#include <engine/round/round.h>
#include <engine/rules/given.h>

#include <string>
#include <vector>

/// \file
/// Values given for open parameters, between the folder they come from and the document they fill.

namespace jicai::catalogs::detail {

/// The values as the engine takes them.
[[nodiscard]] std::vector<rules::GivenValue> given_values(
    const std::vector<round::GivenParameter>& given
);

/// Refused ones as faults of `file_name`, each naming the parameter, its clause and, when it is not
/// open, its value.
[[nodiscard]] std::vector<Fault> given_faults(
    const std::vector<rules::GivenFault>& refused, const std::string& file_name
);

}  // namespace jicai::catalogs::detail
