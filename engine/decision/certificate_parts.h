#pragma once

#include <engine/decision/digest.h>
#include <engine/decision/json.h>
#include <engine/decision/message.h>
#include <engine/decision/trace.h>

#include <string>
#include <vector>

/// \file
/// What certificates of every kind are made of: messages, steps, the digest.

namespace jicai::decision {

/// {"code", "values"}
[[nodiscard]] Json message_json(const Message& message);

/// Each step as its message, with clause and evidence where a clause speaks.
[[nodiscard]] Json steps_json(const std::vector<TraceStep>& steps);

/// "sha256:" and the hex digest of the canonical bytes.
[[nodiscard]] std::string certificate_digest(const Json::Object& content, Sha256Hex sha256);

/// Whether the `digest` member is that of the other members.
[[nodiscard]] bool certificate_digest_holds(const Json& certificate, Sha256Hex sha256);

}  // namespace jicai::decision
