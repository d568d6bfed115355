#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

/// \file
/// Deadlines of all connections, whatever they wait in: a handshake, a head that drips in, a body,
/// an answer that nobody takes. A thread of its own shuts down the socket of whoever is late, so
/// that no client can hold a thread of the service.

namespace jicai::web {

/// Milliseconds of the machine's steady clock.
[[nodiscard]] std::int64_t steady_millis();

/// One connection, as the watch sees it.
struct ConnectionState {
    int socket = -1;
    std::atomic<std::int64_t> deadline{0};  ///< steady_millis
    std::atomic<std::int64_t> idle_since{
        0};  ///< no byte of a request is there since then; 0: one is
};

/// Live connections and the thread that watches them.
class Connections {
public:
    /// What the listener has, asked at every look.
    struct Load {
        int threads_max = 0;  ///< there are
        int queued = 0;       ///< connections nobody serves yet
    };

    explicit Connections(std::function<Load()> load);
    ~Connections();
    Connections(const Connections&) = delete;
    Connections& operator=(const Connections&) = delete;

    /// Watched from now until the returned handle goes.
    class Watched {
    public:
        Watched(Connections& all, int socket);
        ~Watched();
        Watched(const Watched&) = delete;
        Watched& operator=(const Watched&) = delete;
        ConnectionState& state() { return *at_; }

    private:
        Connections& all_;
        std::list<ConnectionState>::iterator at_;
    };

    /// More than three quarters of the threads are busy: connections are not kept open.
    [[nodiscard]] bool crowded() const { return crowded_.load(std::memory_order_relaxed); }
    /// Connections that are idle are shut down at once and no new request is awaited.
    void drain();
    /// Every connection is shut down, whatever it is at.
    void shut_all();
    [[nodiscard]] bool draining() const { return draining_.load(std::memory_order_relaxed); }
    [[nodiscard]] std::int64_t live() const;

private:
    void watch();
    void look();

    std::function<Load()> load_;
    mutable std::mutex mutex_;
    std::list<ConnectionState> all_;
    std::atomic<bool> crowded_{false};
    std::atomic<bool> draining_{false};
    std::atomic<bool> ended_{false};
    std::thread thread_;
};

}  // namespace jicai::web
