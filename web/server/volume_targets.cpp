#include <engine/access/access.h>
#include <engine/ports/refused.h>
#include <engine/volumes/reports.h>
#include <web/server/answer.h>
#include <web/server/volume_plan.h>
#include <web/server/volume_targets.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace jicai::web {
namespace {

using access::Action;
using catalogue::CellChange;
using catalogue::ChangedRow;
using catalogue::Comparison;
using catalogue::RowChange;
using catalogue::RowFault;
using catalogue::TableContext;
using catalogue::TableRow;
using ports::Refused;

ports::StoredRound round_of(ports::Transaction& transaction, const TableContext& context) {
    auto round = transaction.rounds().round(context.round);
    if (!round) throw Refused({"round.not_found", {{"round", context.round}}});
    const auto position = volumes::standing(transaction, *round, context.now);
    const access::Object whole{
        .office = round->owner, .region = round->region, .stage = position.stage};
    if (!access::may(context.actor, Action::see_rounds, whole)) {
        throw Refused({"round.not_found", {{"round", context.round}}});
    }
    return *std::move(round);
}

volumes::Doer doer_of(const TableContext& context) {
    return {context.actor, context.login, context.login, context.now};
}

std::vector<std::string> lots_of(const volumes::RoundPlan& plan) {
    std::vector<std::string> lots;
    for (const auto& lot : plan.lots) lots.push_back(lot.id);
    return lots;
}

std::vector<std::string> specs_of(const volumes::RoundPlan& plan) {
    std::vector<std::string> specs;
    for (const auto& lot : plan.lots) {
        for (const auto& spec : lot.specs) {
            if (std::find(specs.begin(), specs.end(), spec.name) == specs.end()) {
                specs.push_back(spec.name);
            }
        }
    }
    return specs;
}

void add_change(Comparison& comparison, ChangedRow row) {
    if (row.change == RowChange::added) ++comparison.added;
    if (row.change == RowChange::changed) ++comparison.changed;
    if (row.change == RowChange::removed) ++comparison.removed;
    if (comparison.shown.size() < catalogue::kChangedRowsShown) {
        comparison.shown.push_back(std::move(row));
    }
}

class VolumeReportTarget final : public catalogue::TableTarget {
    enum Column : std::size_t { kHospital, kLot, kSpec, kBrand, kUnits, kCause, kRemark };

    struct Subject {
        ports::StoredRound round;
        std::shared_ptr<const volumes::RoundPlan> plan;
        volumes::OpenReport open;
    };

    static Subject subject(ports::Transaction& transaction, const TableContext& context) {
        Subject subject;
        subject.round = round_of(transaction, context);
        const auto reporter = context.hospital.empty()
                                  ? volumes::reporter_of(transaction, context.actor.organisation)
                                  : volumes::reporter_of(transaction, context.hospital);
        if (!reporter || reporter->organisation != context.actor.organisation) {
            throw Refused({"volumes.hospital_not_found", {{"code", context.hospital}}});
        }
        subject.plan = volume_plan(transaction, subject.round, context.now);
        subject.open = volumes::open_report(transaction, subject.round, *reporter);
        return subject;
    }

    static std::string base_of(const Subject& subject) {
        return subject.open.reporter.code + ' ' + std::to_string(subject.open.version());
    }

    static std::vector<ports::VolumeLine> lines_of(const std::vector<TableRow>& rows) {
        std::vector<ports::VolumeLine> lines;
        lines.reserve(rows.size());
        for (const TableRow& row : rows) {
            const auto& values = row.values;
            const auto cause = volumes::find_cause(values.at(kCause).text);
            lines.push_back(
                {values.at(kLot).text,
                 values.at(kSpec).text,
                 values.at(kBrand).text,
                 values.at(kUnits).number,
                 static_cast<std::uint8_t>(cause.value_or(reporting::Cause::none)),
                 values.at(kRemark).text}
            );
        }
        return lines;
    }

    using Key = std::tuple<std::string, std::string, std::string>;
    static Key key_of(const ports::VolumeLine& line) { return {line.lot, line.spec, line.brand}; }

    /// The file's lines first, row by row, then those of the report the file does not name: a file
    /// of some lots must not clear the others.
    static std::vector<ports::VolumeLine> merged(
        const Subject& subject, const std::vector<TableRow>& rows
    ) {
        auto lines = lines_of(rows);
        std::set<Key> named;
        for (const auto& line : lines) named.insert(key_of(line));
        for (const auto& line : subject.open.lines) {
            if (named.count(key_of(line)) == 0) lines.push_back(line);
        }
        return lines;
    }

    static std::size_t column_of(const std::string& member) {
        if (member == "lot") return kLot;
        if (member == "spec") return kSpec;
        if (member == "brand") return kBrand;
        if (member == "remark") return kRemark;
        return member == "units" ? kUnits : kHospital;
    }

    static void check(
        const Subject& subject,
        const std::vector<TableRow>& rows,
        const std::vector<ports::VolumeLine>& lines,
        Comparison& comparison
    ) {
        const std::string& own = subject.open.reporter.code;
        for (const TableRow& row : rows) {
            const std::string& code = row.values.at(kHospital).text;
            if (code == own) continue;
            comparison.faults.push_back(
                {row.row, kHospital, code, {"volumes.other_hospital", {{"hospital", own}}}}
            );
        }
        for (auto& fault : volumes::faults_of(*subject.plan, lines)) {
            const bool whole = fault.line >= rows.size();
            comparison.faults.push_back(
                {whole ? 0 : rows[fault.line].row,
                 column_of(fault.member),
                 std::move(fault.value),
                 std::move(fault.message)}
            );
        }
        for (const auto& check : volumes::check_lots(*subject.plan, lines, subject.open.past)) {
            for (const auto& finding : check.answer.findings) {
                const std::string spec = finding.line ? lines[*finding.line].spec : "";
                const bool of_row = finding.line && *finding.line < rows.size();
                comparison.warnings.push_back(
                    {of_row ? rows[*finding.line].row : 0,
                     kUnits,
                     check.answer.comparison.reported,
                     {"volumes.finding." + std::string(volumes::name_of(finding.finding)),
                      {{"lot", check.lot->name},
                       {"spec", spec},
                       {"reported", check.answer.comparison.reported},
                       {"floor", check.answer.comparison.floor},
                       {"alarm", check.alarm},
                       {"mean", check.past_mean}}}}
                );
            }
        }
    }

    static std::string key_text(const ports::VolumeLine& line) {
        return line.lot + " / " + line.spec + (line.brand.empty() ? "" : " / " + line.brand);
    }
    static std::string cause_text(const ports::VolumeLine& line) {
        return std::string(volumes::name_of(static_cast<reporting::Cause>(line.cause)));
    }

public:
    std::string table() const override { return "volume_report"; }
    Action action() const override { return Action::report_volumes; }

    void admit(ports::Transaction& transaction, const TableContext& context) const override {
        const Subject subject = VolumeReportTarget::subject(transaction, context);
        volumes::need_editing(transaction, subject.round, subject.open, doer_of(context));
    }

    catalogue::AllowedWords allowed(ports::Transaction& transaction, const TableContext& context)
        const override {
        const Subject subject = VolumeReportTarget::subject(transaction, context);
        return {
            {kHospital, {subject.open.reporter.code}},
            {kLot, lots_of(*subject.plan)},
            {kSpec, specs_of(*subject.plan)}};
    }

    std::vector<std::vector<std::string>> prefilled(
        ports::Transaction& transaction, const TableContext& context
    ) const override {
        const Subject subject = VolumeReportTarget::subject(transaction, context);
        const std::string& code = subject.open.reporter.code;
        std::vector<std::vector<std::string>> rows;
        for (const auto& lot : subject.plan->lots) {
            for (const auto& spec : lot.specs) {
                const std::size_t before = rows.size();
                for (const auto& line : subject.open.lines) {
                    if (line.lot != lot.id || line.spec != spec.name) continue;
                    rows.push_back(
                        {code,
                         lot.id,
                         spec.name,
                         line.brand,
                         std::to_string(line.units),
                         cause_text(line),
                         line.remark}
                    );
                }
                if (rows.size() == before)
                    rows.push_back({code, lot.id, spec.name, "", "", "", ""});
            }
        }
        return rows;
    }

    Comparison compare(
        ports::Transaction& transaction,
        const TableContext& context,
        const std::vector<TableRow>& rows
    ) const override {
        const Subject subject = VolumeReportTarget::subject(transaction, context);
        const auto lines = merged(subject, rows);
        Comparison comparison;
        comparison.base = base_of(subject);
        check(subject, rows, lines, comparison);
        std::map<Key, const ports::VolumeLine*> had;
        for (const auto& line : subject.open.lines) had[key_of(line)] = &line;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const ports::VolumeLine& line = lines[i];
            const auto found = had.find(key_of(line));
            const ports::VolumeLine none;
            const bool is_new = found == had.end();
            const ports::VolumeLine& before = is_new ? none : *found->second;
            ChangedRow row{
                rows[i].row, key_text(line), is_new ? RowChange::added : RowChange::changed, {}};
            const auto cell = [&](std::size_t column, std::string was, std::string is) {
                if (was != is) row.cells.push_back({column, std::move(was), std::move(is)});
            };
            cell(
                kUnits,
                is_new ? std::string() : std::to_string(before.units),
                std::to_string(line.units)
            );
            cell(kCause, cause_text(before), cause_text(line));
            cell(kRemark, before.remark, line.remark);
            if (!is_new) had.erase(found);
            if (!is_new && row.cells.empty()) {
                ++comparison.same;
            } else {
                add_change(comparison, std::move(row));
            }
        }
        comparison.same += static_cast<std::int64_t>(had.size());  // the file does not name them
        return comparison;
    }

    std::vector<ports::AuditEntry> apply(
        ports::Transaction& transaction,
        const TableContext& context,
        const std::vector<TableRow>& rows,
        const Comparison& comparison
    ) const override {
        transaction.volumes().hold_round(context.round);
        const Subject subject = VolumeReportTarget::subject(transaction, context);
        // Somebody may have saved between the comparison and the hold.
        if (base_of(subject) != comparison.base) throw Refused({"import.overtaken", {}});
        const std::int64_t version = subject.open.version();
        const auto saved = volumes::save_lines(
            transaction,
            subject.round,
            *subject.plan,
            subject.open,
            doer_of(context),
            merged(subject, rows),
            version
        );
        return {audited(
            "report.saved",
            "report:" + context.round + "/" + subject.open.reporter.code,
            decision::Json::Object{{"version", version}},
            decision::Json::Object{{"version", saved.version}, {"lines", saved.line_count}}
        )};
    }
};

class HistoryTarget final : public catalogue::TableTarget {
    enum Column : std::size_t { kHospital, kLot, kSpec, kBrand, kYear, kUnits };
    using Key = std::tuple<std::string, std::string, std::string, std::int64_t>;
    using Uses = std::map<Key, std::int64_t>;

    /// Institutions of the file by code.
    static std::map<std::string, ports::Institution> institutions(
        ports::Transaction& transaction, const std::vector<TableRow>& rows
    ) {
        std::set<std::string> codes;
        for (const TableRow& row : rows) codes.insert(row.values.at(kHospital).text);
        std::map<std::string, ports::Institution> found;
        for (auto& each :
             transaction.catalogue().institutions_by_code({codes.begin(), codes.end()})) {
            const std::string code = each.code;
            found.emplace(code, std::move(each));
        }
        return found;
    }

    static std::int64_t year_of(const TableRow& row) {
        std::int64_t year = 0;
        for (const char c : row.values.at(kYear).text) {
            if (c < '0' || c > '9' || year > 9999) return 0;
            year = year * 10 + (c - '0');
        }
        return year;
    }

    static bool is_theirs(
        const TableContext& context, const ports::StoredRound& round, const std::string& region
    ) {
        if (context.actor.organisation == round.owner) return true;
        return context.reach == access::Reach::region &&
               access::is_within(region, context.actor.region);
    }

    static Uses uses_of(
        ports::Transaction& transaction, const std::string& round, std::int64_t hospital
    ) {
        Uses uses;
        for (const auto& use : transaction.volumes().past_use(round, {hospital})) {
            uses[{use.lot, use.spec, use.brand, use.year}] = use.units;
        }
        return uses;
    }

    static std::map<std::string, std::vector<const TableRow*>> by_hospital(
        const std::vector<TableRow>& rows
    ) {
        std::map<std::string, std::vector<const TableRow*>> grouped;
        for (const TableRow& row : rows) grouped[row.values.at(kHospital).text].push_back(&row);
        return grouped;
    }

    static void check(
        const volumes::RoundPlan& plan, const TableRow& row, std::vector<RowFault>& faults
    ) {
        const std::string& lot_id = row.values.at(kLot).text;
        const std::string& spec = row.values.at(kSpec).text;
        const auto* const lot = plan.find(lot_id);
        if (lot == nullptr) {
            faults.push_back({row.row, kLot, lot_id, {"volumes.lot_unknown", {{"lot", lot_id}}}});
        } else if (lot->spec(spec) == lot->specs.size()) {
            std::string known;
            for (const auto& each : lot->specs) known += (known.empty() ? "" : "、") + each.name;
            faults.push_back(
                {row.row,
                 kSpec,
                 spec,
                 {"volumes.spec_unknown", {{"lot", lot_id}, {"spec", spec}, {"known", known}}}}
            );
        }
    }

public:
    std::string table() const override { return "history"; }
    Action action() const override { return Action::upload_tables; }

    void admit(ports::Transaction& transaction, const TableContext& context) const override {
        const ports::StoredRound round = round_of(transaction, context);
        const auto position = volumes::standing(transaction, round, context.now);
        if (position.stage > procedure::Stage::volume_confirmation) {
            throw Refused({"volumes.history_fixed", {{"round", round.id}}});
        }
        const bool office = context.actor.organisation == round.owner;
        if (!office && context.reach != access::Reach::region) {
            throw Refused({"volumes.history_not_yours", {}});
        }
    }

    catalogue::AllowedWords allowed(ports::Transaction& transaction, const TableContext& context)
        const override {
        const auto plan = volume_plan(transaction, round_of(transaction, context), context.now);
        return {{kLot, lots_of(*plan)}, {kSpec, specs_of(*plan)}};
    }

    std::vector<std::vector<std::string>> prefilled(ports::Transaction&, const TableContext&)
        const override {
        return {};
    }

    Comparison compare(
        ports::Transaction& transaction,
        const TableContext& context,
        const std::vector<TableRow>& rows
    ) const override {
        const ports::StoredRound round = round_of(transaction, context);
        const auto plan = volume_plan(transaction, round, context.now);
        const auto known = institutions(transaction, rows);
        Comparison comparison;
        for (const TableRow& row : rows) {
            check(*plan, row, comparison.faults);
            const std::string& code = row.values.at(kHospital).text;
            const auto found = known.find(code);
            if (found == known.end() || !is_theirs(context, round, found->second.region)) {
                comparison.faults.push_back(
                    {row.row, kHospital, code, {"volumes.hospital_not_found", {{"code", code}}}}
                );
            }
        }
        if (!comparison.faults.empty()) return comparison;
        for (const auto& [code, own_rows] : by_hospital(rows)) {
            Uses had = uses_of(transaction, round.id, known.at(code).organisation);
            for (const auto& [key, units] : had) {
                const auto& [lot, spec, brand, year] = key;
                comparison.base += code + '\n' + lot + '\n' + spec + '\n' + brand + '\n' +
                                   std::to_string(year) + '\n' + std::to_string(units) + '\n';
            }
            for (const TableRow* const row : own_rows) {
                const Key key{
                    row->values.at(kLot).text,
                    row->values.at(kSpec).text,
                    row->values.at(kBrand).text,
                    year_of(*row)};
                const std::int64_t units = row->values.at(kUnits).number;
                const auto before = had.find(key);
                if (before != had.end() && before->second == units) {
                    ++comparison.same;
                    had.erase(before);
                    continue;
                }
                const bool is_new = before == had.end();
                ChangedRow change{
                    row->row,
                    code + " / " + std::get<0>(key) + " / " + std::get<1>(key) + " / " +
                        std::to_string(std::get<3>(key)),
                    is_new ? RowChange::added : RowChange::changed,
                    {}};
                change.cells.push_back(
                    {kUnits,
                     is_new ? std::string() : std::to_string(before->second),
                     std::to_string(units)}
                );
                if (!is_new) had.erase(before);
                add_change(comparison, std::move(change));
            }
            for (const auto& [key, units] : had) {
                ChangedRow change{
                    0,
                    code + " / " + std::get<0>(key) + " / " + std::get<1>(key) + " / " +
                        std::to_string(std::get<3>(key)),
                    RowChange::removed,
                    {}};
                change.cells.push_back({kUnits, std::to_string(units), ""});
                add_change(comparison, std::move(change));
            }
        }
        return comparison;
    }

    std::vector<ports::AuditEntry> apply(
        ports::Transaction& transaction,
        const TableContext& context,
        const std::vector<TableRow>& rows,
        const Comparison& comparison
    ) const override {
        // One file after another: somebody may have taken one over since the comparison.
        static_cast<void>(transaction.rounds().locked(context.round));
        admit(transaction, context);
        if (compare(transaction, context, rows).base != comparison.base) {
            throw Refused({"import.overtaken", {}});
        }
        const auto known = institutions(transaction, rows);
        for (const auto& [code, own_rows] : by_hospital(rows)) {
            std::vector<ports::PastUse> uses;
            for (const TableRow* const row : own_rows) {
                uses.push_back(
                    {known.at(code).organisation,
                     row->values.at(kLot).text,
                     row->values.at(kSpec).text,
                     row->values.at(kBrand).text,
                     year_of(*row),
                     row->values.at(kUnits).number}
                );
            }
            transaction.volumes().set_past_use(context.round, known.at(code).organisation, uses);
        }
        return {audited(
            "report.history",
            "round:" + context.round,
            {},
            decision::Json::Object{
                {"added", comparison.added},
                {"changed", comparison.changed},
                {"removed", comparison.removed}}
        )};
    }
};

}  // namespace

const catalogue::TableTarget& volume_report_target() {
    static const VolumeReportTarget target;
    return target;
}

const catalogue::TableTarget& history_target() {
    static const HistoryTarget target;
    return target;
}

}  // namespace jicai::web
