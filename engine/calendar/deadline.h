#pragma once

#include <engine/calendar/day.h>
#include <engine/ports/clock.h>

#include <cstdint>

/// \file
/// Deadlines at the second, in Beijing time (UTC+8 all year).

namespace jicai::calendar {

inline constexpr std::int32_t kSecondsOfDay = 86'400;

/// Until when something may be done. What happens at this moment is too late, what happens a
/// microsecond before is in time: "until 10:00" ends when the clock shows 10:00:00.
struct Deadline {
    ports::Moment moment;
    friend auto operator<=>(const Deadline&, const Deadline&) = default;
};

/// When the clock in Beijing shows `second_of_day` on `day`. 86,400 is the end of the day, where a
/// period ends that names no hour (Art. 203 of the Civil Code: 24:00). \pre 0 <= second_of_day <=
/// kSecondsOfDay; day in 1970 to 9998
[[nodiscard]] Deadline deadline_at(Day day, std::int32_t second_of_day);
[[nodiscard]] inline Deadline end_of(Day day) {
    return deadline_at(day, kSecondsOfDay);
}

/// Whether `now` is before the deadline.
[[nodiscard]] inline bool in_time(ports::Moment now, const Deadline& deadline) {
    return now < deadline.moment;
}

/// The day the calendar in Beijing shows. \pre from 1970-01-01 on, Beijing time
[[nodiscard]] Day beijing_day(ports::Moment moment);
/// Seconds since midnight in Beijing, rounded down.
[[nodiscard]] std::int32_t beijing_second(ports::Moment moment);

}  // namespace jicai::calendar
