#pragma once

#include <engine/setup/work.h>
#include <web/server/request.h>

#include <map>
#include <string>
#include <vector>

namespace jicai::web {

/// Body member `given`: [{"path","value","reason"}].
[[nodiscard]] decision::Json given_schema();
/// parameters.toml of the body's `given`, in the actor's name, into `put`; without values the file
/// goes into `removed`.
void put_given(
    const Request& request,
    const setup::Doer& doer,
    std::map<std::string, std::string>& put,
    std::vector<std::string>& removed
);

}  // namespace jicai::web
