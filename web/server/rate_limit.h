#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <unordered_map>

namespace jicai::web {

/// Token buckets by name ("session:…", "address:…"). A bucket fills evenly and holds what ten
/// seconds bring, at least `burst_min`. Safe to use from many threads.
class TokenBuckets {
public:
    explicit TokenBuckets(std::int64_t burst_min) : burst_min_(burst_min) {}

    /// Takes a token out of `name`'s bucket. 0, or in how many seconds there is one.
    /// \pre per_minute > 0
    [[nodiscard]] std::int64_t take(
        const std::string& name, std::int64_t per_minute, std::int64_t now_millis
    );

private:
    struct Bucket {
        std::int64_t tokens = 0;  ///< in 1/60000 of a token
        std::int64_t at = 0;      ///< milliseconds
    };
    struct Shard {
        std::mutex mutex;
        std::unordered_map<std::string, Bucket> buckets;
    };
    static constexpr std::size_t kShards = 16;
    static constexpr std::size_t kShardMax = 4096;  ///< full buckets are forgotten above this

    std::int64_t burst_min_;
    std::array<Shard, kShards> shards_;
};

}  // namespace jicai::web
