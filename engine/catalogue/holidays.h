#pragma once

#include <engine/calendar/working_calendar.h>
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

/// Puts in the years the program brings, where they are not there or are others. What an
/// administrator entered stays. Returns how many were put in.
std::size_t put_shipped_years(
    ports::Transaction& transaction, const std::vector<calendar::Year>& years, ports::Moment now
);

}  // namespace jicai::catalogue
