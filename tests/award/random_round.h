#pragma once

#include <engine/round/round.h>
#include <engine/rules/rulebook.h>

#include <cstdint>
#include <random>

namespace jicai::test {

/// A seeded round of one lot in the style of a national drug round: 1 to 12 bidders around the
/// interesting bounds, several specs and packs, an absent firm now and then, groups, demand in
/// every region. The same seed gives the same round everywhere.
[[nodiscard]] round::Round random_round(std::uint64_t seed, const rules::Rulebook& rulebook);

}  // namespace jicai::test
