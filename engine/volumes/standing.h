#pragma once

#include <engine/access/access.h>
#include <engine/ports/store.h>
#include <engine/procedure/acts.h>

#include <string>

namespace jicai::volumes {

/// Who does something, when.
struct Doer {
    access::Actor actor;
    std::string login;
    std::string name;
    ports::Moment now;
};

/// Where the round stands at `now`.
[[nodiscard]] procedure::Position standing(
    ports::Transaction& transaction, const ports::StoredRound& round, ports::Moment now
);

/// Refused with procedure.* unless the doer's roles may do `act` now.
void need_act(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    procedure::Act act,
    const Doer& doer
);

}  // namespace jicai::volumes
