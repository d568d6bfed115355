#pragma once

#include <engine/decision/json.h>
#include <engine/decision/message.h>

#include <vector>

/// \file
/// Where a certificate departs from what was recomputed, in words.

namespace jicai::reports {

/// One message where the rulebook is another (verify.other_rulebook, other_rulebook_text: said
/// before any other difference) or where lots are missing, too many or out of order
/// (verify.lot_...). Otherwise two messages for the first difference: where (verify.at_input,
/// at_rulebook, at_lot, at_bid, at_step, at_sku, at_row (of volumes, allocations, packs, turns) or
/// at_other: lot, supplier, number and key of the step, member) and what (verify.values: claimed
/// and recomputed). Empty when the documents are equal. The member `digest` of the certificate
/// itself is not compared: it follows from the others.
[[nodiscard]] std::vector<decision::Message> describe_first_difference(
    const decision::Json& claimed, const decision::Json& recomputed
);

}  // namespace jicai::reports
