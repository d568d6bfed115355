#pragma once

#include <engine/ports/refused.h>
#include <web/server/answer.h>
#include <web/server/services.h>

#include <string>

namespace jicai::web {

/// application/problem+json: what is wrong, what to do next, each single value. The next step is
/// the message next.<key>, or next.<status>.
[[nodiscard]] Answer problem(
    const catalogs::MessageCatalog& words,
    catalogs::Language language,
    const std::string& request_id,
    const decision::Message& why,
    const std::vector<ports::FieldFault>& faults = {}
);

/// The schema of every failure.
[[nodiscard]] decision::Json problem_schema();

}  // namespace jicai::web
