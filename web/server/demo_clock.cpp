#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <web/server/demo_clock.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <string>
#include <string_view>

namespace jicai::web {
namespace {

constexpr const char* kSetting = "clock";

std::int64_t wall_micros() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch()
    )
        .count();
}

/// Takes a number and the blank behind it from the front of `text`.
std::int64_t take_number(std::string_view& text) {
    std::int64_t number = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    JICAI_CHECK(error == std::errc());
    text.remove_prefix(static_cast<std::size_t>(at - text.data()));
    if (!text.empty()) text.remove_prefix(1);
    return number;
}

}  // namespace

std::int64_t DemoClock::Course::at(std::int64_t wall_now) const {
    return now + (wall_now - wall) * speed;
}

DemoClock::DemoClock() {
    course_.wall = course_.now = wall_micros();
}

ports::Moment DemoClock::wall() const {
    return {wall_micros()};
}

ports::Moment DemoClock::now() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    last_now_ = std::max(last_now_, course_.at(wall_micros()));
    return {last_now_};
}

std::int64_t DemoClock::speed() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return course_.speed;
}

void DemoClock::load(ports::SettingStore& settings) {
    const auto setting = settings.get(kSetting);
    if (!setting) return;
    std::string_view text = *setting;
    const std::int64_t wall = take_number(text);
    const std::int64_t now = take_number(text);
    const std::int64_t speed = take_number(text);
    const std::lock_guard<std::mutex> lock(mutex_);
    course_ = {.wall = wall, .now = now, .speed = speed};
}

void DemoClock::save(ports::SettingStore& settings, const Course& course) const {
    settings.set(
        kSetting,
        std::to_string(course.wall) + ' ' + std::to_string(course.now) + ' ' +
            std::to_string(course.speed)
    );
}

void DemoClock::save_speed(ports::SettingStore& settings, std::int64_t speed) const {
    JICAI_CHECK(speed >= 1 && speed <= 1440);
    save(settings, {.wall = wall_micros(), .now = now().micros, .speed = speed});
}

void DemoClock::save_now(ports::SettingStore& settings, ports::Moment to) const {
    const ports::Moment before = now();
    if (to < before) {
        throw ports::Refused(
            {"clock.backwards",
             {{"value", ports::beijing_text(to)}, {"now", ports::beijing_text(before)}}}
        );
    }
    save(settings, {.wall = wall_micros(), .now = to.micros, .speed = speed()});
}

}  // namespace jicai::web
