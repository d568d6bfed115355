#pragma once

#include <engine/notices/channel_settings.h>
#include <web/server/unread_counts.h>

namespace jicai::web {

/// What the message centre keeps as long as the service lives: how many notices people have not
/// read, and which channels are offered.
struct NoticeParts {
    UnreadCounts unread;
    notices::Offered offered;
};

}  // namespace jicai::web
