#pragma once

#include <engine/rules/parameter_list.h>
#include <engine/rules/rulebook.h>
#include <reports/say.h>
#include <reports/table.h>

#include <string>
#include <vector>

/// \file
/// A rulebook as a page people can read, and the difference of two rulebooks as a table. Values
/// without official or replayed evidence and open points are flagged with a word.

namespace jicai::reports {

/// Whether a parameter rests on something weaker than the office's text or published results.
[[nodiscard]] bool is_flagged(const rules::ParameterRow& row);

struct PageStyle {
    bool color = false;
    bool english = false;  ///< titles of the rulebook and of tie keys
};

/// Heading, one section per stage in the order of execution, the reporting, then the flagged
/// parameters once more.
[[nodiscard]] std::string rulebook_page(
    const rules::Rulebook& rulebook, const Say& say, const PageStyle& style
);

/// {"id","title","kind","source","digest","stages":[{"kind","title","parameters":[…]}],"flagged":[…],
/// "text"}: the page as data. A parameter: {"path","name","value","unit","clause","evidence",
/// "evidence_text","flagged"}, in the reader's words.
[[nodiscard]] decision::Json rulebook_json(
    const rules::Rulebook& rulebook, const Say& say, bool english
);

/// path, value, unit, clause, evidence, flag (open, assumed, given, reported, secondary; empty:
/// well evidenced)
[[nodiscard]] Table rulebook_table(const rules::Rulebook& rulebook);

/// The flagged rows of what the file names: what a result rests on besides the office's text and
/// published results, and open points.
[[nodiscard]] Table weak_values(const rules::Rulebook& rulebook);

/// The same with what is assumed of the reporting: what a round rests on as a whole, and officers
/// take as it is before the notice.
[[nodiscard]] Table values_to_accept(const rules::Rulebook& rulebook);

struct ParameterCounts {
    std::int64_t all = 0;
    std::int64_t flagged = 0;  ///< without open ones
    std::int64_t open = 0;
};
[[nodiscard]] ParameterCounts count_parameters(const rules::Rulebook& rulebook);

/// path, value_a, value_b, clause_a, clause_b, matters (1: a result can depend on it; 0: only
/// clause or evidence differ)
[[nodiscard]] Table rulebook_difference(const rules::Rulebook& a, const rules::Rulebook& b);

}  // namespace jicai::reports
