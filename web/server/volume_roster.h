#pragma once

#include <web/server/volume_pages.h>

#include <optional>
#include <vector>

namespace jicai::web {

/// An institution that reports itself, and its report.
struct RosterEntry {
    volumes::Reporter reporter;
    std::optional<ports::VolumeReport> report;
    bool overdue = false;  ///< it had to report, the reporting has ended, nothing was handed in
    [[nodiscard]] bool is_late() const { return overdue || (report && report->late); }
};

/// Everybody who asks may see: who must report, and who does so without having to.
struct Roster {
    VolumeView view;
    std::vector<RosterEntry> entries;  ///< by code
};

/// Refused as volume_view does.
[[nodiscard]] Roster roster_of(Services& services, const Request& request);

}  // namespace jicai::web
