#include <web/server/connections.h>

#include <sys/socket.h>

#include <chrono>
#include <iterator>
#include <utility>

namespace jicai::web {
namespace {

constexpr std::chrono::milliseconds kLookEvery{100};
constexpr std::int64_t kPatienceMillis = 1000;  ///< with an unfinished head, when crowded
constexpr std::int64_t kIdleMillis = 100;       ///< when others wait

}  // namespace

std::int64_t steady_millis() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch()
    )
        .count();
}

Connections::Connections(std::function<Load()> load) : load_(std::move(load)) {
    thread_ = std::thread([this] { watch(); });
}

Connections::~Connections() {
    ended_ = true;
    thread_.join();
}

Connections::Watched::Watched(Connections& all, int socket) : all_(all) {
    const std::lock_guard<std::mutex> lock(all_.mutex_);
    all_.all_.emplace_back();
    at_ = std::prev(all_.all_.end());
    at_->socket = socket;
    at_->deadline = steady_millis() + 5000;
    at_->idle_since = steady_millis();
}

Connections::Watched::~Watched() {
    const std::lock_guard<std::mutex> lock(all_.mutex_);
    all_.all_.erase(at_);
}

std::int64_t Connections::live() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return static_cast<std::int64_t>(all_.size());
}

void Connections::drain() {
    draining_ = true;
    look();
}

void Connections::shut_all() {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (ConnectionState& connection : all_) ::shutdown(connection.socket, SHUT_RDWR);
}

void Connections::watch() {
    while (!ended_) {
        look();
        std::this_thread::sleep_for(kLookEvery);
    }
}

void Connections::look() {
    const Load load = load_();
    const std::int64_t now = steady_millis();
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto threads = static_cast<std::int64_t>(all_.size());
    const bool crowded = threads * 4 > load.threads_max * std::int64_t{3};
    const bool full = load.queued > 0 && threads >= load.threads_max;
    crowded_ = crowded;
    for (ConnectionState& connection : all_) {
        const std::int64_t idle = connection.idle_since;
        const bool late = now > connection.deadline;
        const bool makes_room = idle != 0 && (draining_ || (full && now - idle > kIdleMillis) ||
                                              (crowded && now - idle > kPatienceMillis));
        if (late || makes_room) ::shutdown(connection.socket, SHUT_RDWR);
    }
}

}  // namespace jicai::web
