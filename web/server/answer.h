#pragma once

#include <engine/decision/json.h>
#include <engine/ports/audit_log.h>
#include <engine/ports/refused.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace jicai::web {

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

/// An entry with what only the handler knows.
[[nodiscard]] ports::AuditEntry audited(
    std::string action,
    std::string object,
    const decision::Json& before = {},
    const decision::Json& after = {}
);

}  // namespace jicai::web
