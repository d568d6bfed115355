#pragma once

#include <engine/decision/digest.h>
#include <engine/decision/json.h>
#include <engine/usecases/decide_round.h>

#include <string>

/// \file
/// The certificate of an award: inputs, rulebook, every step of every lot with exact numbers and
/// clauses, results, and its own digest. Format: docs/certificate.md and
/// docs/certificate.schema.json. The bytes are RFC 8785 canonical JSON.

namespace jicai::usecases {

/// The certificate, its member `digest` set to "sha256:" + hex of the canonical bytes without that
/// member.
[[nodiscard]] decision::Json make_certificate(
    const round::Round& round,
    const RuleSet& rules,
    const decision::RoundDecision& decided,
    const std::string& ratio_rule_digest,
    decision::Sha256Hex sha256
);

/// Whether the `digest` member is that of the other members.
[[nodiscard]] bool digest_holds(const decision::Json& certificate, decision::Sha256Hex sha256);

}  // namespace jicai::usecases
