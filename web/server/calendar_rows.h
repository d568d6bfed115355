#pragma once

#include <catalogs/messages/words.h>
#include <engine/decision/json.h>
#include <engine/notices/reporting_calendar.h>

namespace jicai::web {

/// A deadline as the API shows it.
[[nodiscard]] decision::Json::Object calendar_row(
    const catalogs::Words& words, const notices::CalendarEntry& entry
);
/// Its members, for schemas.
[[nodiscard]] decision::Json::Object calendar_members();

}  // namespace jicai::web
