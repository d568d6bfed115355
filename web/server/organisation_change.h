#pragma once

#include <engine/accounts/organisations.h>
#include <web/server/answer.h>
#include <web/server/request.h>
#include <web/server/services.h>

/// \file
/// What the routes that change an organisation share.

namespace jicai::web {

/// The organisation as it is now, with warnings in words.
[[nodiscard]] Answer organisation_answer(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const accounts::ChangedOrganisation& changed,
    int status
);
/// Its schema.
[[nodiscard]] decision::Json organisation_answer_schema();
/// Members of a body that describes an organisation.
[[nodiscard]] decision::Json::Object organisation_body();

}  // namespace jicai::web
