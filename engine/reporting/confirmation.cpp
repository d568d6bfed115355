#include <engine/money/check.h>
#include <engine/reporting/confirmation.h>

#include <algorithm>
#include <array>

namespace jicai::reporting {
namespace {

using access::Role;

bool has(const std::vector<Role>& roles, Role role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool is_reporter(const std::vector<Role>& roles) {
    return has(roles, Role::hospital_reporter) || has(roles, Role::pharmacy);
}

// \pre a bureau
Status after_confirming(Role role) {
    if (role == Role::bureau_county) return Status::county_confirmed;
    return role == Role::bureau_city ? Status::city_confirmed : Status::province_confirmed;
}

StepAnswer refused(StepRefusal why, Status status, std::optional<Role> who = {}) {
    return {why, status, who};
}

StepAnswer take(Status status, bool from_here, bool theirs, Role who, Status next) {
    if (!from_here) return refused(StepRefusal::not_from_here, status);
    if (!theirs) return refused(StepRefusal::not_yours, status, who);
    return {StepRefusal::none, next, {}};
}

}  // namespace

std::string_view name_of(Status status) {
    static constexpr std::array<std::string_view, kStatuses> kNames{
        "draft",
        "submitted",
        "department_approved",
        "county_confirmed",
        "city_confirmed",
        "province_confirmed",
        "returned"};
    return kNames[static_cast<std::size_t>(status)];
}

std::optional<Level> level_of_region(std::string_view region) {
    const bool digits = region.size() == 6 && std::all_of(region.begin(), region.end(), [](char c) {
                            return c >= '0' && c <= '9';
                        });
    if (!digits || region.substr(0, 2) == "00") return {};
    if (region.substr(2) == "0000") return Level::province;
    return region.substr(4) == "00" ? Level::city : Level::county;
}

std::optional<Role> confirms_next(Status status, Level level) {
    switch (status) {
        case Status::department_approved:
            if (level == Level::county) return Role::bureau_county;
            return level == Level::city ? Role::bureau_city : Role::bureau_province;
        case Status::county_confirmed:
            return Role::bureau_city;
        case Status::city_confirmed:
            return Role::bureau_province;
        case Status::draft:
        case Status::submitted:
        case Status::province_confirmed:
        case Status::returned:
            return {};
    }
    return {};
}

StepAnswer take_step(Status status, Level level, const StepAsked& asked) {
    const bool at_hospital = status == Status::draft || status == Status::returned;
    const std::optional<Role> next = confirms_next(status, level);
    switch (asked.step) {
        case Step::submit: {
            const StepAnswer answer = take(
                status,
                at_hospital,
                is_reporter(asked.roles),
                Role::hospital_reporter,
                Status::submitted
            );
            if (answer.why != StepRefusal::none || !asked.held_back) return answer;
            return refused(StepRefusal::held_back, status);
        }
        case Step::take_back:
            return take(
                status,
                status == Status::submitted,
                is_reporter(asked.roles),
                Role::hospital_reporter,
                Status::draft
            );
        case Step::approve:
            return take(
                status,
                status == Status::submitted,
                has(asked.roles, Role::hospital_approver),
                Role::hospital_approver,
                Status::department_approved
            );
        case Step::confirm: {
            if (!next) return refused(StepRefusal::not_from_here, status);
            return take(status, true, has(asked.roles, *next), *next, after_confirming(*next));
        }
        case Step::send_back: {
            // Whoever would go on with it; after the province's confirmation the province.
            std::optional<Role> who = next;
            if (status == Status::submitted) who = Role::hospital_approver;
            if (status == Status::province_confirmed) who = Role::bureau_province;
            if (!who) return refused(StepRefusal::not_from_here, status);
            const StepAnswer answer =
                take(status, true, has(asked.roles, *who), *who, Status::returned);
            if (answer.why != StepRefusal::none || !asked.remark.empty()) return answer;
            return refused(StepRefusal::remark_missing, status);
        }
    }
    JICAI_CHECK(false);
}

}  // namespace jicai::reporting
