#include <web/server/answer.h>
#include <web/server/people_rows.h>
#include <web/server/price_rows.h>
#include <web/server/route.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    decision::Json page;
    services.store.read([&](ports::Transaction& transaction) {
        page = observation_page(services, request, transaction, request.count("id", 0));
    });
    return json_answer(page);
}

}  // namespace

Route get_observation() {
    return {
        .path = "/api/observations/{id}",
        .name = "get_observation",
        .summary = "A price observation and what was done to it, by whom, when and why",
        .action = access::Action::see_prices,
        .parameters = {id_parameter()},
        .answer_schema = observation_page_schema(),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
