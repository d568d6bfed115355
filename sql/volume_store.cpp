#include <sql/stores.h>
#include <sql/volume_store.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace jicai::sql {
namespace {

using ports::LateFiling;
using ports::MemberShare;
using ports::Moment;
using ports::PastUse;
using ports::ReportStep;
using ports::VolumeLine;
using ports::VolumePart;
using ports::VolumeReport;

/// Few different statements, so that the prepared ones are kept.
constexpr std::size_t kChunk = 64;
constexpr std::size_t kChunks[] = {256, 64, 16, 4, 1};

constexpr std::string_view kReport =
    "SELECT round, hospital, region, status, late, split, line_count, lot_count, submitted_at, "
    "changed_at, changed_by, changed_name, version FROM volume_reports WHERE round = ?";
constexpr std::string_view kLate =
    "SELECT round, hospital, until_at, reason, user, organisation, name, at "
    "FROM volume_late_filings WHERE round = ?";

VolumeReport report_of(const Row& row) {
    VolumeReport report;
    report.round = row.text(0);
    report.hospital = row.number(1);
    report.region = row.text(2);
    report.status = static_cast<std::uint8_t>(row.number(3));
    report.late = row.flag(4);
    report.split = row.flag(5);
    report.line_count = row.number(6);
    report.lot_count = row.number(7);
    report.submitted_at = row.optional_moment(8);
    report.changed_at = row.moment(9);
    report.changed_by = row.number(10);
    report.changed_name = row.text(11);
    report.version = row.number(12);
    return report;
}

LateFiling filing_of(const Row& row) {
    return {
        row.text(0),
        row.number(1),
        row.moment(2),
        row.text(3),
        row.number(4),
        row.number(5),
        row.text(6),
        row.moment(7)};
}

VolumePart part_of(const Row& row) {
    return {
        row.number(0),
        row.number(1),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        row.number(6)};
}

std::string marks(std::size_t count, std::string_view one) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "" : ", ").append(one);
    return text;
}

/// Inserts many rows with few statements. `columns` are counted from those of each row.
void insert_all(
    Connection& connection,
    const std::string& into,
    std::size_t rows,
    const std::function<void(std::size_t, std::vector<Value>&)>& add_row
) {
    std::size_t done = 0;
    while (done < rows) {
        const std::size_t chunk = *std::find_if(
            std::begin(kChunks), std::end(kChunks), [&](auto c) { return c <= rows - done; }
        );
        std::vector<Value> values;
        for (std::size_t i = 0; i < chunk; ++i) add_row(done + i, values);
        const std::string row = "(" + marks(values.size() / chunk, "?") + ")";
        connection.change("INSERT INTO " + into + " VALUES " + marks(chunk, row), values);
        done += chunk;
    }
}

/// Asks for `ids` in chunks; the last one is filled up with a number that nobody has.
template <typename Take>
void ask_by_ids(
    Connection& connection,
    const std::string& before,
    const std::string& after,
    const std::string& round,
    const std::vector<std::int64_t>& ids,
    const Take& take
) {
    const std::string statement = before + " IN (" + marks(kChunk, "?") + ")" + after;
    for (std::size_t begin = 0; begin < ids.size(); begin += kChunk) {
        std::vector<Value> values{round};
        for (std::size_t i = begin; i < begin + kChunk; ++i) {
            values.emplace_back(i < ids.size() ? ids[i] : std::int64_t{-1});
        }
        for (const Row& row : connection.query(statement, values)) take(row);
    }
}

/// A text for a statement without parameters.
std::string literal(const std::string& text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string hex = "CONVERT(X'";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        hex += kHex[byte >> 4U];
        hex += kHex[byte & 0xFU];
    }
    return hex + "' USING utf8mb4) COLLATE utf8mb4_bin";
}

}  // namespace

void SqlVolumeStore::hold_round(const std::string& round) {
    static_cast<void>(
        connection_.query("SELECT version FROM rounds WHERE id = ? LOCK IN SHARE MODE", {round})
    );
}

void SqlVolumeStore::add(const VolumeReport& report) {
    insert(
        connection_,
        "INSERT INTO volume_reports (round, hospital, region, status, late, split, line_count, "
        "lot_count, submitted_at, changed_at, changed_by, changed_name, stored_at, version) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), 1)",
        {report.round,
         report.hospital,
         report.region,
         static_cast<std::int64_t>(report.status),
         report.late,
         report.split,
         report.line_count,
         report.lot_count,
         report.submitted_at,
         report.changed_at,
         report.changed_by,
         report.changed_name}
    );
}

bool SqlVolumeStore::save(const VolumeReport& report) {
    return connection_.change(
               "UPDATE volume_reports SET region = ?, status = ?, late = ?, split = ?, "
               "line_count = ?, lot_count = ?, submitted_at = ?, changed_at = ?, changed_by = ?, "
               "changed_name = ?, stored_at = UTC_TIMESTAMP(6), version = version + 1 "
               "WHERE round = ? AND hospital = ? AND version = ?",
               {report.region,
                static_cast<std::int64_t>(report.status),
                report.late,
                report.split,
                report.line_count,
                report.lot_count,
                report.submitted_at,
                report.changed_at,
                report.changed_by,
                report.changed_name,
                report.round,
                report.hospital,
                report.version}
           ) == 1;
}

std::optional<VolumeReport> SqlVolumeStore::report(
    const std::string& round, std::int64_t hospital
) {
    const auto rows =
        connection_.query(std::string(kReport) + " AND hospital = ?", {round, hospital});
    if (rows.empty()) return std::nullopt;
    return report_of(rows.front());
}

std::vector<VolumeReport> SqlVolumeStore::reports(const std::string& round) {
    std::vector<VolumeReport> reports;
    for (const Row& row : connection_.query(std::string(kReport) + " ORDER BY hospital", {round})) {
        reports.push_back(report_of(row));
    }
    return reports;
}

std::vector<VolumeReport> SqlVolumeStore::reports(
    const std::string& round, const std::vector<std::int64_t>& hospitals
) {
    std::vector<VolumeReport> reports;
    ask_by_ids(
        connection_,
        std::string(kReport) + " AND hospital",
        " ORDER BY hospital",
        round,
        hospitals,
        [&](const Row& row) { reports.push_back(report_of(row)); }
    );
    return reports;
}

void SqlVolumeStore::set_lines(
    const std::string& round, std::int64_t hospital, const std::vector<VolumeLine>& lines
) {
    connection_.change(
        "DELETE FROM volume_lines WHERE round = ? AND hospital = ?", {round, hospital}
    );
    insert_all(
        connection_,
        "volume_lines (round, hospital, position, lot, spec, brand, units, cause, remark)",
        lines.size(),
        [&](std::size_t i, std::vector<Value>& values) {
            const VolumeLine& line = lines[i];
            values.insert(
                values.end(),
                {round,
                 hospital,
                 static_cast<std::int64_t>(i),
                 line.lot,
                 line.spec,
                 line.brand,
                 line.units,
                 static_cast<std::int64_t>(line.cause),
                 line.remark}
            );
        }
    );
}

std::vector<VolumeLine> SqlVolumeStore::lines(const std::string& round, std::int64_t hospital) {
    std::vector<VolumeLine> lines;
    for (const Row& row : connection_.query(
             "SELECT lot, spec, brand, units, cause, remark FROM volume_lines "
             "WHERE round = ? AND hospital = ? ORDER BY position",
             {round, hospital}
         )) {
        lines.push_back(
            {row.text(0),
             row.text(1),
             row.text(2),
             row.number(3),
             static_cast<std::uint8_t>(row.number(4)),
             row.text(5)}
        );
    }
    return lines;
}

void SqlVolumeStore::set_shares(
    const std::string& round, std::int64_t hospital, const std::vector<MemberShare>& shares
) {
    connection_.change(
        "DELETE FROM volume_shares WHERE round = ? AND hospital = ?", {round, hospital}
    );
    insert_all(
        connection_,
        "volume_shares (round, hospital, position, lot, spec, brand, member, region, units)",
        shares.size(),
        [&](std::size_t i, std::vector<Value>& values) {
            const MemberShare& share = shares[i];
            values.insert(
                values.end(),
                {round,
                 hospital,
                 static_cast<std::int64_t>(i),
                 share.lot,
                 share.spec,
                 share.brand,
                 share.member,
                 share.region,
                 share.units}
            );
        }
    );
}

std::vector<MemberShare> SqlVolumeStore::shares(const std::string& round, std::int64_t hospital) {
    std::vector<MemberShare> shares;
    for (const Row& row : connection_.query(
             "SELECT lot, spec, brand, member, region, units FROM volume_shares "
             "WHERE round = ? AND hospital = ? ORDER BY position",
             {round, hospital}
         )) {
        shares.push_back(
            {row.text(0), row.text(1), row.text(2), row.number(3), row.text(4), row.number(5)}
        );
    }
    return shares;
}

std::int64_t SqlVolumeStore::add(const ReportStep& step) {
    connection_.change(
        "INSERT INTO volume_steps (round, hospital, step, status_before, status_after, user, "
        "organisation, login, name, at, remark, document) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {step.round,
         step.hospital,
         static_cast<std::int64_t>(step.step),
         static_cast<std::int64_t>(step.from),
         static_cast<std::int64_t>(step.to),
         step.user,
         step.organisation,
         step.login,
         step.name,
         step.at,
         step.remark,
         step.document}
    );
    return connection_.last_id();
}

std::vector<ReportStep> SqlVolumeStore::steps(const std::string& round, std::int64_t hospital) {
    std::vector<ReportStep> steps;
    for (const Row& row : connection_.query(
             "SELECT id, round, hospital, step, status_before, status_after, user, organisation, "
             "login, name, at, remark, document FROM volume_steps "
             "WHERE round = ? AND hospital = ? ORDER BY id",
             {round, hospital}
         )) {
        steps.push_back(
            {row.number(0),
             row.text(1),
             row.number(2),
             static_cast<std::uint8_t>(row.number(3)),
             static_cast<std::uint8_t>(row.number(4)),
             static_cast<std::uint8_t>(row.number(5)),
             row.number(6),
             row.number(7),
             row.text(8),
             row.text(9),
             row.moment(10),
             row.text(11),
             row.number(12)}
        );
    }
    return steps;
}

void SqlVolumeStore::set_past_use(
    const std::string& round, std::int64_t hospital, const std::vector<PastUse>& uses
) {
    connection_.change(
        "DELETE FROM volume_history WHERE round = ? AND hospital = ?", {round, hospital}
    );
    insert_all(
        connection_,
        "volume_history (round, hospital, position, lot, spec, brand, year, units)",
        uses.size(),
        [&](std::size_t i, std::vector<Value>& values) {
            const PastUse& use = uses[i];
            values.insert(
                values.end(),
                {round,
                 hospital,
                 static_cast<std::int64_t>(i),
                 use.lot,
                 use.spec,
                 use.brand,
                 use.year,
                 use.units}
            );
        }
    );
}

std::vector<PastUse> SqlVolumeStore::past_use(
    const std::string& round, const std::vector<std::int64_t>& hospitals
) {
    std::vector<PastUse> uses;
    ask_by_ids(
        connection_,
        "SELECT hospital, lot, spec, brand, year, units FROM volume_history "
        "WHERE round = ? AND hospital",
        " ORDER BY hospital, position",
        round,
        hospitals,
        [&](const Row& row) {
            uses.push_back(
                {row.number(0), row.text(1), row.text(2), row.text(3), row.number(4), row.number(5)}
            );
        }
    );
    return uses;
}

void SqlVolumeStore::set_late_filing(const LateFiling& filing) {
    connection_.change(
        "REPLACE INTO volume_late_filings (round, hospital, until_at, reason, user, organisation, "
        "name, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        {filing.round,
         filing.hospital,
         filing.until,
         filing.reason,
         filing.user,
         filing.organisation,
         filing.name,
         filing.at}
    );
}

std::optional<LateFiling> SqlVolumeStore::late_filing(
    const std::string& round, std::int64_t hospital
) {
    const auto rows =
        connection_.query(std::string(kLate) + " AND hospital = ?", {round, hospital});
    if (rows.empty()) return std::nullopt;
    return filing_of(rows.front());
}

std::vector<LateFiling> SqlVolumeStore::late_filings(const std::string& round) {
    std::vector<LateFiling> filings;
    for (const Row& row : connection_.query(std::string(kLate) + " ORDER BY hospital", {round})) {
        filings.push_back(filing_of(row));
    }
    return filings;
}

// The reports lead, by their primary key: the order costs nothing, and nothing is sorted.
void SqlVolumeStore::each_part(
    const std::string& round, const std::function<void(const VolumePart&)>& take
) {
    const std::string where = " WHERE r.round = " + literal(round);
    connection_.stream(
        "SELECT STRAIGHT_JOIN r.hospital, r.hospital, r.region, l.lot, l.spec, l.brand, l.units "
        "FROM volume_reports r JOIN volume_lines l ON l.round = r.round AND "
        "l.hospital = r.hospital" +
            where + " AND r.split = 0 ORDER BY r.hospital",
        [&](const Row& row) { take(part_of(row)); }
    );
    connection_.stream(
        "SELECT STRAIGHT_JOIN r.hospital, s.member, s.region, s.lot, s.spec, s.brand, s.units "
        "FROM volume_reports r JOIN volume_shares s ON s.round = r.round AND "
        "s.hospital = r.hospital" +
            where + " AND r.split = 1 ORDER BY r.hospital",
        [&](const Row& row) { take(part_of(row)); }
    );
}

std::vector<VolumePart> SqlVolumeStore::parts(
    const std::string& round, const std::vector<std::int64_t>& hospitals
) {
    std::vector<VolumePart> parts;
    const auto take = [&](const Row& row) { parts.push_back(part_of(row)); };
    ask_by_ids(
        connection_,
        "SELECT r.hospital, r.hospital, r.region, l.lot, l.spec, l.brand, l.units "
        "FROM volume_reports r JOIN volume_lines l ON l.round = r.round AND "
        "l.hospital = r.hospital WHERE r.round = ? AND r.split = 0 AND r.hospital",
        "",
        round,
        hospitals,
        take
    );
    ask_by_ids(
        connection_,
        "SELECT r.hospital, s.member, s.region, s.lot, s.spec, s.brand, s.units "
        "FROM volume_reports r JOIN volume_shares s ON s.round = r.round AND "
        "s.hospital = r.hospital WHERE r.round = ? AND r.split = 1 AND r.hospital",
        "",
        round,
        hospitals,
        take
    );
    return parts;
}

ports::VersionSum SqlVolumeStore::version_sum(const std::string& round) {
    const auto rows = connection_.query(
        "SELECT COUNT(*), CAST(COALESCE(SUM(version), 0) AS SIGNED) FROM volume_reports "
        "WHERE round = ?",
        {round}
    );
    return {rows.at(0).number(0), rows.at(0).number(1)};
}

std::vector<ports::ReportVersion> SqlVolumeStore::versions(const std::string& round) {
    std::vector<ports::ReportVersion> versions;
    for (const Row& row : connection_.query(
             "SELECT hospital, version FROM volume_reports WHERE round = ? ORDER BY hospital",
             {round}
         )) {
        versions.push_back({row.number(0), row.number(1)});
    }
    return versions;
}

std::vector<ports::ReportVersion> SqlVolumeStore::versions_since(
    const std::string& round, Moment since
) {
    std::vector<ports::ReportVersion> versions;
    for (const Row& row : connection_.query(
             "SELECT hospital, version FROM volume_reports WHERE round = ? AND stored_at >= ?",
             {round, since}
         )) {
        versions.push_back({row.number(0), row.number(1)});
    }
    return versions;
}

Moment SqlVolumeStore::database_now() {
    return connection_.query("SELECT UTC_TIMESTAMP(6)").at(0).moment(0);
}

}  // namespace jicai::sql
