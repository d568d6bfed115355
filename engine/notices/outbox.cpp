#include <engine/notices/outbox.h>

#include <algorithm>
#include <exception>
#include <vector>

namespace jicai::notices {
namespace {

using ports::Delivery;
using ports::DeliveryState;
using ports::Letter;
using ports::Moment;
using ports::SendOutcome;

constexpr std::int64_t kHoldMicros = 5 * ports::kMinute;
/// Others may have taken the first ones in the meantime.
constexpr std::int64_t kTakenByOthers = 16;

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

/// False: somebody else has it, or its notice is gone.
bool hold(ports::Store& store, const Delivery& delivery, const std::function<Moment()>& wall) {
    bool held = false;
    store.write([&](ports::Transaction& transaction) {
        held = transaction.notices().hold(delivery, ports::after(wall(), kHoldMicros)) &&
               transaction.notices().notice(delivery.notice).has_value();
    });
    return held;
}

ports::SendResult send(const Channels& channels, const Delivery& delivery, const Letter& letter) {
    if (letter.address.empty()) return {SendOutcome::never, "no longer wanted"};
    const auto channel = channels.find(delivery.channel);
    if (channel == channels.end()) return {SendOutcome::never, "this channel is not set up"};
    return channel->second->send(letter);
}

/// A letter that cannot be written or sent is tried later, and holds up no other.
ports::SendResult one_try(
    ports::Store& store, const Channels& channels, const Write& write, const Delivery& delivery
) {
    try {
        Letter letter;
        store.write([&](ports::Transaction& transaction) {
            const auto notice = transaction.notices().notice(delivery.notice);
            letter = notice ? write(transaction, delivery, *notice) : Letter{};
        });
        return send(channels, delivery, letter);
    } catch (const ports::StoreUnavailable&) {
        throw;
    } catch (const std::exception&) {
        return {SendOutcome::later, "a fault of the service"};
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
        due = transaction.notices().due(wall(), count + kTakenByOthers);
    });
    std::int64_t tried = 0;
    for (Delivery& delivery : due) {
        if (tried == count) break;
        if (!hold(store, delivery, wall)) continue;
        ++delivery.tries;
        ++tried;
        note(delivery, one_try(store, channels, write, delivery), retries, wall());
        store.write([&](ports::Transaction& transaction) { transaction.notices().finish(delivery); }
        );
    }
    return tried;
}

}  // namespace jicai::notices
