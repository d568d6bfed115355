#pragma once

#include <engine/ports/clock.h>
#include <engine/ports/store.h>

#include <cstdint>
#include <mutex>

namespace jicai::web {

/// The clock of the service. wall() is the machine's. now() is the same, unless the demo runs it at
/// another speed: then it goes on from where it was, `speed` times as fast. now() never goes back,
/// in a running service and over restarts; the setting is kept in the database. Safe to use from
/// many threads.
class DemoClock : public ports::Clock {
public:
    /// Runs at the machine's time.
    DemoClock();
    [[nodiscard]] ports::Moment now() const override;
    [[nodiscard]] ports::Moment wall() const override;
    /// How many seconds of now() pass in one second.
    [[nodiscard]] std::int64_t speed() const;

    /// Goes on as the database says.
    void load(ports::SettingStore& settings);
    /// Runs `speed` times as fast from here on; writes the setting. The clock itself changes when
    /// the caller's transaction is through: call load() then. \pre 1 <= speed <= 1440
    void save_speed(ports::SettingStore& settings, std::int64_t speed) const;
    /// Jumps to `to`. Refused with clock.backwards where that is before now().
    void save_now(ports::SettingStore& settings, ports::Moment to) const;

private:
    struct Course {
        std::int64_t wall = 0;  ///< microseconds: since then
        std::int64_t now = 0;   ///< microseconds: what now() was then
        std::int64_t speed = 1;
        [[nodiscard]] std::int64_t at(std::int64_t wall_micros) const;
    };
    void save(ports::SettingStore& settings, const Course& course) const;

    mutable std::mutex mutex_;
    mutable std::int64_t last_now_ = 0;
    Course course_;
};

}  // namespace jicai::web
