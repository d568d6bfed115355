#pragma once

#include <engine/reporting/confirmation.h>
#include <engine/volumes/plan.h>
#include <engine/volumes/reporter.h>
#include <engine/volumes/standing.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// A hospital's report: reading, checking and saving it. The same checks for the screen, the API
/// and Excel.

namespace jicai::volumes {

inline constexpr std::int64_t kUnitsMax = 1'000'000'000'000;
inline constexpr std::size_t kLinesMax = 10'000;
inline constexpr std::size_t kTextCharactersMax = 200;  ///< of a brand
inline constexpr std::size_t kRemarkCharactersMax = 500;

/// "clinical_change"; empty for none. Messages: sheet_choice.volume_report.cause.<name>.
[[nodiscard]] std::string_view name_of(reporting::Cause cause);
[[nodiscard]] std::optional<reporting::Cause> find_cause(std::string_view name);
/// "below_floor"; messages: volumes.finding.<name>.
[[nodiscard]] std::string_view name_of(reporting::Finding finding);

/// One lot compared with past use.
struct LotCheck {
    const PlanLot* lot = nullptr;
    reporting::LotAnswer answer;  ///< `line` counts the lines of the whole report
    std::string past_mean;        ///< weighted units of a year, one decimal where needed
    std::string alarm;            ///< largest weighted quantity without alarm; empty: none
    [[nodiscard]] bool held_back() const;
};

/// Every lot that has a line or past use, in the order of the plan. Lines of unknown lots or specs
/// are not looked at.
[[nodiscard]] std::vector<LotCheck> check_lots(
    const RoundPlan& plan,
    const std::vector<ports::VolumeLine>& lines,
    const std::vector<ports::PastUse>& past
);

/// What cannot be saved at all: volumes.lot_unknown, volumes.spec_unknown, volumes.units_range,
/// volumes.text_long, volumes.too_many_lines. Fields are "/lines/3/units".
struct LineFault {
    std::size_t line = 0;
    std::string member;  ///< "units"
    std::string value;
    decision::Message message;
};
[[nodiscard]] std::vector<LineFault> faults_of(
    const RoundPlan& plan, const std::vector<ports::VolumeLine>& lines
);

/// A report as it stands.
struct OpenReport {
    Reporter reporter;
    std::optional<ports::VolumeReport> report;  ///< nothing: not begun
    std::vector<ports::VolumeLine> lines;       ///< of a member of a group: its shares
    std::vector<ports::MemberShare> shares;     ///< of a lead
    std::vector<ports::PastUse> past;           ///< of all members
    std::vector<ports::ReportStep> steps;
    std::optional<ports::LateFiling> late;
    [[nodiscard]] reporting::Status status() const;
    [[nodiscard]] std::int64_t version() const { return report ? report->version : 0; }
};
[[nodiscard]] OpenReport open_report(
    ports::Transaction& transaction, const ports::StoredRound& round, const Reporter& reporter
);

/// Refused unless somebody of the hospital may change its report now: access.not_yours (another
/// organisation), as need_reporter does, procedure.* (stage, role, deadline), volumes.leave_needed
/// (after the deadline), volumes.on_its_way (it is with somebody else).
void need_editing(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const OpenReport& open,
    const Doer& doer
);

/// Whether the report was sent back since the confirmation began: then it may be mended without
/// leave.
[[nodiscard]] bool sent_back_in_confirmation(
    ports::Transaction& transaction, const ports::StoredRound& round, const OpenReport& open
);

/// Puts `lines` in the place of the report's. `version` is the one that was read, 0: there was
/// none. Refused as need_editing does, with volumes.malformed (every fault), and with
/// volumes.changed, which names who was faster and when. Findings refuse nothing here.
ports::VolumeReport save_lines(
    ports::Transaction& transaction,
    const ports::StoredRound& round,
    const RoundPlan& plan,
    const OpenReport& open,
    const Doer& doer,
    const std::vector<ports::VolumeLine>& lines,
    std::int64_t version
);

/// Throws volumes.changed: who was faster and when.
[[noreturn]] void refuse_changed(
    ports::Transaction& transaction, const std::string& round, const Reporter& reporter
);

/// A member's parts of every line, weighed by its past use of that lot and spec.
[[nodiscard]] std::vector<ports::MemberShare> split(
    const std::vector<Member>& members,
    const std::vector<ports::VolumeLine>& lines,
    const std::vector<ports::PastUse>& past
);

}  // namespace jicai::volumes
