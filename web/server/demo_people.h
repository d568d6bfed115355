#pragma once

#include <engine/access/role.h>
#include <engine/decision/json.h>
#include <engine/ports/secrets.h>
#include <engine/ports/store.h>
#include <web/server/request.h>
#include <web/server/services.h>

#include <string>
#include <vector>

/// \file
/// The demo's people: one account for each role, in organisations with plausible codes. Their
/// common password is public, so the service offers them with --demo only, and refuses to serve a
/// demo's data without it (first_start.h). The persons do not exist; the supplier is a bidder of
/// the demo's rounds.

namespace jicai::web {

/// Keeps the rules for passwords of every demo account.
inline constexpr const char* kDemoPassword = "Demo-2026-jicai";
/// The office that runs the demo's rounds.
inline constexpr const char* kDemoOfficeCode = "11310000MB0000203X";
/// 齐鲁制药, which bid in both of them.
inline constexpr const char* kDemoSupplierCode = "91370100MA00005095";
/// The hospital and the pharmacy of the demo's people, and the bureaus above them.
inline constexpr const char* kDemoHospitalCode = "H23010000101";
inline constexpr const char* kDemoPharmacyCode = "P23010200201";
inline constexpr const char* kDemoCountyCode = "11230103MB0000705J";
inline constexpr const char* kDemoCityCode = "11230100MB0000801G";
inline constexpr const char* kDemoProvinceCode = "11230000MB0000908N";

struct DemoPerson {
    access::Role role = access::Role::anyone;
    std::string login;
    std::string name;
    std::string organisation;          ///< its code
    std::string second_factor_secret;  ///< base32, where the role needs one
};

/// One for each role, in the order of the roles; two officers, since two sign a rulebook off.
[[nodiscard]] const std::vector<DemoPerson>& demo_people();
[[nodiscard]] const std::vector<ports::Organisation>& demo_organisations();

/// Puts organisations and people in. Those that are there stay as they are, except that a demo
/// password nobody has changed does not grow old. Errors: those of Store::write.
void seed_demo_people(ports::Store& store, ports::Secrets& secrets, ports::Moment wall);

/// What GET /api/service shows: login, password, role, organisation and the code of the second
/// factor that works now (or the next one, where that one was used). An account whose password was
/// changed shows none.
[[nodiscard]] decision::Json demo_accounts(const Services& services, const Request& request);

}  // namespace jicai::web
