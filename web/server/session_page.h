#pragma once

#include <engine/accounts/identity.h>
#include <engine/decision/json.h>
#include <web/server/request.h>
#include <web/server/services.h>

namespace jicai::web {

/// What GET /api/session says of somebody who has logged in: who, what they may, what they must do
/// first. \pre the caller is a person.
[[nodiscard]] decision::Json session_page(
    const Services& services, const Request& request, const accounts::Caller& caller
);
/// The same of the public; `replaced`: of somebody whose log-in a newer one has ended.
[[nodiscard]] decision::Json public_session_page(bool replaced = false);
/// Schema of both.
[[nodiscard]] decision::Json session_page_schema();

/// Address, request, time and person of the request, as the audit log keeps them.
[[nodiscard]] ports::AuditEntry origin_of(const Request& request);

/// The session of a route that only people use. Refused with session.needed for API keys.
[[nodiscard]] const ports::Session& session_of(const Request& request);

}  // namespace jicai::web
