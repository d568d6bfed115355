#include <engine/calendar/deadline.h>
#include <engine/money/check.h>

namespace jicai::calendar {
namespace {

constexpr std::int64_t kBeijing = 8 * ports::kHour;

}  // namespace

Deadline deadline_at(Day day, std::int32_t second_of_day) {
    JICAI_CHECK(second_of_day >= 0 && second_of_day <= kSecondsOfDay);
    JICAI_CHECK(day >= first_day(kYearMin) && day < first_day(kYearMax));
    return {{day.number * ports::kDay - kBeijing + second_of_day * ports::kSecond}};
}

Day beijing_day(ports::Moment moment) {
    const std::int64_t local = moment.micros + kBeijing;
    JICAI_CHECK(local >= 0);
    return {static_cast<std::int32_t>(local / ports::kDay)};
}

std::int32_t beijing_second(ports::Moment moment) {
    const std::int64_t local = moment.micros + kBeijing;
    JICAI_CHECK(local >= 0);
    return static_cast<std::int32_t>(local % ports::kDay / ports::kSecond);
}

}  // namespace jicai::calendar
