#pragma once

#include <engine/notices/channel_settings.h>
#include <web/server/services.h>
#include <web/server/unread_counts.h>

namespace jicai::web {

/// What the message centre keeps beside Services, as long as the service lives: how many notices
/// people have not read, and which channels are offered. Found by the Services they belong to.
class NoticeParts {
public:
    NoticeParts(const Services& services, const notices::Offered& offered);
    ~NoticeParts();
    NoticeParts(const NoticeParts&) = delete;
    NoticeParts& operator=(const NoticeParts&) = delete;

    /// \pre there are some (CHECKed)
    [[nodiscard]] static NoticeParts& of(const Services& services);

    UnreadCounts unread;
    notices::Offered offered;

private:
    const Services* services_;
};

}  // namespace jicai::web
