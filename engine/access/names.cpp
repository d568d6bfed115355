#include <engine/access/action.h>
#include <engine/access/role.h>
#include <engine/access/stage.h>

#include <array>
#include <cstddef>

namespace jicai::access {
namespace {

// In the order of the numbers.
constexpr std::array<std::string_view, kRoles> kRoleNames{
    "anyone",
    "system_administrator",
    "security_administrator",
    "audit_administrator",
    "procurement_officer",
    "bid_opener",
    "notary_supervisor",
    "expert",
    "hospital_reporter",
    "hospital_approver",
    "hospital_buyer",
    "hospital_store",
    "hospital_finance",
    "supplier",
    "distributor",
    "bureau_county",
    "bureau_city",
    "bureau_province",
    "authority_health",
    "authority_drug",
    "authority_discipline",
    "price_monitor",
    "pharmacy"};

constexpr std::array<std::string_view, kStages> kStageNames{
    "draft",
    "notice",
    "volume_reporting",
    "volume_confirmation",
    "bidding",
    "opening",
    "region_picking",
    "publicity",
    "award_final",
    "agreements",
    "execution",
    "closed",
    "cancelled"};

constexpr std::array<std::string_view, kActions> kActionNames{
    "see_service",
    "log_in",
    "manage_own_account",
    "see_rounds",
    "see_bids",
    "see_volumes",
    "see_award",
    "verify_award",
    "see_rulebooks",
    "see_organisations",
    "manage_organisations",
    "see_users",
    "manage_users",
    "grant_roles",
    "manage_keys",
    "see_audit",
    "run_clock",
    "see_operations",
    "count_bids",
    "see_hospital_volumes",
    "run_rounds",
    "take_part",
    "report_volumes",
    "confirm_volumes",
    "see_catalogues",
    "manage_catalogues",
    "upload_tables",
    "read_notices",
    "send_notices",
    "see_listings",
    "see_prices",
    "enter_prices",
    "review_prices",
    "run_campaigns",
    "declare_prices",
    "decide_listings",
    "file_purchases",
    "check_orders",
    "report_daily",
    "see_price_reports"};

template <typename Value, std::size_t N>
std::vector<Value> all() {
    std::vector<Value> values;
    for (std::size_t number = 0; number < N; ++number) values.push_back(static_cast<Value>(number));
    return values;
}

template <typename Value, std::size_t N>
std::optional<Value> find(const std::array<std::string_view, N>& names, std::string_view name) {
    for (std::size_t number = 0; number < N; ++number) {
        if (names[number] == name) return static_cast<Value>(number);
    }
    return std::nullopt;
}

}  // namespace

const std::vector<Role>& all_roles() {
    static const std::vector<Role> roles = all<Role, kRoles>();
    return roles;
}
std::string_view name_of(Role role) {
    return kRoleNames.at(static_cast<std::size_t>(role));
}
std::optional<Role> find_role(std::string_view name) {
    return find<Role>(kRoleNames, name);
}

const std::vector<Stage>& all_stages() {
    static const std::vector<Stage> stages = all<Stage, kStages>();
    return stages;
}
std::string_view name_of(Stage stage) {
    return kStageNames.at(static_cast<std::size_t>(stage));
}
std::optional<Stage> find_stage(std::string_view name) {
    return find<Stage>(kStageNames, name);
}

const std::vector<Action>& all_actions() {
    static const std::vector<Action> actions = all<Action, kActions>();
    return actions;
}
std::string_view name_of(Action action) {
    return kActionNames.at(static_cast<std::size_t>(action));
}
std::optional<Action> find_action(std::string_view name) {
    return find<Action>(kActionNames, name);
}

}  // namespace jicai::access
