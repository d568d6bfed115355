#pragma once

#include <engine/ports/store.h>
#include <web/server/request.h>

namespace jicai::web {

/// Whether the one who asks may read a document of a round they see: reviews, tender document,
/// corrections everybody; the others its author's organisation, the office that runs the round
/// (not its administrators), and whoever sees the volumes of the report it belongs to, or else
/// those of its author. A company's papers are for itself and the office.
[[nodiscard]] bool sees_document(
    const Request& request,
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const ports::Document& document
);

}  // namespace jicai::web
