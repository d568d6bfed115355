#pragma once

#include <engine/ports/volume_store.h>
#include <sql/connection.h>

namespace jicai::sql {

/// ports::VolumeStore on the connection of a transaction; errors as in stores.h.
class SqlVolumeStore final : public ports::VolumeStore {
public:
    explicit SqlVolumeStore(Connection& connection) : connection_(connection) {}
    void hold_round(const std::string& round) override;
    void add(const ports::VolumeReport& report) override;
    bool save(const ports::VolumeReport& report) override;
    std::optional<ports::VolumeReport> report(const std::string& round, std::int64_t hospital)
        override;
    std::vector<ports::VolumeReport> reports(const std::string& round) override;
    std::vector<ports::VolumeReport> reports(
        const std::string& round, const std::vector<std::int64_t>& hospitals
    ) override;
    void set_lines(
        const std::string& round, std::int64_t hospital, const std::vector<ports::VolumeLine>& lines
    ) override;
    std::vector<ports::VolumeLine> lines(const std::string& round, std::int64_t hospital) override;
    void set_shares(
        const std::string& round,
        std::int64_t hospital,
        const std::vector<ports::MemberShare>& shares
    ) override;
    std::vector<ports::MemberShare> shares(const std::string& round, std::int64_t hospital)
        override;
    std::int64_t add(const ports::ReportStep& step) override;
    std::vector<ports::ReportStep> steps(const std::string& round, std::int64_t hospital) override;
    void set_past_use(
        const std::string& round, std::int64_t hospital, const std::vector<ports::PastUse>& uses
    ) override;
    std::vector<ports::PastUse> past_use(
        const std::string& round, const std::vector<std::int64_t>& hospitals
    ) override;
    void set_late_filing(const ports::LateFiling& filing) override;
    std::optional<ports::LateFiling> late_filing(const std::string& round, std::int64_t hospital)
        override;
    std::vector<ports::LateFiling> late_filings(const std::string& round) override;
    void each_part(
        const std::string& round, const std::function<void(const ports::VolumePart&)>& take
    ) override;
    std::vector<ports::VolumePart> parts(
        const std::string& round, const std::vector<std::int64_t>& hospitals
    ) override;
    ports::VersionSum version_sum(const std::string& round) override;
    std::vector<ports::ReportVersion> versions(const std::string& round) override;
    std::vector<ports::ReportVersion> versions_since(const std::string& round, ports::Moment since)
        override;
    ports::Moment database_now() override;

private:
    Connection& connection_;
};

}  // namespace jicai::sql
