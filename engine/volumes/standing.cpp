#include <engine/setup/position.h>
#include <engine/volumes/standing.h>

namespace jicai::volumes {

procedure::Position standing(
    ports::Transaction& transaction, const ports::StoredRound& round, ports::Moment now
) {
    return setup::position_of(transaction, round, now);
}

void need_act(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    procedure::Act act,
    const Doer& doer
) {
    setup::need_act(transaction, round, act, doer.actor, doer.now);
}

}  // namespace jicai::volumes
