#pragma once

#include <engine/ports/refused.h>
#include <engine/ports/store.h>

#include <string>
#include <vector>

namespace jicai::notices {

/// Kinds of notices somebody may choose between; messages: word.notice_kind.<kind>.
[[nodiscard]] const std::vector<std::string>& notice_kinds();

/// Which channels the service offers.
struct Offered {
    bool email = false;
    bool sms = false;
    bool webhook = false;
};

/// Where a person wants to be told. Refused with, in order: channels.email, channels.phone,
/// channels.webhook (forms), channels.off (a channel the service does not offer), channels.changed
/// (somebody was faster). `settings.version` is the one that was read, 0: there was none.
void save_channels(
    ports::Transaction& transaction, const ports::ChannelSettings& settings, const Offered& offered
);

}  // namespace jicai::notices
