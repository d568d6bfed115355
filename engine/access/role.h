#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

/// \file
/// Who works with the product: the roles, and which of them one person may not hold together.
/// Source: the three separated administrators and the second factor for administrators follow
/// GB/T 22239-2019, level three.

namespace jicai::access {

/// The numbers are stored and stay.
enum class Role : std::uint8_t {
    anyone = 0,  ///< nobody has logged in: the public
    system_administrator = 1,
    security_administrator = 2,
    audit_administrator = 3,
    procurement_officer = 4,
    bid_opener = 5,
    notary_supervisor = 6,
    expert = 7,
    hospital_reporter = 8,
    hospital_approver = 9,
    hospital_buyer = 10,
    hospital_store = 11,
    hospital_finance = 12,
    supplier = 13,
    distributor = 14,
    bureau_county = 15,
    bureau_city = 16,
    bureau_province = 17,
    authority_health = 18,
    authority_drug = 19,
    authority_discipline = 20,
    price_monitor = 21,
    pharmacy = 22,
};
inline constexpr int kRoles = 23;

/// In the order of their numbers.
[[nodiscard]] const std::vector<Role>& all_roles();

/// "procurement_officer": the word in the API, in files and in messages (role.<name>).
[[nodiscard]] std::string_view name_of(Role role);
[[nodiscard]] std::optional<Role> find_role(std::string_view name);

/// Roles that must log in with a second factor: the three administrators, procurement officer, bid
/// opener.
[[nodiscard]] bool needs_second_factor(Role role);

/// Whether one person may hold both: never two of the three administrators, no administrator
/// together with a role that takes part in rounds, and not the notary and supervisor together with
/// those it supervises (procurement officer, bid opener, expert).
[[nodiscard]] bool compatible(Role a, Role b);

}  // namespace jicai::access
