#include <web/server/rate_limit.h>

#include <algorithm>
#include <functional>

namespace jicai::web {
namespace {

constexpr std::int64_t kToken = 60'000;  ///< one token: what per_minute 1 brings in 60,000 ms
constexpr std::int64_t kLongestPause = 3'600'000;

}  // namespace

std::int64_t TokenBuckets::take(
    const std::string& name, std::int64_t per_minute, std::int64_t now_millis
) {
    const std::int64_t full = std::max(burst_min_, per_minute / 6) * kToken;
    Shard& shard = shards_[std::hash<std::string>{}(name) % kShards];
    const std::lock_guard<std::mutex> lock(shard.mutex);
    if (shard.buckets.size() >= kShardMax) {
        // A bucket untouched for a minute is full again, whatever its rate, or nearly so.
        for (auto at = shard.buckets.begin(); at != shard.buckets.end();) {
            at = now_millis - at->second.at > 60'000 ? shard.buckets.erase(at) : std::next(at);
        }
    }
    const auto [at, is_new] = shard.buckets.try_emplace(name, Bucket{full, now_millis});
    Bucket& bucket = at->second;
    if (!is_new) {
        const std::int64_t pause =
            std::clamp<std::int64_t>(now_millis - bucket.at, 0, kLongestPause);
        bucket.tokens = std::min(full, bucket.tokens + pause * per_minute);
        bucket.at = now_millis;
    }
    if (bucket.tokens >= kToken) {
        bucket.tokens -= kToken;
        return 0;
    }
    const std::int64_t millis = (kToken - bucket.tokens + per_minute - 1) / per_minute;
    return std::max<std::int64_t>(1, (millis + 999) / 1000);
}

}  // namespace jicai::web
