#include <web/server/live_volumes.h>
#include <web/server/volume_roster.h>

#include <map>

namespace jicai::web {
namespace {

bool reporting_is_over(const VolumeView& view) {
    return view.position.stage > procedure::Stage::volume_reporting &&
           view.position.stage != procedure::Stage::cancelled;
}

bool is_handed_in(const ports::VolumeReport& report) {
    const auto status = static_cast<reporting::Status>(report.status);
    return status != reporting::Status::draft && status != reporting::Status::returned;
}

}  // namespace

Roster roster_of(Services& services, const Request& request) {
    Roster roster;
    std::vector<volumes::Reporter> all;
    services.store.read([&](ports::Transaction& transaction) {
        roster.view = volume_view(transaction, request, false);
        all.clear();
        if (roster.view.hospitals == access::Reach::none) return;
        all = volumes::reporters_within(transaction, roster.view.round.region);
    });
    if (all.empty()) return roster;
    std::map<std::int64_t, ports::VolumeReport> reports;
    for (auto& report : services.live_volumes->reports(roster.view.round.id)) {
        reports.emplace(report.hospital, std::move(report));
    }
    const bool over = reporting_is_over(roster.view);
    for (volumes::Reporter& reporter : all) {
        if (!roster.view.sees(request, reporter)) continue;
        const auto found = reports.find(reporter.organisation);
        RosterEntry entry;
        if (found != reports.end()) entry.report = std::move(found->second);
        // Without a report only those who have to and can.
        if (!entry.report && !(reporter.must && volumes::reports_itself(reporter, request.now))) {
            continue;
        }
        entry.overdue = over && reporter.must && !(entry.report && is_handed_in(*entry.report));
        entry.reporter = std::move(reporter);
        roster.entries.push_back(std::move(entry));
    }
    return roster;
}

}  // namespace jicai::web
