#pragma once

#include <engine/decision/json.h>
#include <engine/ports/audit_log.h>
#include <engine/ports/refused.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace jicai::web {

struct Request;

/// What a handler says. A refusal is thrown (ports::Refused) and answered by the pipeline with the
/// status of refusal_table.cpp as application/problem+json. Handlers fill what they know; the
/// pipeline adds the rest.
struct Answer {
    int status = 200;
    std::string type = "application/json";
    std::shared_ptr<const std::string> body =
        std::make_shared<const std::string>();        ///< shared: a cached page is not copied
    std::map<std::string, std::string> headers = {};  ///< beside the usual ones
    /// What the audit log keeps of it. Who, when, from where and the request are filled in. Writes
    /// and acts have at least one.
    std::vector<ports::AuditEntry> audit = {};
};

/// Canonical JSON.
[[nodiscard]] Answer json_answer(const decision::Json& body, int status = 200);

/// An entry with what only the handler knows, its result "done".
[[nodiscard]] ports::AuditEntry audited(
    std::string action,
    std::string object,
    const decision::Json& before = {},
    const decision::Json& after = {}
);

/// Fills in who, when, from where and which request. The pipeline does so for Answer::audit; an act
/// that appends within a transaction of its own calls it.
[[nodiscard]] ports::AuditEntry filled_in(ports::AuditEntry entry, const Request& request);

/// Sends the session's cookie, or takes it away where `value` is empty.
void set_session_cookie(Answer& answer, const Request& request, const std::string& value);

}  // namespace jicai::web
