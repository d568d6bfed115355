#pragma once

#include <engine/access/access.h>
#include <engine/ports/store.h>
#include <engine/reporting/confirmation.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// How far volume reports are, as to-dos and the calendar need it.

namespace jicai::notices {

/// The report of the actor's own organisation.
struct OwnReport {
    std::string code;  ///< of the institution: its report's page is named by it
    bool begun = false;
    reporting::Status status = reporting::Status::draft;
    std::optional<ports::Moment> late_until;  ///< leave to report late
    /// With somebody else: handed in and not sent back.
    [[nodiscard]] bool handed_in() const;
};

/// Nothing: the organisation reports nothing itself (no institution, or another one reports for
/// it).
[[nodiscard]] std::optional<OwnReport> own_report(
    ports::Transaction& transaction, const std::string& round, const access::Actor& actor
);

/// How many reports of the actor's region wait for one of their roles.
[[nodiscard]] std::int64_t waiting_for(
    const std::vector<ports::VolumeReport>& reports, const access::Actor& actor
);

/// Whether the actor holds the role.
[[nodiscard]] bool has_role(const access::Actor& actor, access::Role role);

}  // namespace jicai::notices
