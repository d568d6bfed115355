#include <engine/access/access.h>
#include <web/server/lists.h>
#include <web/server/live_volumes.h>
#include <web/server/people_rows.h>
#include <web/server/round_pages.h>
#include <web/server/schema.h>
#include <web/server/volume_pages.h>
#include <web/server/volume_roster.h>

#include <algorithm>
#include <map>
#include <optional>

namespace jicai::web {
namespace {

using decision::Json;

struct Shown {
    const RosterEntry* entry = nullptr;
    std::string state;
};

/// The role whose step is next; nothing when the report has arrived.
std::optional<access::Role> waits_for(const RosterEntry& entry) {
    using reporting::Status;
    if (!entry.report) return access::Role::hospital_reporter;
    const auto status = static_cast<Status>(entry.report->status);
    if (status == Status::draft || status == Status::returned) {
        return access::Role::hospital_reporter;
    }
    if (status == Status::submitted) return access::Role::hospital_approver;
    const auto level = reporting::level_of_region(entry.reporter.region);
    return level ? reporting::confirms_next(status, *level) : std::nullopt;
}

std::string waits_for_text(
    const Services& services, const Request& request, const RosterEntry& entry
) {
    const auto role = waits_for(entry);
    return role ? word(services, request, "role", access::name_of(*role)) : std::string();
}

bool fits(const Request& request, const RosterEntry& entry, const std::string& state) {
    const std::string& text = request.parameter("text");
    const std::string& status = request.parameter("status");
    const std::string& region = request.parameter("region");
    const std::string& late = request.parameter("late");
    if (!text.empty() && entry.reporter.code.find(text) == std::string::npos &&
        entry.reporter.name.find(text) == std::string::npos) {
        return false;
    }
    if (!status.empty() && status != state) return false;
    if (!region.empty() && !access::is_within(entry.reporter.region, region)) return false;
    if (!late.empty() && (late == "1") != entry.is_late()) return false;
    if (request.parameter("waiting") != "1") return true;
    const auto& roles = request.actor.roles;
    const auto next = waits_for(entry);
    return next && std::find(roles.begin(), roles.end(), *next) != roles.end();
}

Json::Object row_of(const Services& services, const Request& request, const Shown& shown) {
    const RosterEntry& entry = *shown.entry;
    const ports::VolumeReport* const report = entry.report ? &*entry.report : nullptr;
    const bool submitted = report != nullptr && report->submitted_at.has_value();
    return {
        {"hospital", entry.reporter.code},
        {"hospital_name", entry.reporter.name},
        {"region_text", region_name(services, request, entry.reporter.region)},
        {"status_text", word(services, request, "report_status", shown.state)},
        {"lots", report == nullptr ? std::int64_t{0} : report->lot_count},
        {"quantity_lines", report == nullptr ? std::int64_t{0} : report->line_count},
        {"submitted_at", submitted ? ports::beijing_text(*report->submitted_at) : std::string()},
        {"waits_for_text", waits_for_text(services, request, entry)},
        {"late_text", entry.is_late() ? word(services, request, "report_late", "late") : ""},
        {"organisation", entry.reporter.organisation},
        {"status", shown.state},
        {"region", entry.reporter.region},
        {"version", report == nullptr ? std::int64_t{0} : report->version},
        {"late", entry.is_late()}};
}

Answer handle(const Request& request, Services& services) {
    const Roster roster = roster_of(services, request);
    need_hospitals(services, request, roster.view);
    std::vector<Shown> all;
    for (const RosterEntry& entry : roster.entries) {
        const std::string state = state_of(entry.report ? &*entry.report : nullptr);
        if (fits(request, entry, state)) all.push_back({&entry, state});
    }
    const ports::Page page = page_of(request);
    std::vector<Json::Object> rows;
    const auto total = static_cast<std::int64_t>(all.size());
    for (std::int64_t i = page.offset; i < total && i < page.offset + page.size; ++i) {
        rows.push_back(row_of(services, request, all[static_cast<std::size_t>(i)]));
    }
    return list_answer(
        request,
        services,
        list_of(
            "reports",
            {"hospital",
             "hospital_name",
             "region_text",
             "status_text",
             "lots",
             "quantity_lines",
             "submitted_at",
             "waits_for_text",
             "late_text"},
            {"lots", "quantity_lines"},
            std::move(rows),
            total
        )
    );
}

}  // namespace

Route get_reports() {
    using namespace schema;
    return {
        .path = "/api/rounds/{round}/reports",
        .name = "get_reports",
        .summary = "Volume reports of the institutions that report, begun or not",
        .action = access::Action::see_hospital_volumes,
        .parameters = list_parameters(
            {round_parameter(),
             {.name = "text", .description = "part of code or name"},
             {.name = "status", .kind = Parameter::Kind::choice, .choices = report_states()},
             {.name = "region", .description = "a region and all below it"},
             {.name = "late",
              .kind = Parameter::Kind::choice,
              .choices = {"0", "1"},
              .description = "1: late ones alone"},
             {.name = "waiting",
              .kind = Parameter::Kind::choice,
              .choices = {"0", "1"},
              .description = "1: those whose next step is one of a role of who asks"}}
        ),
        .answer_schema = list(
            {{"hospital", text()},
             {"hospital_name", text(500)},
             {"region_text", text()},
             {"status_text", text()},
             {"lots", number()},
             {"quantity_lines", number()},
             {"submitted_at", text()},
             {"waits_for_text", text()},
             {"late_text", text()},
             {"organisation", number(0, 9'007'199'254'740'991)},
             {"status", choice(report_states())},
             {"region", text(6)},
             {"version", number()},
             {"late", flag()}}
        ),
        .answer_types = list_types(),
        .failures = {404, 422},
        .handle = handle,
    };
}

}  // namespace jicai::web
