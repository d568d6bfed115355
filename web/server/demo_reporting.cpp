#include <catalogs/builtin/builtin.h>
#include <catalogs/rule_set/rule_set.h>
#include <catalogs/sha256/sha256.h>
#include <engine/calendar/deadline.h>
#include <engine/catalogue/holidays.h>
#include <engine/money/check.h>
#include <engine/setup/conditions.h>
#include <engine/volumes/reports.h>
#include <reports/rulebook_page.h>
#include <web/server/demo_notices.h>
#include <web/server/demo_people.h>
#include <web/server/demo_reporting.h>
#include <web/server/demo_volumes.h>
#include <web/server/volume_plan.h>

#include <array>
#include <map>

namespace jicai::web {
namespace {

using access::Stage;
using calendar::Day;
using ports::Author;
using ports::Moment;
using reporting::Status;
using reporting::Step;

constexpr const char* kRulebook = "gy-yd2019-2";
constexpr const char* kLotsOf = "GY-YD2019-2";
constexpr std::int32_t kSeventeen = 17 * 3600;  ///< 17:00, when stages end

/// Working days around `now`; where a year is not told, five of seven days.
class Days {
public:
    Days(ports::Transaction& transaction, Moment now)
        : calendar_(catalogue::calendar(transaction)), today_(calendar::beijing_day(now)) {}

    [[nodiscard]] Day after(int working_days) const {
        const auto found = calendar_.add_working_days(today_, working_days);
        return found.value ? *found.value : calendar::plus(today_, working_days * 7 / 5);
    }
    [[nodiscard]] Moment at(int working_days) const {
        return calendar::deadline_at(after(working_days), kSeventeen).moment;
    }

private:
    calendar::WorkingCalendar calendar_;
    Day today_;
};

/// One of the demo's accounts.
Author author(ports::Transaction& transaction, const char* login) {
    const auto user = transaction.people().user_by_login(login);
    if (!user) return {0, 0, login, login};
    return {user->id, user->organisation, user->login, user->name};
}

/// Somebody of an institution who has no account.
std::string invented_name(Dice& dice) {
    constexpr std::array kFamily{"王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周"};
    constexpr std::array kGiven{"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "秀英", "建国"};
    const auto pick = [&](const auto& names) {
        return std::string(names.at(static_cast<std::size_t>(dice.below(10))));
    };
    const std::string family = pick(kFamily);
    return family + pick(kGiven);
}

std::map<std::string, std::string> files_of(
    const char* round, const std::string& title, const std::string& opening
) {
    std::map<std::string, std::string> files;
    for (const catalogs::BuiltinRoundFile& file : catalogs::builtin_round_files()) {
        const bool wanted = file.name == "lots.csv" || file.name == "specs.csv";
        if (wanted && file.round == kLotsOf) files.emplace(file.name, file.text);
    }
    files["round.toml"] = "id = \"" + std::string(round) + "\"\ntitle = \"" + title +
                          "\"\nkind = \"drug\"\nrulebook = \"" + kRulebook +
                          "\"\nopening = " + opening + "\n";
    return files;
}

/// Adds institutions, or describes organisations that are there already.
std::vector<ports::Institution> put_institutions(
    ports::Transaction& transaction, const Days& days
) {
    constexpr int kTemporaryWorkingDays = 20;
    auto institutions = demo_institutions(calendar::day_text(days.after(kTemporaryWorkingDays)));
    std::vector<ports::Institution> missing;
    for (const ports::Institution& each : institutions) {
        if (!transaction.people().organisation_by_code(each.code)) missing.push_back(each);
    }
    transaction.catalogue().add(missing);
    for (ports::Institution& each : institutions) {
        const auto stored = transaction.catalogue().institution_by_code(each.code);
        JICAI_CHECK(stored.has_value());
        each.organisation = stored->organisation;
        each.lead = stored->lead;
        const bool described = stored->kind == each.kind && stored->level == each.level;
        if (described) continue;
        ports::Institution change = *stored;
        change.kind = each.kind;
        change.duty = each.duty;
        change.level = each.level;
        transaction.catalogue().save(change);
    }
    return institutions;
}

/// Writes one report with its way so far.
class Reports {
public:
    Reports(ports::Transaction& transaction, const volumes::RoundPlan& plan, Moment now)
        : transaction_(transaction),
          plan_(plan),
          now_(now),
          county_(author(transaction, "county")),
          city_(author(transaction, "city")),
          province_(author(transaction, "province")) {}

    void add(
        const ports::Institution& institution,
        const std::vector<volumes::Member>& members,
        const std::vector<ports::PastUse>& past
    ) {
        Dice dice(static_cast<std::uint64_t>(institution.organisation) * 7919);
        const DemoWay way = demo_way(institution, number_of(institution), dice);
        if (!way.begun) return;
        const auto lines = demo_lines(plan_, past, dice, way.status != Status::draft);
        std::vector<ports::ReportStep> steps = steps_of(institution, way, dice);
        ports::VolumeReport report;
        report.round = kDemoReportingRound;
        report.hospital = institution.organisation;
        report.region = institution.region;
        report.status = static_cast<std::uint8_t>(way.status);
        report.late = way.late;
        report.split = members.size() > 1;
        report.line_count = static_cast<std::int64_t>(lines.size());
        report.lot_count = lots_in(lines);
        if (!steps.empty()) report.submitted_at = steps.front().at;
        report.changed_at = steps.empty() ? hours_ago(20) : steps.back().at;
        report.changed_name = steps.empty() ? invented_name(dice) : steps.back().name;
        transaction_.volumes().add(report);
        transaction_.volumes().set_lines(report.round, report.hospital, lines);
        if (report.split) {
            transaction_.volumes().set_shares(
                report.round, report.hospital, volumes::split(members, lines, past)
            );
        }
        for (const ports::ReportStep& step : steps) transaction_.volumes().add(step);
        if (way.late) let_in(institution);
    }

private:
    [[nodiscard]] Moment hours_ago(std::int64_t hours) const {
        return ports::after(now_, -hours * ports::kHour);
    }

    static std::int64_t lots_in(const std::vector<ports::VolumeLine>& lines) {
        std::int64_t lots = 0;
        const ports::VolumeLine* before = nullptr;
        for (const ports::VolumeLine& line : lines) {
            if (before == nullptr || before->lot != line.lot) ++lots;
            before = &line;
        }
        return lots;
    }

    std::size_t number_of(const ports::Institution& institution) {
        return numbers_[institution.region]++;
    }

    void let_in(const ports::Institution& institution) {
        ports::LateFiling filing;
        filing.round = kDemoReportingRound;
        filing.hospital = institution.organisation;
        filing.until = ports::after(now_, 2 * ports::kDay);
        filing.reason = "信息系统升级，无法按原定时间填报";
        filing.user = province_.user;
        filing.organisation = province_.organisation;
        filing.name = province_.name;
        filing.at = hours_ago(70);
        transaction_.volumes().set_late_filing(filing);
    }

    std::vector<ports::ReportStep> steps_of(
        const ports::Institution& institution, const DemoWay& way, Dice& dice
    ) {
        using enum Status;
        const auto level = reporting::level_of_region(institution.region);
        const bool of_county = level == reporting::Level::county;
        std::vector<ports::ReportStep> steps;
        Status from = draft;
        std::int64_t hours = dice.between(60, 90);
        const auto step = [&](Step kind, Status to, const Author& by, const char* remark) {
            hours -= dice.between(5, 12);
            ports::ReportStep made;
            made.round = kDemoReportingRound;
            made.hospital = institution.organisation;
            made.step = static_cast<std::uint8_t>(kind);
            made.from = static_cast<std::uint8_t>(from);
            made.to = static_cast<std::uint8_t>(to);
            made.user = by.user;
            made.organisation = by.organisation;
            made.login = by.login;
            made.name = by.name;
            made.at = hours_ago(hours);
            made.remark = remark;
            steps.push_back(made);
            from = to;
        };
        const auto of_hospital = [&] {
            return Author{0, institution.organisation, "", invented_name(dice)};
        };
        if (way.status == draft) return steps;
        step(Step::submit, submitted, of_hospital(), "");
        if (way.status == submitted) return steps;
        step(Step::approve, department_approved, of_hospital(), "已与药学部核对");
        if (way.status == department_approved) return steps;
        if (way.status == returned) {
            const Author& by = of_county ? county_ : city_;
            step(Step::send_back, returned, by, "请核对 2 号品种的报量，与近两年用量相差较大");
            return steps;
        }
        if (of_county) step(Step::confirm, county_confirmed, county_, "");
        if (way.status == county_confirmed) return steps;
        step(Step::confirm, city_confirmed, city_, "");
        if (way.status == city_confirmed) return steps;
        step(Step::confirm, province_confirmed, province_, "");
        return steps;
    }

    ports::Transaction& transaction_;
    const volumes::RoundPlan& plan_;
    Moment now_;
    Author county_;
    Author city_;
    Author province_;
    std::map<std::string, std::size_t> numbers_;
};

void add_reports(
    ports::Transaction& transaction,
    const std::vector<ports::Institution>& institutions,
    const volumes::RoundPlan& plan,
    Moment now
) {
    std::map<std::int64_t, std::vector<const ports::Institution*>> for_whom;
    std::map<std::string, std::int64_t> by_code;
    for (const auto& each : institutions) by_code[each.code] = each.organisation;
    std::map<std::int64_t, std::vector<ports::PastUse>> past;
    for (const ports::Institution& each : institutions) {
        std::vector<ports::PastUse> own = demo_past_use(plan, each);
        for (ports::PastUse& use : own) use.hospital = each.organisation;
        transaction.volumes().set_past_use(kDemoReportingRound, each.organisation, own);
        std::int64_t reports = each.organisation;
        if (!each.buys_through.empty()) reports = by_code.at(each.buys_through);
        if (!each.lead_code.empty()) reports = by_code.at(each.lead_code);
        auto& all = past[reports];
        all.insert(all.end(), own.begin(), own.end());
        for_whom[reports].push_back(&each);
    }
    Reports reports(transaction, plan, now);
    for (const ports::Institution& each : institutions) {
        const auto found = for_whom.find(each.organisation);
        if (found == for_whom.end()) continue;
        std::vector<volumes::Member> members;
        for (const ports::Institution* member : found->second) {
            members.push_back({member->organisation, member->code, member->name, member->region});
        }
        reports.add(each, members, past.at(each.organisation));
    }
}

void set_deadlines(
    ports::Transaction& transaction, const char* round, const Days& days, int shift
) {
    constexpr std::array<std::pair<Stage, int>, 5> kEnds{
        {{Stage::notice, -6},
         {Stage::volume_reporting, 5},
         {Stage::volume_confirmation, 12},
         {Stage::bidding, 22},
         {Stage::opening, 24}}};
    for (const auto& [stage, working_days] : kEnds) {
        transaction.procedure().set(ports::StageDeadline{
            round, stage, days.at(working_days + shift), "", 0});
    }
}

/// The way of a round from its draft to its notice: pinned, signed by two, reviewed.
void set_up(ports::Transaction& transaction, const ports::StoredRound& round, Moment now) {
    auto& procedure = transaction.procedure();
    const Author officer = author(transaction, "officer");
    const Author second = author(transaction, "officer2");
    const auto days_ago = [&](std::int64_t days) { return ports::after(now, -days * ports::kDay); };
    const auto rules = catalogs::find_rules(round.rulebook);
    JICAI_CHECK(rules.value.has_value());
    const rules::Rulebook& rulebook = rules.value->rulebook;
    const std::string digest = catalogs::sha256_hex(rules::canonical_text(rulebook));
    procedure.add(ports::RulebookPin{round.id, 1, round.rulebook, digest, officer, days_ago(25)});
    for (const auto& row : reports::values_to_accept(rulebook).rows) {
        procedure.set(ports::AcceptedValue{round.id, row[0], row[1], officer, days_ago(24)});
    }
    const std::string to_sign = setup::digest_to_sign(transaction, round, "rulebook");
    procedure.add(ports::Signature{0, round.id, "rulebook", to_sign, officer, days_ago(23), ""});
    procedure.add(ports::Signature{
        0, round.id, "rulebook", to_sign, second, days_ago(22), "已逐条复核"});
    constexpr std::array<std::pair<const char*, const char*>, 3> kPapers{
        {{"fair_competition_review", "公平竞争审查表（演示）.pdf"},
         {"legal_review", "合法性审核意见（演示）.pdf"},
         {"tender_document", "采购文件（演示）.pdf"}}};
    for (const auto& [kind, name] : kPapers) {
        const std::string content = demo_pdf();
        ports::Document document;
        document.round = round.id;
        document.kind = kind;
        document.name = name;
        document.type = "application/pdf";
        document.bytes = static_cast<std::int64_t>(content.size());
        document.digest = catalogs::sha256_hex(content);
        document.by = officer;
        document.at = days_ago(21);
        transaction.documents().add(document, content);
    }
    procedure.add(ports::StageChange{
        0, round.id, Stage::draft, Stage::notice, days_ago(20), officer, "发布公告"});
}

ports::StoredRound add_round(
    ports::Transaction& transaction,
    const char* id,
    const std::string& title,
    Stage stage,
    const std::map<std::string, std::string>& files,
    const std::string& opening,
    Moment now
) {
    const auto office = transaction.people().organisation_by_code(kDemoOfficeCode);
    JICAI_CHECK(office.has_value());
    ports::StoredRound round;
    round.id = id;
    round.title = title;
    round.kind = "drug";
    round.rulebook = kRulebook;
    round.stage = stage;
    round.opening = opening;
    round.owner = office->id;
    round.changed_at = now;
    transaction.rounds().add(round, files);
    return round;
}

void seed_reporting_round(
    ports::Transaction& transaction,
    const std::vector<ports::Institution>& institutions,
    const Days& days,
    Moment now
) {
    const std::string title = "药品集中采购（演示一，虚构轮次）";
    const std::string opening = calendar::day_text(days.after(24));
    const auto files = files_of(kDemoReportingRound, title, opening);
    const ports::StoredRound round = add_round(
        transaction, kDemoReportingRound, title, Stage::volume_reporting, files, opening, now
    );
    set_up(transaction, round, now);
    set_deadlines(transaction, kDemoReportingRound, days, 0);
    transaction.procedure().add(ports::StageChange{
        0, round.id, Stage::notice, Stage::volume_reporting, days.at(-6), Author{}, ""});
    const volumes::RoundPlan plan =
        volume_plan(files, kRulebook, calendar::date_of(days.after(24)).year);
    add_reports(transaction, institutions, plan, now);
    seed_demo_answered(transaction, kDemoReportingRound, now);
}

void seed_notice_round(ports::Transaction& transaction, const Days& days, Moment now) {
    const std::string title = "药品集中采购（演示二，虚构轮次）";
    const std::string opening = calendar::day_text(days.after(24));
    const auto files = files_of(kDemoNoticeRound, title, opening);
    const ports::StoredRound round =
        add_round(transaction, kDemoNoticeRound, title, Stage::notice, files, opening, now);
    set_up(transaction, round, now);
    set_deadlines(transaction, kDemoNoticeRound, days, 9);
    seed_demo_questions(transaction, kDemoNoticeRound, now);
}

}  // namespace

void seed_demo_reporting(ports::Store& store, ports::Moment now) {
    bool there = false;
    store.read([&](ports::Transaction& transaction) {
        there = transaction.rounds().round(kDemoReportingRound).has_value();
    });
    if (there) return;
    store.write([&](ports::Transaction& transaction) {
        if (transaction.rounds().round(kDemoReportingRound)) return;  // another start was faster
        const Days days(transaction, now);
        const auto institutions = put_institutions(transaction, days);
        seed_reporting_round(transaction, institutions, days, now);
        seed_notice_round(transaction, days, now);
        seed_demo_notices(transaction, kDemoReportingRound, days.at(3), now);
    });
}

}  // namespace jicai::web
