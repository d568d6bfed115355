#include <engine/reporting/aggregate.h>
#include <web/server/answer.h>
#include <web/server/live_volumes.h>
#include <web/server/people_rows.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>
#include <web/server/volume_pages.h>
#include <web/server/volume_plan.h>
#include <web/server/volume_roster.h>

#include <map>

namespace jicai::web {
namespace {

using decision::Json;

struct RegionCount {
    std::int64_t hospitals = 0;
    std::int64_t submitted = 0;
    std::int64_t confirmed = 0;
    std::int64_t late = 0;
};

/// One level below what may be seen: provinces for the country, cities for a province.
std::string shown_region(const std::string& region, const std::string& whole) {
    using reporting::RegionLevel;
    RegionLevel level = RegionLevel::county;
    if (whole == "000000") level = RegionLevel::province;
    if (whole != "000000" && whole.substr(2) == "0000") level = RegionLevel::city;
    return reporting::region_at(region, level);
}

Json sums_json(
    Services& services, const Request& request, const VolumeView& view, const std::string& within
) {
    std::shared_ptr<const volumes::RoundPlan> plan;
    services.store.read([&](ports::Transaction& transaction) {
        plan = volume_plan(transaction, view.round, request.now);
    });
    VolumeSumsAsked asked;
    asked.level = within == "000000" ? VolumeLevel::country : VolumeLevel::county;
    asked.within = within;
    std::map<std::string, std::int64_t> by_lot;
    if (within != "none") {
        for (const VolumeSum& sum : services.live_volumes->sums(view.round.id, asked)) {
            by_lot[sum.lot] += sum.units;
        }
    }
    Json::Array rows;
    for (const auto& lot : plan->lots) {
        rows.emplace_back(Json::Object{
            {"lot", lot.id}, {"name", lot.name}, {"quantity", std::to_string(by_lot[lot.id])}});
    }
    return rows;
}

Answer handle(const Request& request, Services& services) {
    const Roster roster = roster_of(services, request);
    const VolumeView& view = roster.view;
    need_hospitals(services, request, view);
    const std::string within = view.within(request, "");
    const std::string& whole = within == "none" ? view.round.region : within;
    std::map<std::string, std::int64_t> states;
    for (const std::string& state : report_states()) states[state] = 0;
    std::map<std::string, RegionCount> regions;
    std::int64_t late = 0;
    for (const RosterEntry& entry : roster.entries) {
        const ports::VolumeReport* const report = entry.report ? &*entry.report : nullptr;
        ++states[state_of(report)];
        RegionCount& region = regions[shown_region(entry.reporter.region, whole)];
        ++region.hospitals;
        if (entry.is_late()) {
            ++late;
            ++region.late;
        }
        if (report == nullptr) continue;
        const auto status = static_cast<reporting::Status>(report->status);
        const bool handed_in =
            status != reporting::Status::draft && status != reporting::Status::returned;
        if (handed_in) ++region.submitted;
        if (reporting::counts(status)) ++region.confirmed;
    }
    Json::Array by_status;
    for (const std::string& state : report_states()) {
        by_status.emplace_back(Json::Object{
            {"status", state},
            {"status_text", word(services, request, "report_status", state)},
            {"count", states[state]}});
    }
    Json::Array by_region;
    for (const auto& [code, count] : regions) {
        by_region.emplace_back(Json::Object{
            {"region", code},
            {"region_text", region_name(services, request, code)},
            {"hospitals", count.hospitals},
            {"submitted", count.submitted},
            {"confirmed", count.confirmed},
            {"late", count.late}});
    }
    Json::Array may;
    for (const access::Role role : request.actor.roles) {
        if (role == access::Role::bureau_province) may.emplace_back("late_filing");
    }
    const bool sums = view.sums == access::Reach::all || view.sums == access::Reach::region;
    return json_answer(Json::Object{
        {"hospitals", static_cast<std::int64_t>(roster.entries.size())},
        {"by_status", std::move(by_status)},
        {"late", late},
        {"by_region", std::move(by_region)},
        {"deadline",
         view.position.deadline ? Json(ports::beijing_text(view.position.deadline->moment))
                                : Json()},
        {"sums", sums ? sums_json(services, request, view, within) : Json(Json::Array{})},
        {"may", std::move(may)}});
}

}  // namespace

Route get_reporting() {
    using namespace schema;
    const Json status = object({{"status", text()}, {"status_text", text()}, {"count", number()}});
    const Json region = object(
        {{"region", text(6)},
         {"region_text", text()},
         {"hospitals", number()},
         {"submitted", number()},
         {"confirmed", number()},
         {"late", number()}}
    );
    const Json sum = object({{"lot", text()}, {"name", text(500)}, {"quantity", text()}});
    return {
        .path = "/api/rounds/{round}/reporting",
        .name = "get_reporting",
        .summary = "How far the reporting of a round is, by status and region, who is late, sums",
        .action = access::Action::see_hospital_volumes,
        .parameters = {round_parameter()},
        .answer_schema = object(
            {{"hospitals", number()},
             {"by_status", array(status)},
             {"late", number()},
             {"by_region", array(region)},
             {"deadline", nullable(text())},
             {"sums", array(sum)},
             {"may", array(text())}}
        ),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
