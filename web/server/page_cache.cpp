#include <web/server/page_cache.h>

#include <utility>

namespace jicai::web {
namespace {

constexpr std::size_t kBytesBesides = 300;  // of list, map and answer, about
constexpr std::size_t kLargestShare = 8;

}  // namespace

std::shared_ptr<const Answer> PageCache::find(std::string_view key) {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    pages_.splice(pages_.begin(), pages_, found->second);
    return found->second->answer;
}

void PageCache::keep(std::string key, std::shared_ptr<const Answer> answer) {
    const std::size_t bytes = answer->body->size() + key.size() + kBytesBesides;
    if (bytes > bytes_max_ / kLargestShare) return;
    const std::lock_guard lock(mutex_);
    if (by_key_.count(key) > 0) return;  // another thread was faster
    pages_.push_front({std::move(key), std::move(answer), bytes});
    by_key_.emplace(pages_.front().key, pages_.begin());
    bytes_ += bytes;
    while (bytes_ > bytes_max_) {
        const Page& last = pages_.back();
        bytes_ -= last.bytes;
        by_key_.erase(last.key);
        pages_.pop_back();
    }
}

std::size_t PageCache::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

std::size_t PageCache::pages() const {
    const std::lock_guard lock(mutex_);
    return pages_.size();
}

}  // namespace jicai::web
