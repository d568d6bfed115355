#pragma once

#include <engine/decision/json.h>
#include <engine/decision/round_decision.h>
#include <engine/money/price.h>
#include <engine/round/round.h>
#include <reports/say.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Why a company won or lost, in sentences with numbers and clauses: the recorded trace read aloud,
/// and what would have sufficed. Nothing is recomputed here.

namespace jicai::reports {

/// One sentence with the clause it stands on.
struct ExplainedLine {
    decision::Message message;
    std::string clause;    ///< empty where no clause speaks
    std::string evidence;  ///< official, replay, assumed ...
};

/// The sentence, its clause and evidence in brackets behind it.
[[nodiscard]] std::string sentence(const ExplainedLine& line, const Say& say);

/// key, text, arguments and, where they are, clause and evidence of each.
[[nodiscard]] decision::Json json_lines(const std::vector<ExplainedLine>& lines, const Say& say);

/// The recorded steps, as lines.
[[nodiscard]] std::vector<ExplainedLine> lines_of(const std::vector<decision::TraceStep>& trace);

struct CompanyExplanation {
    round::BidIndex bid;
    decision::Outcome outcome;
    ExplainedLine heading;  ///< explain.company
    std::vector<ExplainedLine> steps;
    std::vector<ExplainedLine>
        closing;  ///< the price that would have won, and where to object; losers only
};

struct LotExplanation {
    round::LotIndex lot;
    ExplainedLine heading;  ///< explain.lot
    std::vector<ExplainedLine> steps;
    std::vector<CompanyExplanation> companies;  ///< in the order of LotDecision::bids
};

/// What a price change alone would have done for a bid that did not win: the highest price per pack
/// that wins.
using WinningPrices = std::map<round::BidIndex, money::Price>;

/// The lot and its companies, or only the bids of `supplier`. `source` is the tender document's
/// number.
[[nodiscard]] LotExplanation explain(
    const round::Round& round,
    const decision::LotDecision& lot,
    const WinningPrices& winning_prices,
    const std::string& source,
    std::optional<round::SupplierIndex> supplier
);

/// Paragraphs for a terminal: one line per sentence, the clause and its evidence in brackets behind
/// it.
[[nodiscard]] std::string to_text(const LotExplanation& explanation, const Say& say);

[[nodiscard]] decision::Json to_json(
    const round::Round& round, const LotExplanation& explanation, const Say& say
);

}  // namespace jicai::reports
