#pragma once

#include <web/server/route.h>

#include <string>
#include <vector>

namespace jicai::web {

/// The API description (OpenAPI 3.1) of a table of routes: parameters, bodies, answers, failures,
/// how to log in, and which roles may call each route (x-roles, from the access table).
[[nodiscard]] decision::Json openapi_of(
    const std::vector<Route>& table, const std::string& version
);

}  // namespace jicai::web
