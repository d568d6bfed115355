#pragma once

#include <engine/ports/clock.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Volume reports of hospitals as they are kept. Quantities are smallest units, 0 to 10^12 in a
/// line. Statuses, steps and causes are the numbers of engine/reporting.

namespace jicai::ports {

/// The report of one institution in one round, without its lines.
struct VolumeReport {
    std::string round;
    std::int64_t hospital = 0;  ///< organisation
    std::string region;         ///< GB/T 2260: where it counts
    std::uint8_t status = 0;    ///< reporting::Status
    bool late = false;          ///< filed after the deadline, let in by the province
    bool split = false;         ///< a lead's: its shares count at the members' regions
    std::int64_t line_count = 0;
    std::int64_t lot_count = 0;
    std::optional<Moment> submitted_at;
    Moment changed_at;
    std::int64_t changed_by = 0;  ///< user; 0: an API key
    std::string changed_name;     ///< who that is, for the one who was slower
    std::int64_t version = 1;     ///< counts changes of report, lines, shares and status
};

struct VolumeLine {
    std::string lot;
    std::string spec;
    std::string brand;  ///< empty: any
    std::int64_t units = 0;
    std::uint8_t cause = 0;  ///< reporting::Cause
    std::string remark;
};

/// A member's part of a line of its lead's report.
struct MemberShare {
    std::string lot;
    std::string spec;
    std::string brand;
    std::int64_t member = 0;  ///< organisation
    std::string region;       ///< the member's
    std::int64_t units = 0;
};

/// One step of a report's way; appended, never changed.
struct ReportStep {
    std::int64_t id = 0;
    std::string round;
    std::int64_t hospital = 0;
    std::uint8_t step = 0;  ///< reporting::Step
    std::uint8_t from = 0;
    std::uint8_t to = 0;
    std::int64_t user = 0;
    std::int64_t organisation = 0;
    std::string login;
    std::string name;
    Moment at;
    std::string remark;
    std::int64_t document = 0;  ///< the stamped PDF; 0: none
};

/// What an institution used in a year.
struct PastUse {
    std::int64_t hospital = 0;
    std::string lot;
    std::string spec;
    std::string brand;
    std::int64_t year = 0;
    std::int64_t units = 0;
};

/// Leave to report after the deadline.
struct LateFiling {
    std::string round;
    std::int64_t hospital = 0;
    Moment until;  ///< exclusive
    std::string reason;
    std::int64_t user = 0;
    std::int64_t organisation = 0;
    std::string name;
    Moment at;
};

/// What counts towards the sums: a line at its hospital's region, or a share at its member's.
struct VolumePart {
    std::int64_t report = 0;    ///< organisation whose report it stands in
    std::int64_t hospital = 0;  ///< whose volume it is: a member's in a group
    std::string region;
    std::string lot;
    std::string spec;
    std::string brand;
    std::int64_t units = 0;
};

struct ReportVersion {
    std::int64_t hospital = 0;
    std::int64_t version = 0;
};

/// Versions only grow and reports are never deleted, so equal counts and sums mean: nothing
/// changed.
struct VersionSum {
    std::int64_t reports = 0;
    std::int64_t versions = 0;
    friend bool operator==(const VersionSum&, const VersionSum&) = default;
};

class VolumeStore {
public:
    virtual ~VolumeStore() = default;

    /// The round stays as it is until this transaction ends; many may hold it at once. Whoever
    /// changes a report holds its round first, so that no passage overlooks the change.
    virtual void hold_round(const std::string& round) = 0;

    /// Version 1. Conflict where the institution has a report in that round.
    virtual void add(const VolumeReport& report) = 0;
    /// Saves all members if the stored version is still `report.version`, and counts it up. False:
    /// somebody was faster. Holds the report until the end of the transaction.
    virtual bool save(const VolumeReport& report) = 0;
    virtual std::optional<VolumeReport> report(const std::string& round, std::int64_t hospital) = 0;
    virtual std::vector<VolumeReport> reports(const std::string& round) = 0;  ///< by hospital
    /// The reports of these institutions that there are.
    virtual std::vector<VolumeReport> reports(
        const std::string& round, const std::vector<std::int64_t>& hospitals
    ) = 0;

    // Each replaces what the report had; \pre the report was added, and added or saved in this
    // transaction. Read in the order they were written.
    virtual void set_lines(
        const std::string& round, std::int64_t hospital, const std::vector<VolumeLine>& lines
    ) = 0;
    virtual std::vector<VolumeLine> lines(const std::string& round, std::int64_t hospital) = 0;
    virtual void set_shares(
        const std::string& round, std::int64_t hospital, const std::vector<MemberShare>& shares
    ) = 0;
    virtual std::vector<MemberShare> shares(const std::string& round, std::int64_t hospital) = 0;

    virtual std::int64_t add(const ReportStep& step) = 0;
    virtual std::vector<ReportStep> steps(const std::string& round, std::int64_t hospital) = 0;

    /// Replaces an institution's past use. Read by hospital, in the order they were written.
    virtual void set_past_use(
        const std::string& round, std::int64_t hospital, const std::vector<PastUse>& uses
    ) = 0;
    virtual std::vector<PastUse> past_use(
        const std::string& round, const std::vector<std::int64_t>& hospitals
    ) = 0;

    /// Adds or replaces.
    virtual void set_late_filing(const LateFiling& filing) = 0;
    virtual std::optional<LateFiling> late_filing(
        const std::string& round, std::int64_t hospital
    ) = 0;
    virtual std::vector<LateFiling> late_filings(const std::string& round) = 0;

    // --- for sums
    /// Every part of every report of the round, by report; no other question may be asked of the
    /// transaction meanwhile.
    virtual void each_part(
        const std::string& round, const std::function<void(const VolumePart&)>& take
    ) = 0;
    /// The parts of these reports.
    virtual std::vector<VolumePart> parts(
        const std::string& round, const std::vector<std::int64_t>& hospitals
    ) = 0;
    virtual VersionSum version_sum(const std::string& round) = 0;
    virtual std::vector<ReportVersion> versions(const std::string& round) = 0;  ///< by hospital
    /// Those stored at `since` or later by the database's clock.
    virtual std::vector<ReportVersion> versions_since(const std::string& round, Moment since) = 0;
    /// The database's clock.
    virtual Moment database_now() = 0;
};

}  // namespace jicai::ports
