#pragma once

#include <engine/access/access.h>
#include <engine/ports/store.h>
#include <engine/procedure/acts.h>
#include <engine/procedure/stages.h>

#include <string>
#include <vector>

/// \file
/// Where a round stands at a moment, and what may be done then. The stored stage of a round is what
/// somebody or the ticker wrote; the stage that holds follows from the deadlines, at the very
/// second. Everybody asks here, never StoredRound::stage alone.

namespace jicai::setup {

/// A passage that happens by itself.
struct Due {
    procedure::Stage from;
    procedure::Stage to;
    ports::Moment at;  ///< from when on the round is in `to`
};

/// The passages that happen by themselves from the stored stage on, in order, as things stand now:
/// past ones that nobody has stored yet, and future ones. None leads into a stage that is over by
/// its own deadline when it would begin.
[[nodiscard]] std::vector<Due> course_of(
    ports::Transaction& transaction, const ports::StoredRound& round
);

/// Stage, deadline of that stage, and `now`.
[[nodiscard]] procedure::Position position_of(
    ports::Transaction& transaction, const ports::StoredRound& round, ports::Moment now
);

/// The round as it stands at `now`, with every passage that is due stored as by pass_due(): for
/// whoever is going to change it. Refused with round.not_found.
[[nodiscard]] ports::StoredRound settled(
    ports::Transaction& transaction, const std::string& round, ports::Moment now
);

/// Stores the passages of `round` that are due at `now` and tells those who take part, each once,
/// whoever else does the same; the ticker's work. Returns them.
std::vector<Due> pass_due(
    ports::Transaction& transaction, const std::string& round, ports::Moment now
);

/// Refused with procedure.not_at_this_stage, procedure.not_yours or procedure.too_late unless
/// `actor`'s roles may do `act` in `round` now. Whose the object is, is asked of engine/access.
void need_act(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    procedure::Act act,
    const access::Actor& actor,
    ports::Moment now
);

/// The words of the kind in round.toml. \pre one of them (CHECKed)
[[nodiscard]] procedure::RoundKind kind_of(const ports::StoredRound& round);

/// "signed_by_two|term_over": a list as messages take it (arguments acts, roles, conditions,
/// round_stages, and what is named so in catalogs/messages/words.cpp).
template <typename Name>
[[nodiscard]] std::string listed(const std::vector<Name>& names) {
    std::string text;
    for (const Name& name : names) {
        if (!text.empty()) text += '|';
        text += name_of(name);
    }
    return text;
}

}  // namespace jicai::setup
