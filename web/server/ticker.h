#pragma once

#include <engine/ports/clock.h>
#include <engine/ports/store.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace jicai::web {

/// Stores the passages of rounds that happen by themselves, within a second of the clock's time.
/// Readers need no ticker: they see the stage that holds (engine/setup/position.h). A passage is
/// one transaction; what a crash leaves undone the next start does. Several processes may tick over
/// one database: each passage is stored once.
class Ticker {
public:
    /// Starts its thread. `say` is told of a fault of our own, once for each time it changes.
    Ticker(
        ports::Store& store,
        const ports::Clock& clock,
        std::function<void(const std::string& what)> say
    );
    ~Ticker();
    Ticker(const Ticker&) = delete;
    Ticker& operator=(const Ticker&) = delete;

    /// One round of work, as the thread does it: how many passages were stored.
    static int tick(ports::Store& store, const ports::Clock& clock);

private:
    void run();

    ports::Store& store_;
    const ports::Clock& clock_;
    std::function<void(const std::string&)> say_;
    std::mutex mutex_;
    std::condition_variable ending_;
    bool ends_ = false;
    std::thread thread_;
};

}  // namespace jicai::web
