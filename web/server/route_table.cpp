#include <web/server/route.h>

namespace jicai::web {

// One line for each route, defined in routes/<name>.cpp.

// --- operation of the service
Route get_healthz();
Route get_readyz();
Route get_metrics();
Route get_openapi();
Route get_service();
Route put_clock();
Route get_operations();

// --- sessions, people, keys, audit

// --- rounds, rulebooks, first page
Route get_home();
Route get_rounds();
Route get_round();
Route get_lots();
Route get_lot();
Route get_lot_bids();
Route get_volumes();
Route get_volume_regions();
Route get_supply();
Route get_allocations();
Route get_award_table();
Route get_round_folder();
Route get_certificate();
Route get_verification();
Route get_rulebooks();
Route get_rulebook();
Route get_rulebook_differences();

const std::vector<Route>& route_table() {
    static const std::vector<Route> table = {
        // --- operation of the service
        get_healthz(),
        get_readyz(),
        get_metrics(),
        get_openapi(),
        get_service(),
        put_clock(),
        get_operations(),

        // --- sessions, people, keys, audit

        // --- rounds, rulebooks, first page
        get_home(),
        get_rounds(),
        get_round(),
        get_lots(),
        get_lot(),
        get_lot_bids(),
        get_volumes(),
        get_volume_regions(),
        get_supply(),
        get_allocations(),
        get_award_table(),
        get_round_folder(),
        get_certificate(),
        get_verification(),
        get_rulebooks(),
        get_rulebook(),
        get_rulebook_differences(),
    };
    return table;
}

}  // namespace jicai::web
