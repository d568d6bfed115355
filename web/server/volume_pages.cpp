#include <catalogs/messages/words.h>
#include <catalogs/table_form/table_form.h>
#include <engine/access/access.h>
#include <engine/accounts/identity.h>
#include <engine/ports/refused.h>
#include <web/server/people_rows.h>
#include <web/server/schema.h>
#include <web/server/volume_pages.h>
#include <web/server/volume_plan.h>

#include <algorithm>
#include <charconv>
#include <map>

namespace jicai::web {
namespace {

using access::Action;
using access::Reach;
using decision::Json;
using ports::Refused;

constexpr std::string_view kNotBegun = "not_begun";

std::string whose_region(const Request& request) {
    return request.caller ? request.caller->organisation.region : std::string();
}

std::string said(const Services& services, const Request& request, const decision::Message& what) {
    return catalogs::Words(services.words, request.language).render(what);
}

std::string stage_word(const Services& services, const Request& request, access::Stage stage) {
    return services.words.render(
        request.language, {"round_stage." + std::string(access::name_of(stage)), {}}
    );
}

void need(
    const Services& services,
    const Request& request,
    const VolumeView& view,
    Reach reach,
    Action action
) {
    if (reach != Reach::none) return;
    throw Refused(
        {"access.round_stage",
         {{"round", view.round.id},
          {"stage", stage_word(services, request, view.position.stage)},
          {"action", std::string(access::name_of(action))}}}
    );
}

Reach reach_in(const Request& request, const VolumeView& view, Action action) {
    const Reach reach = access::reach_of(request.actor, action, view.position.stage);
    // The office that runs the round sees all of it.
    const bool office = view.round.owner != 0 && request.actor.organisation == view.round.owner;
    return reach == Reach::organisation && office ? Reach::all : reach;
}

/// The rows of a lot: what was entered, and an empty one for every spec without a line.
struct LotRows {
    const volumes::OpenReport& open;
    const volumes::RoundPlan& plan;
    std::map<std::int64_t, const volumes::Member*> members;

    Json past(const std::string& lot, const std::string& spec, const std::string& brand) const {
        std::map<std::int64_t, std::int64_t> years;
        const std::int64_t count = plan.policy.years.value.value_or(0);
        for (std::int64_t i = 0; i < count; ++i) years[plan.first_year + i] = 0;
        for (const auto& use : open.past) {
            if (use.lot != lot || use.spec != spec) continue;
            if (!brand.empty() && use.brand != brand) continue;
            const auto year = years.find(use.year);
            if (year != years.end()) year->second += use.units;
        }
        Json::Array rows;
        for (const auto& [year, units] : years) {
            rows.emplace_back(Json::Object{
                {"year", std::to_string(year)}, {"units", std::to_string(units)}});
        }
        return rows;
    }

    Json shares(const ports::VolumeLine& line) const {
        Json::Array rows;
        for (const auto& share : open.shares) {
            if (share.lot != line.lot || share.spec != line.spec || share.brand != line.brand) {
                continue;
            }
            const auto member = members.find(share.member);
            const bool known = member != members.end();
            rows.emplace_back(Json::Object{
                {"member", known ? member->second->code : std::to_string(share.member)},
                {"member_name", known ? member->second->name : std::string()},
                {"units", std::to_string(share.units)}});
        }
        return rows;
    }

    Json row(const ports::VolumeLine& line, std::int64_t content, bool entered) const {
        return Json::Object{
            {"spec", line.spec},
            {"brand", line.brand},
            {"content", std::to_string(content)},
            {"units", entered ? std::to_string(line.units) : std::string()},
            {"cause", std::string(volumes::name_of(static_cast<reporting::Cause>(line.cause)))},
            {"remark", line.remark},
            {"past", past(line.lot, line.spec, line.brand)},
            {"shares", entered ? shares(line) : Json(Json::Array{})}};
    }

    Json rows(const volumes::PlanLot& lot) const {
        Json::Array rows;
        for (const auto& spec : lot.specs) {
            bool any = false;
            for (const auto& line : open.lines) {
                if (line.lot != lot.id || line.spec != spec.name) continue;
                rows.push_back(row(line, spec.content, true));
                any = true;
            }
            if (!any) rows.push_back(row({lot.id, spec.name, "", 0, 0, ""}, spec.content, false));
        }
        return rows;
    }
};

Json finding_json(
    const Services& services,
    const Request& request,
    const volumes::OpenReport& open,
    const volumes::LotCheck& check,
    const reporting::LotFinding& finding
) {
    const ports::VolumeLine none;
    const ports::VolumeLine& line = finding.line ? open.lines.at(*finding.line) : none;
    const std::string name(volumes::name_of(finding.finding));
    const auto& comparison = check.answer.comparison;
    return Json::Object{
        {"finding", name},
        {"holds_back", reporting::holds_back(finding.finding)},
        {"spec", line.spec},
        {"brand", line.brand},
        {"text",
         said(
             services,
             request,
             {"volumes.finding." + name,
              {{"lot", check.lot->name},
               {"spec", line.spec},
               {"reported", comparison.reported},
               {"floor", comparison.floor},
               {"alarm", check.alarm},
               {"mean", check.past_mean}}}
         )}};
}

Json lots_json(
    const Services& services,
    const Request& request,
    const volumes::RoundPlan& plan,
    const volumes::OpenReport& open
) {
    LotRows rows{open, plan, {}};
    for (const auto& member : open.reporter.members) rows.members[member.organisation] = &member;
    std::map<std::string, volumes::LotCheck> checks;
    if (!open.reporter.lead) {
        for (auto& check : volumes::check_lots(plan, open.lines, open.past)) {
            checks.emplace(check.lot->id, std::move(check));
        }
    }
    Json::Array lots;
    for (const volumes::PlanLot& lot : plan.lots) {
        const auto found = checks.find(lot.id);
        const volumes::LotCheck none;
        const volumes::LotCheck& check = found == checks.end() ? none : found->second;
        Json::Array findings;
        for (const auto& finding : check.answer.findings) {
            findings.push_back(finding_json(services, request, open, check, finding));
        }
        lots.emplace_back(Json::Object{
            {"lot", lot.id},
            {"name", lot.name},
            {"floor", check.answer.comparison.floor},
            {"alarm", check.alarm},
            {"past_mean", check.past_mean},
            {"reported", check.answer.comparison.reported},
            {"rows", rows.rows(lot)},
            {"findings", std::move(findings)}});
    }
    return lots;
}

Json steps_json(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const volumes::OpenReport& open
) {
    std::map<std::int64_t, std::string> names;
    Json::Array steps;
    for (const auto& step : open.steps) {
        std::string& name = names[step.organisation];
        if (name.empty()) {
            const auto organisation = transaction.people().organisation(step.organisation);
            if (organisation) name = organisation->name;
        }
        const std::string word_of(volumes::name_of(static_cast<reporting::Step>(step.step)));
        steps.emplace_back(Json::Object{
            {"at", ports::beijing_text(step.at)},
            {"login", step.login},
            {"name", step.name},
            {"organisation", name},
            {"step", word_of},
            {"step_text", word(services, request, "report_step", word_of)},
            {"remark", step.remark},
            {"document", step.document == 0 ? Json() : Json(step.document)}});
    }
    return steps;
}

Json causes_json(const Request& request) {
    // As the table of volume reports says them: one list for screen and file.
    const auto* const form = catalogs::table_form::find_form("volume_report");
    const auto column =
        std::find_if(form->columns.begin(), form->columns.end(), [](const auto& each) {
            return each.name == "cause";
        });
    Json::Array causes;
    for (const std::string& name : column->choices) {
        causes.emplace_back(Json::Object{
            {"cause", name},
            {"text", catalogs::table_form::choice_title(*form, *column, name, request.language)}});
    }
    return causes;
}

Json group_json(const volumes::Reporter& reporter) {
    if (!reporter.lead && reporter.members.size() < 2) return {};
    Json::Array members;
    for (const auto& member : reporter.members) {
        members.emplace_back(Json::Object{{"code", member.code}, {"name", member.name}});
    }
    return Json::Object{
        {"lead", reporter.lead ? reporter.lead->code : reporter.code},
        {"lead_name", reporter.lead ? reporter.lead->name : reporter.name},
        {"members", std::move(members)}};
}

std::string brand_word(const volumes::RoundPlan& plan) {
    switch (plan.policy.brand_rule.value.value_or(reporting::BrandRule::mixed)) {
        case reporting::BrandRule::generic:
            return "generic";
        case reporting::BrandRule::brand:
            return "brand";
        case reporting::BrandRule::mixed:
            return "mixed";
    }
    return "mixed";
}

Json moment(const std::optional<ports::Moment>& at) {
    return at ? Json(ports::beijing_text(*at)) : Json();
}

}  // namespace

volumes::Doer doer_of(const Request& request) {
    volumes::Doer doer{request.actor, request.login, "", request.now};
    if (request.caller) doer.name = request.caller->name;
    if (request.caller && request.caller->key) {
        doer.name = request.caller->key->name + " (" + request.login + ")";
    }
    if (doer.name.empty()) doer.name = request.login;
    return doer;
}

std::string VolumeView::within(const Request& request, const std::string& asked) const {
    if (sums == Reach::all) return asked.empty() ? "000000" : asked;
    if (sums != Reach::region) return "none";
    const std::string own = whose_region(request);
    if (asked.empty() || access::is_within(own, asked)) return own;
    return access::is_within(asked, own) ? asked : "none";
}

bool VolumeView::sees(const Request& request, const volumes::Reporter& reporter) const {
    access::Object object;
    object.organisation = reporter.organisation;
    object.office = round.owner;
    object.region = reporter.region;
    object.stage = position.stage;
    return access::may(request.actor, Action::see_hospital_volumes, object);
}

VolumeView volume_view(ports::Transaction& transaction, const Request& request, bool hold) {
    const std::string& id = request.parameter("round");
    if (hold) transaction.volumes().hold_round(id);
    auto round = transaction.rounds().round(id);
    if (!round) throw Refused({"round.not_found", {{"round", id}}});
    VolumeView view;
    view.round = *std::move(round);
    view.position = volumes::standing(transaction, view.round, request.now);
    const access::Object whole{
        .office = view.round.owner, .region = view.round.region, .stage = view.position.stage};
    // A draft open for comments is known: that there are no reports yet is a matter of its stage.
    const bool open_draft = view.position.stage == access::Stage::draft && view.position.deadline &&
                            access::reach_of(request.actor, Action::take_part) != Reach::none;
    if (!open_draft && !access::may(request.actor, Action::see_rounds, whole)) {
        throw Refused({"round.not_found", {{"round", id}}});
    }
    view.hospitals = reach_in(request, view, Action::see_hospital_volumes);
    view.sums = reach_in(request, view, Action::see_volumes);
    return view;
}

void need_hospitals(const Services& services, const Request& request, const VolumeView& view) {
    need(services, request, view, view.hospitals, Action::see_hospital_volumes);
}

void need_sums(const Services& services, const Request& request, const VolumeView& view) {
    const Reach reach = view.sums == Reach::organisation ? Reach::none : view.sums;
    need(services, request, view, reach, Action::see_volumes);
}

volumes::Reporter hospital_of(
    ports::Transaction& transaction, const Request& request, const VolumeView& view
) {
    const std::string& code = request.parameter("hospital");
    auto reporter = volumes::reporter_of(transaction, code);
    if (!reporter || !view.sees(request, *reporter)) {
        throw Refused({"volumes.hospital_not_found", {{"code", code}}});
    }
    return *std::move(reporter);
}

Json report_json(
    const Services& services,
    const Request& request,
    ports::Transaction& transaction,
    const VolumeView& view,
    const volumes::OpenReport& open
) {
    const auto plan = volume_plan(transaction, view.round, request.now);
    const volumes::Reporter& reporter = open.reporter;
    const std::string state = state_of(open.report ? &*open.report : nullptr);
    Json::Array may;
    for (const auto& name : volumes::possible(transaction, view.round, open, doer_of(request))) {
        may.emplace_back(name);
    }
    Json hospital = Json::Object{
        {"code", reporter.code},
        {"name", reporter.name},
        {"region", reporter.region},
        {"region_text", region_name(services, request, reporter.region)},
        {"kind_text", word(services, request, "institution_kind", reporter.kind)},
        {"group", group_json(reporter)}};
    return Json::Object{
        {"round", view.round.id},
        {"hospital", std::move(hospital)},
        {"status", state},
        {"status_text", word(services, request, "report_status", state)},
        {"version", open.version()},
        {"deadline",
         view.position.deadline ? Json(ports::beijing_text(view.position.deadline->moment))
                                : Json()},
        {"late", open.report && open.report->late},
        {"late_until", open.late ? moment(open.late->until) : Json()},
        {"changed_by", open.report ? open.report->changed_name : std::string()},
        {"changed_at", open.report ? moment(open.report->changed_at) : Json()},
        {"submitted_at", open.report ? moment(open.report->submitted_at) : Json()},
        {"lots", lots_json(services, request, *plan, open)},
        {"steps", steps_json(services, request, transaction, open)},
        {"causes", causes_json(request)},
        {"brand_rule", brand_word(*plan)},
        {"may", std::move(may)}};
}

Json report_schema() {
    using namespace schema;
    const Json past = array(object({{"year", text(4)}, {"units", text()}}), 10);
    const Json shares =
        array(object({{"member", text()}, {"member_name", text(500)}, {"units", text()}}));
    const Json row = object(
        {{"spec", text()},
         {"brand", text()},
         {"content", text()},
         {"units", text()},
         {"cause", text()},
         {"remark", text(1000)},
         {"past", past},
         {"shares", shares}}
    );
    const Json finding = object(
        {{"finding", text()},
         {"text", text(2000)},
         {"holds_back", flag()},
         {"spec", text()},
         {"brand", text()}}
    );
    const Json lot = object(
        {{"lot", text()},
         {"name", text(500)},
         {"floor", text()},
         {"alarm", text()},
         {"past_mean", text()},
         {"reported", text()},
         {"rows", array(row)},
         {"findings", array(finding)}}
    );
    const Json step = object(
        {{"at", text()},
         {"login", text()},
         {"name", text(500)},
         {"organisation", text(500)},
         {"step", text()},
         {"step_text", text()},
         {"remark", text(1000)},
         {"document", nullable(number(0, 9'007'199'254'740'991))}}
    );
    const Json member = object({{"code", text()}, {"name", text(500)}});
    const Json group =
        object({{"lead", text()}, {"lead_name", text(500)}, {"members", array(member)}});
    const Json hospital = object(
        {{"code", text()},
         {"name", text(500)},
         {"region", text(6)},
         {"region_text", text()},
         {"kind_text", text()},
         {"group", nullable(group)}}
    );
    return object(
        {{"round", text()},
         {"hospital", hospital},
         {"status", choice(report_states())},
         {"status_text", text()},
         {"version", number()},
         {"deadline", nullable(text())},
         {"late", flag()},
         {"late_until", nullable(text())},
         {"changed_by", text(500)},
         {"changed_at", nullable(text())},
         {"submitted_at", nullable(text())},
         {"lots", array(lot)},
         {"steps", array(step)},
         {"causes", array(object({{"cause", text()}, {"text", text()}}))},
         {"brand_rule", choice({"generic", "brand", "mixed"})},
         {"may", array(text())}}
    );
}

std::vector<ports::VolumeLine> lines_of(const Request& request) {
    std::vector<ports::VolumeLine> lines;
    std::vector<ports::FieldFault> faults;
    for (const Json& each : request.member("lines").array()) {
        const auto text = [&](const char* member) {
            const auto found = each.object().find(member);
            return found == each.object().end() ? std::string() : found->second.text();
        };
        ports::VolumeLine line{text("lot"), text("spec"), text("brand"), 0, 0, text("remark")};
        const std::string at = "/lines/" + std::to_string(lines.size());
        const std::string units = text("units");
        const auto read = std::from_chars(units.data(), units.data() + units.size(), line.units);
        const bool digits =
            !units.empty() && units.find_first_not_of("0123456789") == std::string::npos;
        if (!digits || read.ec != std::errc() || line.units > volumes::kUnitsMax) {
            faults.push_back(
                {at + "/units",
                 units,
                 {"volumes.units_range",
                  {{"value", units}, {"largest", std::to_string(volumes::kUnitsMax)}}}}
            );
            line.units = 0;
        }
        const std::string cause = text("cause");
        if (const auto found = volumes::find_cause(cause)) {
            line.cause = static_cast<std::uint8_t>(*found);
        } else {
            faults.push_back({at + "/cause", cause, {"volumes.cause_unknown", {{"value", cause}}}});
        }
        lines.push_back(std::move(line));
    }
    if (!faults.empty()) {
        throw Refused(
            {"volumes.malformed", {{"count", std::to_string(faults.size())}}}, std::move(faults)
        );
    }
    return lines;
}

Json line_schema() {
    using namespace schema;
    return object(
        {{"lot", text(200, 1)},
         {"spec", text(200, 1)},
         {"brand", text(200)},
         {"units", text(20, 1)},
         {"cause", text(40)},
         {"remark", text(500)}},
        {"brand", "cause", "remark"}
    );
}

Parameter hospital_parameter() {
    return {
        .name = "hospital",
        .place = Parameter::Place::path,
        .required = true,
        .description = "code of the institution"};
}

std::vector<std::string> report_states() {
    std::vector<std::string> states{std::string(kNotBegun)};
    for (int i = 0; i < reporting::kStatuses; ++i) {
        states.emplace_back(reporting::name_of(static_cast<reporting::Status>(i)));
    }
    return states;
}

std::string state_of(const ports::VolumeReport* report) {
    if (report == nullptr) return std::string(kNotBegun);
    return std::string(reporting::name_of(static_cast<reporting::Status>(report->status)));
}

}  // namespace jicai::web
