#pragma once

#include <engine/access/access.h>
#include <engine/ports/store.h>

#include <string>
#include <string_view>
#include <vector>

namespace jicai::notices {

/// How a deadline stands for whoever asks. open: time is left. done: what it asks was done, or it
/// asked nothing of them and has passed. late: it has passed, and may still be made good. locked:
/// it has passed, nothing can be changed any more.
enum class CalendarState { open, done, late, locked };
/// "open"; messages: word.calendar_state.<name>.
[[nodiscard]] std::string_view name_of(CalendarState state);

/// One deadline in the reporting calendar.
struct CalendarEntry {
    ports::Moment at;
    std::string round;
    std::string title;  ///< of the round
    /// A stage's name ("volume_reporting": its end), "late_filing", "sign_notice"; messages:
    /// word.calendar_what.<what>.
    std::string what;
    CalendarState state = CalendarState::open;
    std::string link;
};

/// Deadlines from `from` (included) to `until` (excluded): ends of the stages of every round the
/// actor may know of, leave to report late, notices to be signed for. By moment.
[[nodiscard]] std::vector<CalendarEntry> reporting_calendar(
    ports::Transaction& transaction,
    const access::Actor& actor,
    ports::Moment from,
    ports::Moment until,
    ports::Moment now
);

}  // namespace jicai::notices
