#pragma once

#include <engine/ports/channel.h>
#include <engine/ports/store.h>

#include <cstdint>
#include <functional>
#include <map>

namespace jicai::notices {

/// How a delivery is tried again.
struct Retries {
    std::int64_t first_seconds = 60;  ///< after the first failure; doubles, up to six hours
    std::int64_t tries_max = 12;      ///< then it is given up
};
/// \pre tries >= 1
[[nodiscard]] std::int64_t wait_micros(const Retries& retries, std::int64_t tries);

/// The channels there are.
using Channels = std::map<ports::Channel, ports::MessageChannel*>;

/// Makes a letter of a delivery: words in its person's language, the secret opened. Without an
/// address it is not sent: its person wants it no longer.
using Write =
    std::function<ports::Letter(ports::Transaction&, const ports::Delivery&, const ports::Notice&)>;

/// Takes deliveries that are due, at most `count`, and tries each once. Another thread or process
/// does not take them meanwhile; one whose process died comes back five minutes later with the same
/// id. Where `write` or a channel throws, the delivery is tried again later like one that failed,
/// and the others go on. Returns how many were tried. `wall` is asked anew for every delivery.
/// Errors: those of the store.
std::int64_t deliver(
    ports::Store& store,
    const Channels& channels,
    const Retries& retries,
    const Write& write,
    const std::function<ports::Moment()>& wall,
    std::int64_t count
);

}  // namespace jicai::notices
