#pragma once

#include <engine/access/access.h>
#include <engine/ports/store.h>

#include <cstdint>
#include <map>
#include <mutex>

namespace jicai::web {

/// How many notices somebody has not read, remembered for a second like who they are: every page
/// shows it. What this process changed is seen at once: forget(). Safe to use from many threads.
class UnreadCounts {
public:
    explicit UnreadCounts(ports::Store& store) : store_(store) {}

    /// \pre actor.user != 0. Throws StoreUnavailable.
    [[nodiscard]] ports::NoticeCounts of(const access::Actor& actor);
    void forget();

private:
    struct Entry {
        ports::NoticeCounts counts;
        std::int64_t looked_up = 0;  ///< steady milliseconds
    };
    ports::Store& store_;
    std::mutex mutex_;
    std::map<std::int64_t, Entry> known_;
    std::int64_t generation_ = 0;
};

}  // namespace jicai::web
