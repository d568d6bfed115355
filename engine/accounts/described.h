#pragma once

#include <engine/decision/json.h>
#include <engine/ports/audit_log.h>
#include <engine/ports/people_store.h>
#include <engine/ports/session_store.h>

#include <string>
#include <vector>

/// \file
/// What the audit log keeps of things before and after a change. Never a secret, never a hash.

namespace jicai::accounts {

/// Its members as the API names them.
[[nodiscard]] decision::Json described(const ports::Organisation& organisation);
/// The same of a person: roles, whether a second factor counts, until when locked.
[[nodiscard]] decision::Json described(const ports::User& user);
/// The same of a key: scopes, roles, how long it works.
[[nodiscard]] decision::Json described(const ports::ApiKey& key);

/// An entry about "kind:id"; who, when and from where are filled in at the edge.
[[nodiscard]] ports::AuditEntry entry(
    std::string action,
    std::string object,
    const decision::Json& before = {},
    const decision::Json& after = {}
);

/// "user:17"
[[nodiscard]] std::string object_of(const ports::User& user);
/// "organisation:4"
[[nodiscard]] std::string object_of(const ports::Organisation& organisation);
/// "key:3"
[[nodiscard]] std::string object_of(const ports::ApiKey& key);

/// Lower-case hexadecimal.
[[nodiscard]] std::string hex(const std::string& bytes);

}  // namespace jicai::accounts
