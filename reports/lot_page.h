#pragma once

#include <engine/decision/json.h>
#include <engine/decision/round_decision.h>
#include <engine/round/round.h>
#include <reports/explain.h>
#include <reports/round_tables.h>

#include <string>

/// \file
/// One lot as a page: every bid with its reasons, and a picture of the bids against the ceiling and
/// the limits they were tested by. Everything is read from the decision and its trace.

namespace jicai::reports {

/// {"lot","name","status","status_text","text","steps","volumes":{"total","unit"},"columns","bids",
/// "chart","previous","next"}. `source` is the tender document's number. Without results: the lot,
/// and of the bids shown what was handed in; no steps, no chart. With `shown.only`: the chart has
/// no bars or limits, for both tell others' prices.
[[nodiscard]] decision::Json lot_page(
    const round::Round& round,
    const decision::LotDecision& lot,
    const WinningPrices& winning_prices,
    const std::string& source,
    const BidsShown& shown,
    const Say& say
);

/// {"unit","ceiling","gates":[{"name","text","price"}],"bars":[{"supplier","name","spec","price",
/// "ceiling","outcome","outcome_text"}]}. A gate's price is the limit its step names, in the order
/// in which the steps name them, each once; empty where a step states no price a reader could draw
/// (a cut that was reached). A bar's price is the unit comparable price, for an unranked bid of the
/// reference spec its unit price; empty where neither is known.
[[nodiscard]] decision::Json lot_chart(
    const round::Round& round, const decision::LotDecision& lot, const Say& say
);

}  // namespace jicai::reports
