#pragma once

#include <catalogs/fault.h>
#include <engine/calendar/working_calendar.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Holiday files (catalogs/calendar/*.toml, docs/calendar.md): one year each.

namespace jicai::catalogs {

/// Larger files are refused unread.
inline constexpr std::size_t kCalendarBytesMax = 1'000'000;

struct LoadedYear {
    std::optional<calendar::Year> year;  ///< set when there is no fault
    std::vector<Fault> faults;           ///< all of the file, by line and column
};

/// `file_name` is what faults are shown with; nothing is opened. Unknown and missing keys, days
/// that do not exist or lie outside of the year (a holiday may reach into December before and
/// January after), holidays that end before they begin, days said twice, make-up days that are no
/// weekend, notices that are not listed are faults.
[[nodiscard]] LoadedYear load_calendar_year(std::string_view toml, const std::string& file_name);

/// The years the program carries. Throws BrokenInvariant when one of them is at fault.
[[nodiscard]] const std::vector<calendar::Year>& builtin_calendar_years();

/// `years` with `own` in place of the year of the same number.
[[nodiscard]] std::vector<calendar::Year> with_own_years(
    std::vector<calendar::Year> years, std::vector<calendar::Year> own
);

}  // namespace jicai::catalogs
