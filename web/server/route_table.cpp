#include <web/server/route.h>

namespace jicai::web {

// One line for each route, defined in routes/<name>.cpp.

// --- operation of the service
Route get_healthz();
Route get_readyz();
Route get_service();

// --- sessions, people, keys, audit

// --- rounds, rulebooks, first page

const std::vector<Route>& route_table() {
    static const std::vector<Route> table = {
        // --- operation of the service
        get_healthz(),
        get_readyz(),
        get_service(),

        // --- sessions, people, keys, audit

        // --- rounds, rulebooks, first page
    };
    return table;
}

}  // namespace jicai::web
