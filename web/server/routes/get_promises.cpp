#include <web/server/lists.h>
#include <web/server/people_rows.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    return read_round(request, services, [&](auto& transaction, const auto& round) {
        const catalogs::Words words(services.words, request.language);
        std::vector<Json::Object> rows;
        const bool all = runs(request, round) || round.stage >= access::Stage::publicity;
        for (const ports::Promise& promise : transaction.procedure().promises(round.id)) {
            const bool own = request.actor.organisation != 0 &&
                             promise.by.organisation == request.actor.organisation;
            if (!all && !own) continue;
            rows.push_back(
                {{"organisation", organisation_name(transaction, promise.by.organisation)},
                 {"name", own || runs(request, round) ? promise.by.name : ""},
                 {"at", ports::beijing_text(promise.at)},
                 {"text", promise.text},
                 {"own", own}}
            );
        }
        const auto total = static_cast<std::int64_t>(rows.size());
        const List list =
            list_of("promises", {"organisation", "name", "at", "text"}, {}, std::move(rows), total);
        return list_answer(request, services, page_of(request, list));
    });
}

}  // namespace

Route get_promises() {
    std::vector<Parameter> parameters = list_parameters({});
    parameters.insert(parameters.begin(), round_parameter());
    return {
        .path = "/api/rounds/{round}/promises",
        .name = "get_promises",
        .summary =
            "Companies' promises of good faith; a company sees its own until the publicity period",
        .action = access::Action::see_rounds,
        .parameters = std::move(parameters),
        .answer_schema = schema::list(
            {{"organisation", schema::text(500)},
             {"name", schema::text(500)},
             {"at", schema::text()},
             {"text", schema::text(100'000)},
             {"own", schema::flag()}}
        ),
        .answer_types = list_types(),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
