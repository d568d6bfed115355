#include <engine/access/access.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace jicai::access {
namespace {

// A stretch of stages, both ends included, and how far it reaches there.
struct Span {
    Stage first;
    Stage last;
    Reach reach;
};

using Roles = std::vector<Role>;

// What every role of `roles` may do; several lines of one role and action add up.
struct Line {
    Action action;
    Roles roles;
    std::vector<Span> spans;
};

constexpr Span always(Reach reach) {
    return {Stage::draft, Stage::cancelled, reach};
}
constexpr Span published(Reach reach) {
    return {Stage::publicity, Stage::closed, reach};
}
// Bids are open, the result is not public yet.
constexpr Span deciding(Reach reach) {
    return {Stage::opening, Stage::region_picking, reach};
}
constexpr Span reporting(Reach reach) {
    return {Stage::volume_reporting, Stage::volume_confirmation, reach};
}

Roles together(std::initializer_list<Roles> groups) {
    Roles roles;
    for (const Roles& group : groups) roles.insert(roles.end(), group.begin(), group.end());
    return roles;
}

std::vector<Line> lines() {
    using enum Role;
    using enum Stage;
    const Roles everyone = all_roles();
    const Roles administrators{system_administrator, security_administrator, audit_administrator};
    const Roles hospitals{
        hospital_reporter, hospital_approver, hospital_buyer, hospital_store, hospital_finance};
    const Roles bureaus{bureau_county, bureau_city, bureau_province};
    const Roles office{procurement_officer, bid_opener};
    const Roles supervisors{notary_supervisor, authority_discipline};
    const Roles others{
        supplier, distributor, authority_health, authority_drug, price_monitor, pharmacy};
    const Roles participants =
        together({hospitals, bureaus, office, supervisors, {expert}, others});

    const Roles takers = together(
        {hospitals,
         bureaus,
         {procurement_officer, supplier, distributor, pharmacy, authority_discipline}}
    );
    const Roles reporters{hospital_reporter, hospital_approver, pharmacy};
    const Roles keepers{procurement_officer, system_administrator};

    return {
        {Action::see_service, everyone, {always(Reach::all)}},
        {Action::log_in, everyone, {always(Reach::all)}},
        {Action::manage_own_account, everyone, {always(Reach::self)}},

        {Action::see_rounds, everyone, {published(Reach::all)}},
        {Action::see_rounds, participants, {{notice, cancelled, Reach::all}}},
        {Action::see_rounds, {procurement_officer}, {{draft, draft, Reach::organisation}}},

        {Action::see_bids, {supplier}, {{notice, cancelled, Reach::organisation}}},
        {Action::see_bids, office, {deciding(Reach::organisation)}},
        {Action::see_bids, together({supervisors, {expert}}), {deciding(Reach::region)}},
        {Action::see_bids, participants, {published(Reach::all)}},

        {Action::count_bids, {bid_opener}, {{bidding, region_picking, Reach::organisation}}},
        {Action::count_bids, {notary_supervisor}, {{bidding, region_picking, Reach::region}}},
        {Action::count_bids, {supplier}, {{notice, cancelled, Reach::organisation}}},
        {Action::count_bids, {procurement_officer}, {deciding(Reach::organisation)}},
        {Action::count_bids, {authority_discipline, expert}, {deciding(Reach::region)}},
        {Action::count_bids, everyone, {published(Reach::all)}},

        {Action::see_volumes, everyone, {published(Reach::all)}},
        {Action::see_volumes, participants, {{bidding, closed, Reach::all}}},
        {Action::see_volumes, together({hospitals, {pharmacy}}), {reporting(Reach::organisation)}},
        {Action::see_volumes,
         together({bureaus, {authority_health, authority_discipline}}),
         {reporting(Reach::region)}},
        {Action::see_volumes,
         {procurement_officer},
         {{volume_reporting, cancelled, Reach::organisation}}},

        {Action::see_hospital_volumes,
         together({hospitals, {pharmacy}}),
         {{volume_reporting, cancelled, Reach::organisation}}},
        {Action::see_hospital_volumes,
         together({bureaus, {authority_health, authority_discipline}}),
         {{volume_reporting, cancelled, Reach::region}}},
        {Action::see_hospital_volumes,
         {procurement_officer},
         {{volume_reporting, cancelled, Reach::organisation}}},

        {Action::see_award, everyone, {published(Reach::all)}},
        {Action::see_award, {supplier}, {{region_picking, closed, Reach::all}}},
        {Action::see_award, office, {deciding(Reach::organisation)}},
        {Action::see_award, together({supervisors, {expert}}), {deciding(Reach::region)}},

        {Action::verify_award, everyone, {published(Reach::all)}},
        {Action::verify_award, {supplier}, {{region_picking, closed, Reach::all}}},
        {Action::verify_award, office, {deciding(Reach::organisation)}},
        {Action::verify_award, together({supervisors, {expert}}), {deciding(Reach::region)}},

        {Action::see_rulebooks, everyone, {always(Reach::all)}},

        {Action::see_organisations, participants, {always(Reach::organisation)}},
        {Action::see_organisations,
         together({administrators, {procurement_officer, authority_discipline}}),
         {always(Reach::all)}},
        {Action::see_organisations,
         together({bureaus, {authority_health}}),
         {always(Reach::region)}},
        {Action::manage_organisations, {system_administrator}, {always(Reach::all)}},

        {Action::see_users, administrators, {always(Reach::all)}},
        {Action::manage_users, {system_administrator}, {always(Reach::all)}},
        {Action::grant_roles, {security_administrator}, {always(Reach::all)}},
        {Action::manage_keys, {security_administrator}, {always(Reach::all)}},
        {Action::manage_keys,
         {hospital_approver, supplier, distributor, bureau_province, pharmacy},
         {always(Reach::organisation)}},

        {Action::run_rounds, {procurement_officer}, {always(Reach::organisation)}},
        {Action::take_part, takers, {always(Reach::organisation)}},
        {Action::report_volumes, reporters, {reporting(Reach::organisation)}},
        {Action::confirm_volumes, bureaus, {reporting(Reach::region)}},

        {Action::see_catalogues,
         together({participants, {system_administrator}}),
         {always(Reach::all)}},
        {Action::manage_catalogues, keepers, {always(Reach::all)}},
        {Action::upload_tables, reporters, {always(Reach::organisation)}},
        {Action::upload_tables, bureaus, {always(Reach::region)}},
        {Action::upload_tables, together({keepers, {price_monitor}}), {always(Reach::all)}},

        {Action::read_notices, everyone, {always(Reach::self)}},
        {Action::send_notices, bureaus, {always(Reach::region)}},
        {Action::send_notices, {procurement_officer}, {always(Reach::all)}},

        {Action::see_listings, everyone, {always(Reach::all)}},
        {Action::see_prices, participants, {always(Reach::all)}},
        {Action::enter_prices, {price_monitor, procurement_officer}, {always(Reach::all)}},
        {Action::enter_prices, {bureau_province}, {always(Reach::region)}},
        {Action::review_prices, {price_monitor}, {always(Reach::all)}},
        {Action::review_prices, {bureau_province}, {always(Reach::region)}},
        {Action::run_campaigns,
         {price_monitor, procurement_officer, bureau_province},
         {always(Reach::region)}},
        {Action::declare_prices, {supplier}, {always(Reach::organisation)}},
        {Action::decide_listings, {procurement_officer, bureau_province}, {always(Reach::region)}},
        {Action::file_purchases, {hospital_buyer}, {always(Reach::organisation)}},
        {Action::check_orders,
         together(
             {hospitals,
              bureaus,
              {procurement_officer, supplier, distributor, price_monitor, pharmacy}}
         ),
         {always(Reach::all)}},
        {Action::report_daily, {pharmacy, hospital_store}, {always(Reach::organisation)}},
        {Action::see_price_reports,
         together(
             {bureaus,
              {authority_health,
               authority_drug,
               authority_discipline,
               price_monitor,
               procurement_officer}}
         ),
         {always(Reach::region)}},

        {Action::see_audit, {audit_administrator, authority_discipline}, {always(Reach::all)}},
        {Action::run_clock, {system_administrator, procurement_officer}, {always(Reach::all)}},
        {Action::see_operations, {system_administrator}, {always(Reach::all)}},
    };
}

template <typename Value>
constexpr std::size_t at(Value value) {
    return static_cast<std::size_t>(value);
}

using Cells = std::array<std::array<std::array<Reach, kStages>, kActions>, kRoles>;

Cells make_cells() {
    Cells cells{};
    for (const Line& line : lines()) {
        for (const Role role : line.roles) {
            for (const Span& span : line.spans) {
                for (std::size_t stage = at(span.first); stage <= at(span.last); ++stage) {
                    Reach& cell = cells[at(role)][at(line.action)][stage];
                    cell = std::max(cell, span.reach);
                }
            }
        }
    }
    return cells;
}

bool is_region(const std::string& code) {
    return code.size() == 6 && code.find_first_not_of("0123456789") == std::string::npos;
}

Reach reach_of_roles(const Actor& actor, Action action, Stage stage) {
    Reach reach = table_reach(Role::anyone, action, stage);
    for (const Role role : actor.roles) reach = std::max(reach, table_reach(role, action, stage));
    return reach == Reach::self && actor.user == 0 ? Reach::none : reach;
}

}  // namespace

Reach table_reach(Role role, Action action, Stage stage) {
    static const Cells cells = make_cells();
    return cells.at(at(role)).at(at(action)).at(at(stage));
}

Reach reach_of(const Actor& actor, Action action, std::optional<Stage> stage) {
    if (actor.key != 0 && action != Action::see_service &&
        std::find(actor.key_scopes.begin(), actor.key_scopes.end(), action) ==
            actor.key_scopes.end()) {
        return Reach::none;
    }
    if (stage) return reach_of_roles(actor, action, *stage);
    Reach widest = Reach::none;
    for (const Stage each : all_stages()) {
        widest = std::max(widest, reach_of_roles(actor, action, each));
    }
    return widest;
}

bool may(const Actor& actor, Action action, const Object& object) {
    const Reach reach = reach_of(actor, action, object.stage);
    const bool own = actor.user != 0 && object.user == actor.user;
    const bool of_organisation =
        actor.organisation != 0 &&
        (object.organisation == actor.organisation || object.office == actor.organisation);
    switch (reach) {
        case Reach::none:
            return false;
        case Reach::self:
            return own;
        case Reach::organisation:
            return own || of_organisation;
        case Reach::region:
            return own || of_organisation || is_within(object.region, actor.region);
        case Reach::all:
            return true;
    }
    return false;
}

bool is_within(const std::string& region, const std::string& within) {
    if (!is_region(region) || !is_region(within)) return false;
    std::size_t digits = 6;  // that count: provinces end in 0000, cities in 00
    while (digits > 0 && within.compare(digits - 2, 2, "00") == 0) digits -= 2;
    return region.compare(0, digits, within, 0, digits) == 0;
}

}  // namespace jicai::access
