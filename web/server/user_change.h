#pragma once

#include <engine/accounts/users.h>
#include <web/server/answer.h>
#include <web/server/request.h>
#include <web/server/services.h>

/// \file
/// What the routes that change a person's account share.

namespace jicai::web {

/// The account as it is now, with its one-time password where one was made.
[[nodiscard]] Answer user_answer(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const accounts::ChangedUser& changed,
    int status = 200
);
/// Its schema.
[[nodiscard]] decision::Json user_answer_schema();

}  // namespace jicai::web
