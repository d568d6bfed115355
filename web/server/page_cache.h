#pragma once

#include <web/server/answer.h>

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace jicai::web {

/// Answers by the text of everything they depend on. Bounded by bytes: what was asked for longest
/// ago leaves first. Safe to use from many threads; a lookup copies no body.
class PageCache {
public:
    explicit PageCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// Null when it is not there.
    [[nodiscard]] std::shared_ptr<const Answer> find(std::string_view key);
    /// An answer larger than an eighth of the whole is not kept.
    void keep(std::string key, std::shared_ptr<const Answer> answer);

    [[nodiscard]] std::size_t bytes() const;
    [[nodiscard]] std::size_t pages() const;

private:
    struct Page {
        std::string key;
        std::shared_ptr<const Answer> answer;
        std::size_t bytes;
    };
    using Pages = std::list<Page>;

    const std::size_t bytes_max_;
    mutable std::mutex mutex_;
    Pages pages_;  ///< asked for last in front
    std::unordered_map<std::string_view, Pages::iterator> by_key_;
    std::size_t bytes_ = 0;
};

}  // namespace jicai::web
