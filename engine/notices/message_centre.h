#pragma once

#include <engine/notices/notify.h>
#include <engine/ports/refused.h>

#include <optional>
#include <string>
#include <vector>

/// \file
/// What people do in the message centre: send, open, sign for. Refusals are ports::Refused.

namespace jicai::notices {

/// What somebody wrote to an audience.
struct Draft {
    std::string round = {};
    std::string title = {};
    std::string text = {};
    ports::Audience audience = {};
    bool must_sign = false;
    std::optional<ports::Moment> due = {};
};

/// Sends a notice of kind "message" in the name of the actor's organisation. Somebody who may send
/// to their region only reaches nobody outside of it: organisations and `within` must lie in it,
/// and without both the whole region is meant. Refused with, in order: notices.title_missing,
/// notices.outside_region, notices.organisation, notices.round, notices.due_past. \pre the actor
/// may send_notices
std::int64_t send(
    ports::Transaction& transaction,
    const access::Actor& actor,
    const Draft& draft,
    ports::Moment now
);

/// A notice as the actor finds it: addressed to them, or sent by their organisation. Refused with
/// notices.not_found.
[[nodiscard]] ports::ReadNotice open(
    ports::Transaction& transaction, const access::Actor& actor, std::int64_t id
);

/// Notes that the actor has read it and, with `sign`, signs for it in the name of their
/// organisation; a second signature changes nothing. Only for whom it is addressed to. Refused with
/// notices.not_found, notices.nothing_to_sign.
[[nodiscard]] ports::ReadNotice receive(
    ports::Transaction& transaction,
    const access::Actor& actor,
    const std::string& name,
    std::int64_t id,
    bool sign,
    ports::Moment now
);

/// Which recipients of a notice somebody may look at: all of it for whoever may send everywhere,
/// those of their region for whoever may send there; nothing: none of them.
struct ReceiptsView {
    std::string within;  ///< empty: all
};
[[nodiscard]] std::optional<ReceiptsView> receipts_view(const access::Actor& actor);

}  // namespace jicai::notices
