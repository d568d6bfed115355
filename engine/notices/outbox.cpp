#include <engine/notices/outbox.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace jicai::notices {
namespace {

using ports::Delivery;
using ports::DeliveryState;
using ports::Moment;
using ports::SendOutcome;

constexpr std::int64_t kHoldMicros = 5 * ports::kMinute;

void note(
    Delivery& delivery, const ports::SendResult& result, const Retries& retries, Moment wall
) {
    delivery.failure = result.failure;
    delivery.next_at = wall;
    if (result.outcome == SendOutcome::sent) {
        delivery.state = DeliveryState::sent;
    } else if (result.outcome == SendOutcome::never || delivery.tries >= retries.tries_max) {
        delivery.state = DeliveryState::failed;
    } else {
        delivery.state = DeliveryState::waiting;
        delivery.next_at = ports::after(wall, wait_micros(retries, delivery.tries));
    }
}

}  // namespace

std::int64_t wait_micros(const Retries& retries, std::int64_t tries) {
    constexpr std::int64_t kLongest = 6 * ports::kHour;
    std::int64_t wait = std::max<std::int64_t>(1, retries.first_seconds) * ports::kSecond;
    for (std::int64_t i = 1; i < tries && wait < kLongest; ++i) wait *= 2;
    return std::min(wait, kLongest);
}

std::int64_t deliver(
    ports::Store& store,
    const Channels& channels,
    const Retries& retries,
    const Write& write,
    const std::function<Moment()>& wall,
    std::int64_t count
) {
    std::vector<Delivery> due;
    store.read([&](ports::Transaction& transaction) {
        due = transaction.notices().due(wall(), count);
    });
    std::int64_t tried = 0;
    for (Delivery& delivery : due) {
        std::optional<ports::Letter> letter;
        store.write([&](ports::Transaction& transaction) {
            letter.reset();
            if (!transaction.notices().hold(delivery, ports::after(wall(), kHoldMicros))) return;
            const auto notice = transaction.notices().notice(delivery.notice);
            if (notice) letter = write(transaction, delivery, *notice);
        });
        if (!letter) continue;
        ++delivery.tries;
        ++tried;
        const auto channel = channels.find(delivery.channel);
        const ports::SendResult result =
            letter->address.empty() ? ports::SendResult{SendOutcome::never, "no longer wanted"}
            : channel == channels.end()
                ? ports::SendResult{SendOutcome::never, "this channel is not set up"}
                : channel->second->send(*letter);
        note(delivery, result, retries, wall());
        store.write([&](ports::Transaction& transaction) { transaction.notices().finish(delivery); }
        );
    }
    return tried;
}

}  // namespace jicai::notices
