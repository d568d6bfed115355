#include <engine/notices/own_report.h>

#include <algorithm>

namespace jicai::notices {

using access::Role;
using reporting::Status;

bool OwnReport::handed_in() const {
    return begun && status != Status::draft && status != Status::returned;
}

bool has_role(const access::Actor& actor, Role role) {
    return std::find(actor.roles.begin(), actor.roles.end(), role) != actor.roles.end();
}

std::optional<OwnReport> own_report(
    ports::Transaction& transaction, const std::string& round, const access::Actor& actor
) {
    const auto institution = transaction.catalogue().institution(actor.organisation);
    if (!institution || !institution->active) return std::nullopt;
    if (institution->lead != 0 && institution->lead != actor.organisation) return std::nullopt;
    if (!institution->buys_through.empty()) return std::nullopt;
    OwnReport own;
    own.code = institution->code;
    if (const auto report = transaction.volumes().report(round, actor.organisation)) {
        own.begun = true;
        own.status = static_cast<Status>(report->status);
    }
    if (const auto late = transaction.volumes().late_filing(round, actor.organisation)) {
        own.late_until = late->until;
    }
    return own;
}

std::int64_t waiting_for(
    const std::vector<ports::VolumeReport>& reports, const access::Actor& actor
) {
    return std::count_if(reports.begin(), reports.end(), [&](const ports::VolumeReport& report) {
        if (!access::is_within(report.region, actor.region)) return false;
        const auto level = reporting::level_of_region(report.region);
        if (!level) return false;
        const auto next = reporting::confirms_next(static_cast<Status>(report.status), *level);
        return next && *next != Role::hospital_approver && has_role(actor, *next);
    });
}

}  // namespace jicai::notices
