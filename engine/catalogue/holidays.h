#pragma once

#include <engine/calendar/working_calendar.h>
#include <engine/ports/refused.h>
#include <engine/ports/store.h>

#include <vector>

namespace jicai::catalogue {

/// The working days that deadlines of rounds count in: every year the program brings, and an
/// administrator's own in front of it. Reads three small tables.
[[nodiscard]] calendar::WorkingCalendar calendar(ports::Transaction& transaction);

/// A year as the store keeps it, and back. `own`: entered here, not shipped.
[[nodiscard]] ports::StoredYear stored(
    const calendar::Year& year, bool own, ports::Moment changed_at
);
/// \pre days and evidence as `stored` writes them (CHECKed)
[[nodiscard]] calendar::Year year_of(const ports::StoredYear& year);

/// What is wrong with a year somebody enters, each at its JSON pointer: catalogue.year_empty,
/// catalogue.notice_*, catalogue.holiday_*, catalogue.make_up_*, catalogue.year_contradicts
/// (another year says otherwise of a day). `others`: the years it must agree with.
[[nodiscard]] std::vector<ports::FieldFault> faults_of_year(
    const ports::StoredYear& year, const std::vector<calendar::Year>& others
);

/// Puts an administrator's year in front of the shipped one; one without holidays takes it away
/// again. `version` is that of the own year that was read, 0: there was none. Throws Refused:
/// catalogue.year_unknown (nothing to take away), people.changed, and the first of faults_of_year.
[[nodiscard]] ports::AuditEntry change_year(
    ports::Transaction& transaction, const ports::StoredYear& year, std::int64_t version
);

/// Puts in the years the program brings, where they are not there or are others. What an
/// administrator entered stays. Returns how many were put in.
std::size_t put_shipped_years(
    ports::Transaction& transaction, const std::vector<calendar::Year>& years, ports::Moment now
);

}  // namespace jicai::catalogue
