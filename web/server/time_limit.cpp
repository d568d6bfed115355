#include <web/server/time_limit.h>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace jicai::web {

struct TimeLimit::Parts {
    mutable std::mutex mutex;
    std::condition_variable done;
    bool ended = false;
    bool over = false;
    std::vector<int> watched;  ///< copies: the owner's number may be another connection's by then
    std::thread waiting;

    void wait(std::chrono::milliseconds limit) {
        std::unique_lock lock(mutex);
        if (done.wait_for(lock, limit, [this] { return ended; })) return;
        over = true;
        for (const int copy : watched) ::shutdown(copy, SHUT_RDWR);
    }
};

TimeLimit::TimeLimit(std::chrono::milliseconds limit) : parts_(std::make_unique<Parts>()) {
    parts_->waiting = std::thread([parts = parts_.get(), limit] { parts->wait(limit); });
}

TimeLimit::~TimeLimit() {
    {
        const std::lock_guard lock(parts_->mutex);
        parts_->ended = true;
    }
    parts_->done.notify_all();
    parts_->waiting.join();
    for (const int copy : parts_->watched) ::close(copy);
}

void TimeLimit::watch(int descriptor) {
    const int copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    const std::lock_guard lock(parts_->mutex);
    if (copy >= 0) parts_->watched.push_back(copy);
    if (parts_->over || copy < 0) ::shutdown(descriptor, SHUT_RDWR);
}

bool TimeLimit::over() const {
    const std::lock_guard lock(parts_->mutex);
    return parts_->over;
}

}  // namespace jicai::web
