#pragma once

#include <engine/ports/clock.h>
#include <engine/ports/store.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace jicai::web {

class LiveVolumes;

/// Reads the reports of all rounds in reporting and confirmation into memory, once, in a thread of
/// its own: the service answers meanwhile, and who asks for sums first need not wait for tens of
/// thousands of reports. A round whose reading fails is read when somebody asks.
class VolumeLoading {
public:
    /// Starts its thread. `say` is told of a fault of our own.
    VolumeLoading(
        ports::Store& store,
        const ports::Clock& clock,
        LiveVolumes& volumes,
        std::function<void(const std::string& what)> say
    );
    /// Waits for the round being read, and reads no other.
    ~VolumeLoading();
    VolumeLoading(const VolumeLoading&) = delete;
    VolumeLoading& operator=(const VolumeLoading&) = delete;

private:
    void run();

    ports::Store& store_;
    const ports::Clock& clock_;
    LiveVolumes& volumes_;
    std::function<void(const std::string&)> say_;
    std::atomic<bool> ends_ = false;
    std::thread thread_;
};

}  // namespace jicai::web
