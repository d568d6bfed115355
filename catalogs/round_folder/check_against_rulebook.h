#pragma once

#include <catalogs/fault.h>
#include <engine/round/round.h>
#include <engine/rules/rulebook.h>

#include <vector>

/// \file
/// What a round folder can be told wrong only with the rulebook at hand.

namespace jicai::catalogs {

/// All faults of a loaded round against the rulebooks that are to decide it, lots.csv before
/// bids.csv, within a file by row. Of one file at most kFaultsShownMax are described.
/// - lots.csv, volume_class and term_class (volume_class_unknown, term_class_unknown): none of the
///   rulebooks has the class in agreed_volume.percent, or in term.years. A rulebook list that is
///   empty allows every class.
/// - bids.csv, a column that no rulebook knows but that is nearly a tie key of one, or its title
///   (tie_column_near).
/// - bids.csv, cells of tie keys that are not empty: a number of at most six decimals and
///   10^12 (the number_* faults), a real day YYYY-MM-DD (tie_date_malformed), or one of 1, 0, 是,
///   否, true, false (tie_flag_unknown).
/// A dosage form that the price-ratio rule does not know is no fault: the lot waits.
[[nodiscard]] std::vector<Fault> check_against_rulebooks(
    const round::Round& round, const std::vector<const rules::Rulebook*>& rulebooks
);

/// The same with one rulebook.
[[nodiscard]] std::vector<Fault> check_against_rulebook(
    const round::Round& round, const rules::Rulebook& rulebook
);

}  // namespace jicai::catalogs
