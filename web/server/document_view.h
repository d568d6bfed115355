#pragma once

#include <engine/ports/store.h>
#include <web/server/request.h>

namespace jicai::web {

/// Whether the one who asks may read a document of a round they see: reviews, tender document,
/// corrections and qualification papers everybody; the others its author's organisation, the office
/// that runs the round, and whoever sees that organisation's volumes.
[[nodiscard]] bool sees_document(
    const Request& request,
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const ports::Document& document
);

}  // namespace jicai::web
