#pragma once

#include <engine/product/price_ratio.h>
#include <engine/round/round.h>
#include <engine/rules/rulebook.h>

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// \file
/// Case files: one rule, one file; an input and its expected outcome on one line. The language has
/// no loops and no arithmetic:
///
///     world TITLE                                   begins a new round of one lot
///     rulebook ID
///     lot [class=general] [term=general] [base=普通片] [step=100] [regions=北京|天津]
///     spec NAME content=10 [ceiling=1.0000] [main]
///     demand SPEC REGION QUANTITY
///     bid SUPPLIER price=1.00 [spec=NAME] [form=普通片] [units=1] [group=G] [absent]
///     [own_lowest=1.00] [column=value ...] -> OUTCOME STEP [rank=1] [regions=16] ... pack SUPPLIER
///     form=普通片 content=20 units=14 -> 2.86 event KIND [SUPPLIER|-] [VALUE] prefer SUPPLIER
///     REGION REGION ... given PATH VALUE lot -> decided bidders=3 entrants=2 winners=2 percent=60
///     term=2 volume SPEC REGION -> 1200 supplies SUPPLIER -> 北京|天津 waits -> wait.tie refused
///     -> refusal.pick_taken noted -> step.tie_noted trace SUPPLIER -> step.gate_cut_passed
///
/// Right of the arrow stand words the actual outcome must contain, each of them. A world that
/// expects nothing is a fault.

namespace jicai::test {

struct CaseLine {
    std::size_t number;
    std::string text;
    std::vector<std::string> words;     ///< left of the arrow
    std::vector<std::string> expected;  ///< right of it
};

struct World {
    std::string title;
    std::string rulebook_id;
    std::vector<CaseLine> lines;
};

[[nodiscard]] std::vector<World> read_case_file(const std::filesystem::path& path);

/// The round a world describes. `first_given` are the world's given parameters.
[[nodiscard]] round::Round build_round(const World& world, const rules::Rulebook& rulebook);

/// Runs a world; returns one text per expectation that does not hold, empty when all do.
[[nodiscard]] std::vector<std::string> run_world(
    const World& world, const rules::Rulebook& rulebook, const product::PriceRatioRule& rule
);

}  // namespace jicai::test
