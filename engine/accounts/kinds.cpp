#include <engine/accounts/kinds.h>

#include <array>
#include <utility>

namespace jicai::accounts {
namespace {

using access::Role;
using ports::OrganisationKind;

struct Kind {
    OrganisationKind kind;
    std::string_view name;
    std::vector<Role> roles;
};

const std::vector<Kind>& kinds() {
    using enum Role;
    static const std::vector<Kind> list{
        {OrganisationKind::procurement_office,
         "procurement_office",
         {system_administrator,
          security_administrator,
          audit_administrator,
          procurement_officer,
          bid_opener,
          notary_supervisor,
          expert}},
        {OrganisationKind::bureau,
         "bureau",
         {bureau_county, bureau_city, bureau_province, price_monitor, expert}},
        {OrganisationKind::hospital,
         "hospital",
         {hospital_reporter,
          hospital_approver,
          hospital_buyer,
          hospital_store,
          hospital_finance,
          expert}},
        {OrganisationKind::supplier, "supplier", {supplier}},
        {OrganisationKind::distributor, "distributor", {distributor}},
        {OrganisationKind::pharmacy, "pharmacy", {pharmacy}},
        {OrganisationKind::authority,
         "authority",
         {authority_health, authority_drug, authority_discipline, notary_supervisor, expert}},
        {OrganisationKind::price_monitor, "price_monitor", {price_monitor}},
        {OrganisationKind::operator_,
         "operator",
         {system_administrator, security_administrator, audit_administrator}},
    };
    return list;
}

const Kind& kind_of(OrganisationKind kind) {
    return kinds().at(static_cast<std::size_t>(kind) - 1);
}

}  // namespace

const std::vector<OrganisationKind>& all_kinds() {
    static const std::vector<OrganisationKind> all = [] {
        std::vector<OrganisationKind> list;
        for (const Kind& kind : kinds()) list.push_back(kind.kind);
        return list;
    }();
    return all;
}

std::string_view name_of(OrganisationKind kind) {
    return kind_of(kind).name;
}

std::optional<OrganisationKind> find_kind(std::string_view name) {
    for (const Kind& kind : kinds()) {
        if (kind.name == name) return kind.kind;
    }
    return std::nullopt;
}

const std::vector<Role>& roles_of(OrganisationKind kind) {
    return kind_of(kind).roles;
}

}  // namespace jicai::accounts
