#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <engine/volumes/steps.h>

#include <algorithm>
#include <array>

namespace jicai::volumes {
namespace {

using access::Role;
using ports::Refused;
using procedure::Act;
using reporting::Status;
using reporting::Step;
using reporting::StepRefusal;

constexpr std::array<std::string_view, 5> kSteps{
    "submit", "take_back", "approve", "confirm", "send_back"};

bool has(const access::Actor& actor, Role role) {
    return std::find(actor.roles.begin(), actor.roles.end(), role) != actor.roles.end();
}

bool is_bureau(const access::Actor& actor) {
    return has(actor, Role::bureau_county) || has(actor, Role::bureau_city) ||
           has(actor, Role::bureau_province);
}

Act confirming_act(Role role) {
    if (role == Role::bureau_county) return Act::confirm_report_county;
    return role == Role::bureau_city ? Act::confirm_report_city : Act::confirm_report_province;
}

Act act_of(std::optional<Step> step, const access::Actor& actor) {
    if (step == Step::approve) return Act::approve_report;
    if (step == Step::send_back) return Act::return_report;
    if (step != Step::confirm) return Act::report_volume;
    for (const Role role : {Role::bureau_county, Role::bureau_city}) {
        if (has(actor, role)) return confirming_act(role);
    }
    return Act::confirm_report_province;
}

/// A program hands in what its hospital reports; whoever answers for it by name is a person.
bool is_open_to(const access::Actor& actor, Step step) {
    return actor.key == 0 || step == Step::submit || step == Step::take_back;
}

/// Whose report it is, or whose region it lies in.
void need_place(const Reporter& reporter, const access::Actor& actor, Step step) {
    const bool own = actor.organisation == reporter.organisation;
    const bool above = is_bureau(actor) && access::is_within(reporter.region, actor.region);
    const bool hospitals = step == Step::submit || step == Step::take_back || step == Step::approve;
    const bool allowed = hospitals ? own : step == Step::confirm ? above : own || above;
    if (!allowed) throw Refused({"access.not_yours", {{"hospital", reporter.name}}});
}

/// Stage and deadline. After the reporting a hospital acts with leave, or when it was sent back.
void need_time(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const OpenReport& open,
    const Doer& doer,
    Step step
) {
    const auto position = standing(transaction, round, doer.now);
    const bool confirming = position.stage == procedure::Stage::volume_confirmation;
    if (step == Step::confirm) {
        const auto level = reporting::level_of_region(open.reporter.region);
        const auto next =
            level ? reporting::confirms_next(open.status(), *level) : std::optional<Role>{};
        if (next && has(doer.actor, *next)) {
            need_act(transaction, round, confirming_act(*next), doer);
        }
        return;
    }
    if (step == Step::send_back) return need_act(transaction, round, Act::return_report, doer);
    if (confirming) {
        const bool let_in = open.late && doer.now < open.late->until;
        if (!let_in && !sent_back_in_confirmation(transaction, round, open)) {
            throw Refused({"volumes.leave_needed", {{"hospital", open.reporter.name}}});
        }
        if (step == Step::approve) {
            // The department follows its reporter: the same stage and deadline.
            Doer reporter = doer;
            reporter.actor.roles = {Role::hospital_reporter};
            return need_act(transaction, round, Act::file_late, reporter);
        }
        return need_act(transaction, round, Act::file_late, doer);
    }
    need_act(
        transaction, round, step == Step::approve ? Act::approve_report : Act::report_volume, doer
    );
}

std::vector<ports::FieldFault> findings_that_hold_back(
    const RoundPlan& plan, const OpenReport& open
) {
    std::vector<ports::FieldFault> faults;
    for (const LotCheck& check : check_lots(plan, open.lines, open.past)) {
        for (const auto& finding : check.answer.findings) {
            if (!reporting::holds_back(finding.finding)) continue;
            const std::string spec = finding.line ? open.lines[*finding.line].spec : "";
            faults.push_back(
                {finding.line ? "/lines/" + std::to_string(*finding.line)
                              : "/lots/" + check.lot->id,
                 spec,
                 {"volumes.finding." + std::string(name_of(finding.finding)),
                  {{"lot", check.lot->name},
                   {"spec", spec},
                   {"reported", check.answer.comparison.reported},
                   {"floor", check.answer.comparison.floor},
                   {"alarm", check.alarm},
                   {"mean", check.past_mean}}}}
            );
        }
    }
    return faults;
}

reporting::StepAnswer ask(const OpenReport& open, const Doer& doer, const StepAsked& asked) {
    const auto level = reporting::level_of_region(open.reporter.region);
    if (!level) throw Refused({"volumes.region_unknown", {{"region", open.reporter.region}}});
    return reporting::take_step(
        open.status(), *level, {asked.step, doer.actor.roles, asked.remark, false}
    );
}

}  // namespace

std::string_view name_of(Step step) {
    return kSteps.at(static_cast<std::size_t>(step));
}

std::optional<Step> find_step(std::string_view name) {
    const auto found = std::find(kSteps.begin(), kSteps.end(), name);
    if (found == kSteps.end()) return std::nullopt;
    return static_cast<Step>(found - kSteps.begin());
}

void need_begun(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const Doer& doer,
    std::optional<Step> step
) {
    if (standing(transaction, round, doer.now).stage >= procedure::Stage::volume_reporting) return;
    need_act(transaction, round, act_of(step, doer.actor), doer);
}

ports::VolumeReport take_step(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const RoundPlan& plan,
    const OpenReport& open,
    const Doer& doer,
    const StepAsked& asked
) {
    const Reporter& reporter = open.reporter;
    if (asked.version != open.version()) refuse_changed(transaction, round.id, reporter);
    if (!is_open_to(doer.actor, asked.step)) {
        throw Refused(
            {"volumes.step_of_a_person", {{"report_step", std::string(name_of(asked.step))}}}
        );
    }
    need_place(reporter, doer.actor, asked.step);
    if (!open.report) throw Refused({"volumes.no_report", {{"hospital", reporter.name}}});
    if (asked.step == Step::submit) need_reporter(reporter, doer.now);
    need_time(transaction, round, open, doer, asked.step);
    const reporting::StepAnswer answer = ask(open, doer, asked);
    const std::string status(reporting::name_of(open.status()));
    switch (answer.why) {
        case StepRefusal::none:
            break;
        case StepRefusal::not_from_here:
            throw Refused(
                {"volumes.not_from_here",
                 {{"report_step", std::string(name_of(asked.step))}, {"report_status", status}}}
            );
        case StepRefusal::not_yours:
            throw Refused(
                {"volumes.step_not_yours",
                 {{"report_step", std::string(name_of(asked.step))},
                  {"report_status", status},
                  {"role", std::string(access::name_of(answer.who.value_or(Role::anyone)))}}}
            );
        case StepRefusal::remark_missing:
            throw Refused({"volumes.remark_missing", {}});
        case StepRefusal::held_back:
            JICAI_CHECK(false);
    }
    if (asked.step == Step::submit) {
        auto faults = findings_that_hold_back(plan, open);
        if (!faults.empty()) {
            throw Refused(
                {"volumes.held_back", {{"count", std::to_string(faults.size())}}}, std::move(faults)
            );
        }
    }
    ports::VolumeReport report = *open.report;
    if (asked.step == Step::submit) {
        report.submitted_at = doer.now;
        const bool let_in = open.late && doer.now < open.late->until;
        report.late = report.late || (let_in && standing(transaction, round, doer.now).stage ==
                                                    procedure::Stage::volume_confirmation);
    }
    report.status = static_cast<std::uint8_t>(answer.status);
    report.changed_at = doer.now;
    report.changed_by = doer.actor.user;
    report.changed_name = doer.name;
    if (!transaction.volumes().save(report)) refuse_changed(transaction, round.id, reporter);
    ++report.version;
    ports::ReportStep step;
    step.round = round.id;
    step.hospital = report.hospital;
    step.step = static_cast<std::uint8_t>(asked.step);
    step.from = open.report->status;
    step.to = report.status;
    step.user = doer.actor.user;
    step.organisation = doer.actor.organisation;
    step.login = doer.login;
    step.name = doer.name;
    step.at = doer.now;
    step.remark = asked.remark;
    step.document = asked.document;
    transaction.volumes().add(step);
    return report;
}

std::vector<std::string> possible(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const OpenReport& open,
    const Doer& doer
) {
    std::vector<std::string> names;
    const auto allowed = [&](const auto& asking) {
        try {
            asking();
            return true;
        } catch (const Refused&) {
            return false;
        }
    };
    if (allowed([&] { need_editing(transaction, round, open, doer); })) names.emplace_back("save");
    for (std::size_t i = 0; i < kSteps.size() && open.report; ++i) {
        const StepAsked asked{static_cast<Step>(i), "?", 0, open.version()};
        if (!is_open_to(doer.actor, asked.step)) continue;
        const bool may = allowed([&] {
            need_place(open.reporter, doer.actor, asked.step);
            if (asked.step == Step::submit) need_reporter(open.reporter, doer.now);
            need_time(transaction, round, open, doer, asked.step);
        });
        if (may && ask(open, doer, asked).why == StepRefusal::none) names.emplace_back(kSteps[i]);
    }
    return names;
}

ports::LateFiling let_in_late(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const Reporter& reporter,
    const Doer& doer,
    const std::string& reason,
    ports::Moment until
) {
    const access::Actor& actor = doer.actor;
    const bool province =
        has(actor, Role::bureau_province) && access::is_within(reporter.region, actor.region);
    const bool office = has(actor, Role::procurement_officer) && actor.organisation == round.owner;
    if (!province && !office) {
        throw Refused({"volumes.late_not_yours", {{"hospital", reporter.name}}});
    }
    need_reporter(reporter, doer.now);
    if (reason.empty()) throw Refused({"volumes.reason_missing", {}});
    const auto position = standing(transaction, round, doer.now);
    Doer hospital = doer;
    hospital.actor.roles = {Role::hospital_reporter};
    if (position.stage != procedure::Stage::volume_reporting) {
        need_act(transaction, round, Act::file_late, hospital);
    }
    if (until <= doer.now) {
        throw Refused({"volumes.until_past", {{"until", ports::beijing_text(until)}}});
    }
    if (position.stage == procedure::Stage::volume_confirmation && position.deadline &&
        until > position.deadline->moment) {
        throw Refused(
            {"volumes.until_late",
             {{"until", ports::beijing_text(until)},
              {"deadline", ports::beijing_text(position.deadline->moment)}}}
        );
    }
    ports::LateFiling filing{
        round.id,
        reporter.organisation,
        until,
        reason,
        actor.user,
        actor.organisation,
        doer.name,
        doer.now};
    transaction.volumes().set_late_filing(filing);
    return filing;
}

}  // namespace jicai::volumes
