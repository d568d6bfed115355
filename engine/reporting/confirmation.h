#pragma once

#include <engine/access/role.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The way of a report: written, submitted, approved by the hospital's department, confirmed by
/// county, city and province, or returned with a remark.

namespace jicai::reporting {

/// The numbers are stored and stay.
enum class Status : std::uint8_t {
    draft = 0,
    submitted = 1,
    department_approved = 2,
    county_confirmed = 3,
    city_confirmed = 4,
    province_confirmed = 5,
    returned = 6,  ///< to the hospital, which may change and submit it again
};
inline constexpr int kStatuses = 7;
[[nodiscard]] std::string_view name_of(Status status);

enum class Step : std::uint8_t { submit, take_back, approve, confirm, send_back };

/// Which bureaus a hospital has above it: an institution of a city has no county, one of a province
/// neither. From the digits of its region: "230102" county, "230100" city, "230000" province.
enum class Level : std::uint8_t { county, city, province };
[[nodiscard]] std::optional<Level> level_of_region(std::string_view region);

/// Why a step may not be taken, in order.
enum class StepRefusal : std::uint8_t {
    none,
    not_from_here,   ///< the report is somewhere else: see `status`
    not_yours,       ///< see `who`
    remark_missing,  ///< returning needs one
    held_back,       ///< findings that hold it back (check_report.h)
};

struct StepAnswer {
    StepRefusal why = StepRefusal::none;
    Status status = Status::draft;         ///< after the step; with a refusal: as it was
    std::optional<access::Role> who = {};  ///< not_yours: who may
};

struct StepAsked {
    Step step = Step::submit;
    std::vector<access::Role> roles;
    std::string remark;      ///< of send_back
    bool held_back = false;  ///< of submit
};

/// Takes a step. Two people at once are told apart by the caller's version of the report; here the
/// second finds another status.
[[nodiscard]] StepAnswer take_step(Status status, Level level, const StepAsked& asked);

/// Who confirms next; nothing when nobody does.
[[nodiscard]] std::optional<access::Role> confirms_next(Status status, Level level);

/// Whether its volumes count in the sums of the region: confirmed by the province.
[[nodiscard]] inline bool counts(Status status) {
    return status == Status::province_confirmed;
}

}  // namespace jicai::reporting
