#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/services.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    Json::Object database;
    for (const auto& [name, value] : services.store.figures()) database.emplace(name, value);
    std::int64_t sessions = 0;
    services.store.read([&](ports::Transaction& transaction) {
        sessions = transaction.sessions().live({.offset = 0, .size = 1}).total;
    });
    return json_answer(Json::Object{
        {"database", std::move(database)},
        {"sessions", sessions},
        {"version", services.version},
        {"uptime_seconds", (request.wall.micros - services.started_at.micros) / ports::kSecond}});
}

}  // namespace

Route get_operations() {
    return {
        .path = "/api/operations",
        .name = "get_operations",
        .summary = "State of the database, log-ins and the program",
        .action = access::Action::see_operations,
        .answer_schema = schema::object(
            {{"database", schema::any_object()},
             {"sessions", schema::number()},
             {"version", schema::text()},
             {"uptime_seconds", schema::number()}}
        ),
        .handle = handle,
    };
}

}  // namespace jicai::web
