#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace jicai::access {

/// What can be done in the service. One route of the service needs exactly one of them.
enum class Action : std::uint8_t {
    see_service,         ///< health, API description, clock, the pages themselves
    log_in,              ///< and ask who one is
    manage_own_account,  ///< own password, second factor, language, sessions, first page
    see_rounds,          ///< list and overview of rounds
    see_bids,            ///< bids of a lot with the reasons; secret until the opening
    see_volumes,         ///< volumes by region
    see_award,           ///< winners, supply list, certificate; after the opening
    verify_award,        ///< have a certificate recomputed
    see_rulebooks,
    see_organisations,
    manage_organisations,
    see_users,
    manage_users,          ///< create, change, disable; never roles
    grant_roles,           ///< roles, unlocking, forced log-out, reset of a second factor
    manage_keys,           ///< API keys of an organisation
    see_audit,             ///< the audit log and its verification
    run_clock,             ///< how fast the demo's clock runs
    see_operations,        ///< metrics, state of database and backups
    count_bids,            ///< how many bids a round or lot has, not what they say
    see_hospital_volumes,  ///< volumes of single hospitals; see_volumes is sums by region
    run_rounds,            ///< set up, sign off, pass on, cancel; what a stage allows: procedure
    take_part,             ///< in a round at work: comment, ask, promise, confirm, sign
    report_volumes,        ///< write, submit and approve a hospital's volumes
    confirm_volumes,       ///< confirm or send back the reports of a region
    see_catalogues,        ///< hospitals, products, regions, holidays
    manage_catalogues,
    upload_tables,  ///< Excel and CSV; what a table may do is asked of the table
    read_notices,   ///< own notices and to-dos
    send_notices,
    see_listings,       ///< the register of listed products and the public price pages
    see_prices,         ///< observations, workings, campaigns and their decisions
    enter_prices,       ///< observations, purchases and facts of products, one by one or as tables
    review_prices,      ///< accept or reject implausible prices, exclude wrong ones
    run_campaigns,      ///< price-linkage campaigns
    declare_prices,     ///< confirm, declare, object for one's own products
    decide_listings,    ///< review, list, change, suspend, delist; price rises
    file_purchases,     ///< purchase of what is not listed, on a hospital's request
    check_orders,       ///< ask whether an order at a price would be allowed
    report_daily,       ///< prices and stocks of the day
    see_price_reports,  ///< monitoring reports and rankings
};
inline constexpr int kActions = 40;

/// In the order of their numbers.
[[nodiscard]] const std::vector<Action>& all_actions();
/// "see_rounds"; the word of API-key scopes and of the API description.
[[nodiscard]] std::string_view name_of(Action action);
[[nodiscard]] std::optional<Action> find_action(std::string_view name);

}  // namespace jicai::access
