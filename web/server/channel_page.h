#pragma once

#include <web/server/request.h>
#include <web/server/services.h>

namespace jicai::web {

/// A person's channels, which ones the service offers, and kinds of notices to choose between.
[[nodiscard]] decision::Json::Object channel_page(
    const Services& services, const Request& request, ports::Transaction& transaction
);
/// Its members, for schemas.
[[nodiscard]] decision::Json::Object channel_members();

}  // namespace jicai::web
