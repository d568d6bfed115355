#pragma once

#include <engine/calendar/working_calendar.h>
#include <engine/campaign/campaign.h>

#include <optional>
#include <vector>

/// \file
/// Working days of a campaign from the holiday calendar the program carries.

namespace jicai::catalogs {

/// Tells the campaign the working days of each of `years` on which its folder (holidays.csv) is
/// silent, and names it in `carried_years` with the digest of what it says. What a year says of
/// days of another year counts where that one is told from `years` too. Years after `until` are
/// left out: a certificate is checked with the years it was made with.
void add_carried_years(
    campaign::Campaign& campaign,
    const std::vector<calendar::Year>& years,
    std::optional<int> until = std::nullopt
);

}  // namespace jicai::catalogs
