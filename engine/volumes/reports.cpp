#include <engine/calendar/deadline.h>
#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <engine/reporting/aggregate.h>
#include <engine/volumes/reports.h>

#include <algorithm>
#include <array>
#include <set>

namespace jicai::volumes {
namespace {

using ports::PastUse;
using ports::Refused;
using ports::VolumeLine;
using reporting::Status;

constexpr std::array<std::string_view, 10> kCauses{
    "",
    "clinical_change",
    "patients_fell",
    "patients_rose",
    "new_department",
    "substitute",
    "stock_left",
    "epidemic",
    "data_wrong",
    "other"};

constexpr std::array<std::string_view, 9> kFindings{
    "below_floor",
    "above_alarm",
    "below_floor_unsaid",
    "above_alarm_unsaid",
    "remark_missing",
    "brand_missing",
    "brand_unwanted",
    "line_twice",
    "no_past_use"};

std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

using Wide = __int128;

Wide read_wide(const std::string& digits) {
    Wide value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

std::string wide_text(Wide value) {
    std::string digits;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
        value /= 10;
    } while (value > 0);
    return digits;
}

/// Of `sum` over `years`, half up at one decimal.
std::string mean_text(const std::string& sum, std::int64_t years) {
    const Wide tenths = (read_wide(sum) * 20 + years) / (2 * years);
    std::string text = wide_text(tenths / 10);
    if (tenths % 10 != 0) text += '.' + wide_text(tenths % 10);
    return text;
}

LotCheck check_one(
    const RoundPlan& plan,
    const PlanLot& lot,
    const std::vector<VolumeLine>& lines,
    const std::vector<PastUse>& past
) {
    reporting::LotReport report;
    report.specs = lot.specs;
    report.first_year = plan.first_year;
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const VolumeLine& line = lines[i];
        const std::size_t spec = line.lot == lot.id ? lot.spec(line.spec) : lot.specs.size();
        if (spec == lot.specs.size()) continue;
        numbers.push_back(i);
        report.lines.push_back(
            {spec, line.brand, line.units, static_cast<reporting::Cause>(line.cause), line.remark}
        );
    }
    for (const PastUse& use : past) {
        const std::size_t spec = use.lot == lot.id ? lot.spec(use.spec) : lot.specs.size();
        if (spec == lot.specs.size()) continue;
        report.past.push_back({spec, static_cast<int>(use.year), use.units});
    }
    LotCheck check;
    check.lot = &lot;
    if (report.lines.empty() && report.past.empty()) return check;
    check.answer = reporting::check_lot(report, plan.policy);
    for (auto& finding : check.answer.findings) {
        if (finding.line) finding.line = numbers.at(*finding.line);
    }
    const std::int64_t years = plan.policy.years.value.value_or(0);
    const std::string& sum = check.answer.comparison.past_sum;
    if (years > 0 && !sum.empty() && sum != "0") {
        check.past_mean = mean_text(sum, years);
        if (const auto percent = plan.policy.alarm_percent.value) {
            check.alarm = wide_text(read_wide(sum) * *percent / (Wide{100} * years));
        }
    }
    return check;
}

/// When the confirmation began last. Its beginning may not be stored yet: then it is the deadline
/// of the reporting. The beginning of time where neither is known.
ports::Moment confirmation_began(ports::Transaction& transaction, const ports::StoredRound& round) {
    using procedure::Stage;
    ports::Moment began = {};
    for (const auto& change : transaction.procedure().stage_changes(round.id)) {
        if (change.to == Stage::volume_confirmation) began = change.at;
    }
    if (round.stage >= Stage::volume_confirmation) return began;
    for (const auto& deadline : transaction.procedure().deadlines(round.id)) {
        if (deadline.stage == Stage::volume_reporting) began = std::max(began, deadline.at);
    }
    return began;
}

}  // namespace

bool sent_back_in_confirmation(
    ports::Transaction& transaction, const ports::StoredRound& round, const OpenReport& open
) {
    const ports::Moment began = confirmation_began(transaction, round);
    return std::any_of(open.steps.begin(), open.steps.end(), [&](const ports::ReportStep& step) {
        return step.to == static_cast<std::uint8_t>(Status::returned) && step.at >= began;
    });
}

std::string_view name_of(reporting::Cause cause) {
    return kCauses.at(static_cast<std::size_t>(cause));
}

std::optional<reporting::Cause> find_cause(std::string_view name) {
    const auto found = std::find(kCauses.begin(), kCauses.end(), name);
    if (found == kCauses.end()) return std::nullopt;
    return static_cast<reporting::Cause>(found - kCauses.begin());
}

std::string_view name_of(reporting::Finding finding) {
    return kFindings.at(static_cast<std::size_t>(finding));
}

bool LotCheck::held_back() const {
    return std::any_of(answer.findings.begin(), answer.findings.end(), [](const auto& finding) {
        return reporting::holds_back(finding.finding);
    });
}

std::vector<LotCheck> check_lots(
    const RoundPlan& plan, const std::vector<VolumeLine>& lines, const std::vector<PastUse>& past
) {
    std::map<std::string_view, std::pair<std::vector<std::size_t>, std::vector<PastUse>>> by_lot;
    for (std::size_t i = 0; i < lines.size(); ++i) by_lot[lines[i].lot].first.push_back(i);
    for (const PastUse& use : past) by_lot[use.lot].second.push_back(use);
    std::vector<LotCheck> checks;
    for (const PlanLot& lot : plan.lots) {
        const auto found = by_lot.find(lot.id);
        if (found == by_lot.end()) continue;
        const std::vector<std::size_t>& numbers = found->second.first;
        std::vector<VolumeLine> own;
        for (const std::size_t number : numbers) own.push_back(lines[number]);
        LotCheck check = check_one(plan, lot, own, found->second.second);
        for (auto& finding : check.answer.findings) {
            if (finding.line) finding.line = numbers.at(*finding.line);
        }
        checks.push_back(std::move(check));
    }
    return checks;
}

std::vector<LineFault> faults_of(const RoundPlan& plan, const std::vector<VolumeLine>& lines) {
    std::vector<LineFault> faults;
    if (lines.size() > kLinesMax) {
        faults.push_back(
            {kLinesMax,
             "",
             std::to_string(lines.size()),
             {"volumes.too_many_lines", {{"largest", std::to_string(kLinesMax)}}}}
        );
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const VolumeLine& line = lines[i];
        const PlanLot* const lot = plan.find(line.lot);
        if (lot == nullptr) {
            faults.push_back({i, "lot", line.lot, {"volumes.lot_unknown", {{"lot", line.lot}}}});
        } else if (lot->spec(line.spec) == lot->specs.size()) {
            std::string known;
            for (const auto& spec : lot->specs) known += (known.empty() ? "" : "、") + spec.name;
            faults.push_back(
                {i,
                 "spec",
                 line.spec,
                 {"volumes.spec_unknown",
                  {{"lot", line.lot}, {"spec", line.spec}, {"known", known}}}}
            );
        }
        if (line.units < 0 || line.units > kUnitsMax) {
            faults.push_back(
                {i,
                 "units",
                 std::to_string(line.units),
                 {"volumes.units_range",
                  {{"value", std::to_string(line.units)}, {"largest", std::to_string(kUnitsMax)}}}}
            );
        }
        const auto long_text = [&](const char* member, const std::string& text, std::size_t most) {
            if (characters(text) <= most) return;
            faults.push_back(
                {i, member, text, {"volumes.text_long", {{"largest", std::to_string(most)}}}}
            );
        };
        long_text("brand", line.brand, kTextCharactersMax);
        long_text("remark", line.remark, kRemarkCharactersMax);
    }
    return faults;
}

Status OpenReport::status() const {
    return report ? static_cast<Status>(report->status) : Status::draft;
}

OpenReport open_report(
    ports::Transaction& transaction, const ports::StoredRound& round, const Reporter& reporter
) {
    ports::VolumeStore& volumes = transaction.volumes();
    OpenReport open;
    open.reporter = reporter;
    const std::int64_t owner = reporter.lead ? reporter.lead->organisation : reporter.organisation;
    open.report = volumes.report(round.id, owner);
    open.steps = volumes.steps(round.id, owner);
    open.late = volumes.late_filing(round.id, owner);
    std::vector<std::int64_t> whose{reporter.organisation};
    if (reporter.lead) {
        for (const auto& share : volumes.shares(round.id, owner)) {
            if (share.member != reporter.organisation) continue;
            open.lines.push_back({share.lot, share.spec, share.brand, share.units, 0, ""});
        }
    } else {
        open.lines = volumes.lines(round.id, owner);
        if (open.report && open.report->split) open.shares = volumes.shares(round.id, owner);
        for (const Member& member : reporter.members) {
            if (member.organisation != owner) whose.push_back(member.organisation);
        }
    }
    open.past = volumes.past_use(round.id, whose);
    return open;
}

void need_editing(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const OpenReport& open,
    const Doer& doer
) {
    const Reporter& reporter = open.reporter;
    if (doer.actor.organisation != reporter.organisation) {
        throw Refused({"access.not_yours", {{"hospital", reporter.name}}});
    }
    need_reporter(reporter, doer.now);
    const auto position = standing(transaction, round, doer.now);
    const bool let_in = open.late && doer.now < open.late->until;
    const bool confirming = position.stage == procedure::Stage::volume_confirmation;
    if (confirming && !let_in && !sent_back_in_confirmation(transaction, round, open)) {
        throw Refused({"volumes.leave_needed", {{"hospital", reporter.name}}});
    }
    need_act(
        transaction,
        round,
        confirming ? procedure::Act::file_late : procedure::Act::report_volume,
        doer
    );
    const Status status = open.status();
    if (status != Status::draft && status != Status::returned) {
        throw Refused(
            {"volumes.on_its_way", {{"report_status", std::string(reporting::name_of(status))}}}
        );
    }
}

void refuse_changed(
    ports::Transaction& transaction, const std::string& round, const Reporter& reporter
) {
    const auto report = transaction.volumes().report(round, reporter.organisation);
    throw Refused(
        {"volumes.changed",
         {{"hospital", reporter.name},
          {"who", report ? report->changed_name : ""},
          {"at", report ? ports::beijing_text(report->changed_at) : ""},
          {"version", std::to_string(report ? report->version : 0)}}}
    );
}

std::vector<ports::MemberShare> split(
    const std::vector<Member>& members,
    const std::vector<VolumeLine>& lines,
    const std::vector<PastUse>& past
) {
    using Key = std::tuple<std::string, std::string, std::int64_t>;
    std::map<Key, std::int64_t> used;
    for (const PastUse& use : past) {
        std::int64_t& sum = used[{use.lot, use.spec, use.hospital}];
        sum = std::min(sum + use.units, kUnitsMax);
    }
    std::vector<ports::MemberShare> shares;
    for (const VolumeLine& line : lines) {
        std::vector<std::int64_t> weights;
        for (const Member& member : members) {
            const auto found = used.find({line.lot, line.spec, member.organisation});
            weights.push_back(found == used.end() ? 0 : found->second);
        }
        const auto parts = reporting::split_in_group(line.units, weights);
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (parts[i] == 0) continue;
            shares.push_back(
                {line.lot,
                 line.spec,
                 line.brand,
                 members[i].organisation,
                 members[i].region,
                 parts[i]}
            );
        }
    }
    return shares;
}

ports::VolumeReport save_lines(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const RoundPlan& plan,
    const OpenReport& open,
    const Doer& doer,
    const std::vector<VolumeLine>& lines,
    std::int64_t version
) {
    if (version != open.version()) refuse_changed(transaction, round.id, open.reporter);
    need_editing(transaction, round, open, doer);
    std::vector<ports::FieldFault> faults;
    for (const LineFault& fault : faults_of(plan, lines)) {
        faults.push_back(
            {"/lines/" + std::to_string(fault.line) + (fault.member.empty() ? "" : "/") +
                 fault.member,
             fault.value,
             fault.message}
        );
    }
    if (!faults.empty()) {
        throw Refused(
            {"volumes.malformed", {{"count", std::to_string(faults.size())}}}, std::move(faults)
        );
    }
    ports::VolumeReport report = open.report.value_or(ports::VolumeReport{});
    const Reporter& reporter = open.reporter;
    report.round = round.id;
    report.hospital = reporter.organisation;
    report.region = reporter.region;
    report.split = reporter.members.size() > 1;
    report.line_count = static_cast<std::int64_t>(lines.size());
    std::set<std::string_view> lots;
    for (const VolumeLine& line : lines) lots.insert(line.lot);
    report.lot_count = static_cast<std::int64_t>(lots.size());
    report.changed_at = doer.now;
    report.changed_by = doer.actor.user;
    report.changed_name = doer.name;
    ports::VolumeStore& volumes = transaction.volumes();
    if (!open.report) {
        try {
            volumes.add(report);
        } catch (const ports::Conflict&) {
            refuse_changed(transaction, round.id, reporter);
        }
        report.version = 1;
    } else {
        if (!volumes.save(report)) refuse_changed(transaction, round.id, reporter);
        ++report.version;
    }
    volumes.set_lines(round.id, report.hospital, lines);
    const bool had_shares = open.report && open.report->split;
    if (report.split || had_shares) {
        volumes.set_shares(
            round.id,
            report.hospital,
            report.split ? split(reporter.members, lines, open.past)
                         : std::vector<ports::MemberShare>{}
        );
    }
    return report;
}

}  // namespace jicai::volumes
