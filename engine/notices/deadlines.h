#pragma once

#include <engine/calendar/working_calendar.h>
#include <engine/ports/store.h>
#include <engine/rules/parameter.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Deadlines of rounds as people are told of them: reminders beforehand, and who is concerned.

namespace jicai::notices {

/// How long before a deadline people are reminded. No document says so: ours, hence assumed.
struct Lead {
    const char* name;         ///< "three_working_days": word.reminder.<name>
    int working_days = 0;     ///< that many working days before, at the same time of day; or
    std::int64_t micros = 0;  ///< that long before
    rules::Evidence evidence = rules::Evidence::assumed;
};
/// The longest first.
[[nodiscard]] const std::vector<Lead>& leads();

/// When the reminder is due. Where the calendar does not know the year, calendar days count.
[[nodiscard]] ports::Moment reminder_at(
    const Lead& lead, const calendar::WorkingCalendar& calendar, ports::Moment deadline
);

/// The reminder that holds at `now`: the last whose time has come. Nothing: none yet, or the
/// deadline has passed.
[[nodiscard]] const Lead* lead_at(
    const calendar::WorkingCalendar& calendar, ports::Moment deadline, ports::Moment now
);

/// Whom the end of a stage concerns: those whose acts it ends. Empty: nobody acts then.
[[nodiscard]] std::vector<access::Role> concerned(access::Stage stage);

/// A reminder that is to be given.
struct Reminder {
    std::string round;
    access::Stage stage = access::Stage::draft;
    ports::Moment deadline;
    const Lead* lead = nullptr;
    /// Names it for ever; a moved deadline has reminders of its own.
    [[nodiscard]] std::string once() const;
};

/// Reminders that hold at `now`, given or not: of the running stage of every round.
[[nodiscard]] std::vector<Reminder> reminders_at(
    ports::Transaction& transaction, const calendar::WorkingCalendar& calendar, ports::Moment now
);

/// Gives them. Each is given once, whichever process does it, however often. Returns how many were.
std::int64_t remind(
    ports::Transaction& transaction, const std::vector<Reminder>& reminders, ports::Moment now
);

}  // namespace jicai::notices
