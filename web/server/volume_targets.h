#pragma once

#include <engine/catalogue/table_target.h>

namespace jicai::web {

/// A hospital's report from a file: its rows take the place of all lines; the checks are those of
/// the screen (engine/volumes/reports.h). What would hold the report back is a warning here too.
[[nodiscard]] const catalogue::TableTarget& volume_report_target();

/// Past use of many hospitals: for every hospital of the file its rows take the place of all it
/// had. By bureaus for their region and the office that runs the round, up to the confirmation;
/// hospitals are measured against it and do not change it.
[[nodiscard]] const catalogue::TableTarget& history_target();

}  // namespace jicai::web
