#pragma once

#include <engine/setup/work.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What participants say in a round, and what is answered: comments, questions and objections,
/// corrections and their confirmation, promises, qualifications, documents.

namespace jicai::setup {

/// "comment" on the draft, "question" on the notice, "objection" in the publicity period. \pre one
/// of these (the route's schema). Refused with inquiry.empty, and as need_act does.
std::int64_t ask(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::string& kind,
    const std::string& text
);

/// Answers once or again. `version` 0: whatever it is. Refused with inquiry.not_found,
/// inquiry.empty, inquiry.changed.
void answer(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    std::int64_t inquiry,
    const std::string& text,
    std::int64_t version
);

/// A new version of the rulebook after the notice: files (round.toml, parameters.toml) changed, the
/// rulebook pinned anew. Every company must confirm it. Refused with correction.same (nothing
/// changed), correction.empty (no summary), correction.files (other files).
std::int64_t correct(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const FileChanges& changes,
    const Heading& heading,
    const std::string& summary
);

/// Refused with correction.not_found, correction.confirmed_already.
void confirm(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    std::int64_t correction
);

/// A company's promise of good faith, once. Refused with promise.given_already, promise.not_company
/// (neither supplier nor distributor), promise.stage (before the notice or after the bidding).
void promise(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    const std::string& text
);

/// Publicises whether a company may bid. Refused with qualification.stage (before the notice or
/// after the opening), qualification.company, qualification.reason (not qualified without one).
void qualify(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::StoredRound& round,
    ports::Qualification qualification
);

}  // namespace jicai::setup
