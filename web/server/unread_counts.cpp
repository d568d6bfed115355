#include <engine/notices/notify.h>
#include <web/server/connections.h>
#include <web/server/unread_counts.h>

namespace jicai::web {
namespace {

constexpr std::int64_t kFreshMillis = 1000;
constexpr std::size_t kKnownMax = 20'000;

}  // namespace

ports::NoticeCounts UnreadCounts::of(const access::Actor& actor) {
    const std::int64_t now = steady_millis();
    std::int64_t generation = 0;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto known = known_.find(actor.user);
        if (known != known_.end() && now - known->second.looked_up < kFreshMillis) {
            return known->second.counts;
        }
        generation = generation_;
    }
    ports::NoticeCounts counts;
    store_.read([&](ports::Transaction& transaction) {
        counts = transaction.notices().counts(notices::reader_of(actor));
    });
    const std::lock_guard<std::mutex> lock(mutex_);
    if (known_.size() >= kKnownMax) known_.clear();
    if (generation == generation_) known_[actor.user] = {counts, now};
    return counts;
}

void UnreadCounts::forget() {
    const std::lock_guard<std::mutex> lock(mutex_);
    ++generation_;
    known_.clear();
}

}  // namespace jicai::web
