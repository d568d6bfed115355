#pragma once

#include <engine/decision/round_decision.h>
#include <engine/listing/enforce.h>
#include <engine/listing/order_check.h>
#include <engine/round/round.h>

#include <cstdint>
#include <string>
#include <vector>

/// \file
/// From a round's award to the listing register: which packs won where, which lost, and which
/// products of the catalogue they are.

namespace jicai::web {

/// A pack somebody bid, or supplies as a winner.
struct RoundPack {
    std::string lot;
    std::string supplier;  ///< name
    std::string code;      ///< of a column `code` of the round's tables; empty: none
    std::string name;      ///< generic name; the lot's where none is stated
    std::string lot_name;
    std::string form;
    std::string spec;
    std::int64_t pack_units = 1;
    money::Price price{0};  ///< per pack
    bool won = false;
    std::vector<std::string> regions;  ///< provinces a winner supplies, by code
};

/// Winners' packs by lot, then bids with a price that did not win.
[[nodiscard]] std::vector<RoundPack> packs_of(
    const round::Round& round, const decision::RoundDecision& decided
);

/// The code of the province a round calls "黑龙江" or "新疆（含兵团）"; empty: GB/T 2260 has none.
[[nodiscard]] std::string province_code(const std::string& name);

struct AwardListed {
    listing::EnforceResult result;
    std::int64_t winners = 0;            ///< packs that became or are entries
    std::vector<std::string> unmatched;  ///< winning packs no product of the catalogue is
};

/// Lists the winners of a round (listing::list_award) that the catalogue has: by their code, or by
/// supplier, name, spec and pack. The others are named: they are listed once the catalogue has
/// them.
AwardListed list_round_award(
    ports::Transaction& transaction,
    const listing::Doer& doer,
    const round::Round& round,
    const decision::RoundDecision& decided,
    const std::string& effective
);

}  // namespace jicai::web
