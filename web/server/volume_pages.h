#pragma once

#include <engine/volumes/steps.h>
#include <web/server/request.h>
#include <web/server/route.h>
#include <web/server/services.h>

#include <memory>
#include <optional>
#include <string>

/// \file
/// What the routes of volume reports have in common.

namespace jicai::web {

[[nodiscard]] volumes::Doer doer_of(const Request& request);

/// How much of a round's reports somebody may see.
struct VolumeView {
    ports::StoredRound round;
    procedure::Position position;
    access::Reach hospitals = access::Reach::none;  ///< single hospitals
    access::Reach sums = access::Reach::none;
    /// Region whose sums may be seen: all of it, "none" for nothing.
    [[nodiscard]] std::string within(const Request& request, const std::string& asked) const;
    [[nodiscard]] bool sees(const Request& request, const volumes::Reporter& reporter) const;
};
/// The round of parameter `round`. `hold`: for writing. Refused with round.not_found, also where
/// it is not to be known of.
[[nodiscard]] VolumeView volume_view(
    ports::Transaction& transaction, const Request& request, bool hold
);
/// Refused with access.round_stage where single hospitals are nothing for who asks at this stage.
void need_hospitals(const Services& services, const Request& request, const VolumeView& view);
void need_sums(const Services& services, const Request& request, const VolumeView& view);

/// The institution of parameter `hospital`. Refused with volumes.hospital_not_found, also where its
/// volumes are not to be seen.
[[nodiscard]] volumes::Reporter hospital_of(
    ports::Transaction& transaction, const Request& request, const VolumeView& view
);

/// A report as its page shows it; the schema of that.
[[nodiscard]] decision::Json report_json(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const VolumeView& view,
    const volumes::OpenReport& open
);
[[nodiscard]] decision::Json report_schema();

/// Lines of a body {"lines":[{lot,spec,brand,units,cause,remark}]}; units that are no whole number
/// from 0 to 10^12 are refused with volumes.malformed.
[[nodiscard]] std::vector<ports::VolumeLine> lines_of(const Request& request);
[[nodiscard]] decision::Json line_schema();

[[nodiscard]] Parameter hospital_parameter();
/// "draft" and so on, in order; "not_begun" before them.
[[nodiscard]] std::vector<std::string> report_states();
/// The state of a report that may not be there.
[[nodiscard]] std::string state_of(const ports::VolumeReport* report);

}  // namespace jicai::web
