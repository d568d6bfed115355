#pragma once

#include <catalogs/messages/words.h>
#include <catalogs/rule_set/rule_set.h>
#include <engine/decision/round_decision.h>

#include <string>

namespace jicai::test {

/// A round of tests/data/rounds, decided with its trace.
struct PublishedRound {
    catalogs::RuledRound ruled;
    decision::RoundDecision decided;
};
[[nodiscard]] PublishedRound published_round(const std::string& id);

[[nodiscard]] catalogs::Words chinese();

}  // namespace jicai::test
