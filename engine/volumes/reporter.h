#pragma once

#include <engine/ports/store.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Who reports: an institution for itself, the lead of a medical group (医共体) for its members, a
/// township for the clinics that buy through it.

namespace jicai::volumes {

struct Member {
    std::int64_t organisation = 0;
    std::string code;
    std::string name;
    std::string region;  ///< GB/T 2260
};

/// An institution with what decides whether and for whom it reports.
struct Reporter : Member {
    std::string kind = "public";  ///< word.institution_kind
    bool must = true;             ///< duty to take part; false: voluntary
    bool active = true;
    std::string expires;          ///< last day of a temporary one, "2027-12-31"; empty: never
    std::optional<Member> lead;   ///< another institution reports for this one
    bool through = false;         ///< because it buys through it (a clinic), not as its group
    std::vector<Member> members;  ///< it reports for, itself first; empty: for itself alone
};

/// Nothing: no such institution.
[[nodiscard]] std::optional<Reporter> reporter_of(
    ports::Transaction& transaction, std::int64_t organisation
);
/// By code.
[[nodiscard]] std::optional<Reporter> reporter_of(
    ports::Transaction& transaction, const std::string& code
);
/// Everybody within a region, without members; by code.
[[nodiscard]] std::vector<Reporter> reporters_within(
    ports::Transaction& transaction, const std::string& region
);

/// Whether it reports itself at `now`: active, not past its last day, nobody reports for it.
[[nodiscard]] bool reports_itself(const Reporter& reporter, ports::Moment now);
/// Refused with volumes.in_group, volumes.buys_through, volumes.expired or volumes.inactive unless
/// it reports itself.
void need_reporter(const Reporter& reporter, ports::Moment now);

}  // namespace jicai::volumes
