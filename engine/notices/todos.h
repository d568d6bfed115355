#pragma once

#include <engine/access/access.h>
#include <engine/decision/message.h>
#include <engine/ports/store.h>

#include <optional>
#include <string>
#include <vector>

namespace jicai::notices {

/// Something that waits for whoever asks.
struct Todo {
    decision::Message message;  ///< todo.<what>
    std::string link;           ///< where it is done
    std::optional<ports::Moment> due;
};

/// What waits for the actor: notices to sign for and to read; of every round they may know of what
/// its stage asks of their roles (reports to write, approve, confirm; a rulebook to sign; questions
/// to answer; corrections to confirm; promises to give; bids to open, to witness). The soonest due
/// first, then those without a due moment.
[[nodiscard]] std::vector<Todo> todos(
    ports::Transaction& transaction, const access::Actor& actor, ports::Moment now
);

/// The soonest due first, then those without a due moment; else as they are.
void sort_by_due(std::vector<Todo>& todos);

}  // namespace jicai::notices
