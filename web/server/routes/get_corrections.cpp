#include <web/server/lists.h>
#include <web/server/people_rows.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

#include <set>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    return read_round(request, services, [&](auto& transaction, const auto& round) {
        const catalogs::Words words(services.words, request.language);
        std::vector<Json::Object> rows;
        const bool office = runs(request, round);
        const auto confirming = setup::confirming_organisations(transaction, round.id);
        const auto confirmations = transaction.procedure().confirmations(round.id);
        for (const ports::Correction& correction : transaction.procedure().corrections(round.id)) {
            std::set<std::int64_t> done;
            for (const ports::Confirmation& each : confirmations) {
                if (each.correction == correction.number) done.insert(each.by.organisation);
            }
            Json::Array missing;
            std::int64_t missing_count = 0;
            for (const std::int64_t organisation : confirming) {
                if (done.contains(organisation)) continue;
                ++missing_count;
                if (office) missing.emplace_back(organisation_name(transaction, organisation));
            }
            rows.push_back(
                {{"number", correction.number},
                 {"at", ports::beijing_text(correction.at)},
                 {"name", request.actor.user != 0 ? correction.by.name : ""},
                 {"summary", correction.summary},
                 {"digest_before", correction.digest_before},
                 {"digest_after", correction.digest_after},
                 {"confirmed", static_cast<std::int64_t>(done.size())},
                 {"missing", missing_count},
                 {"missing_names", std::move(missing)},
                 {"own_confirmed", done.contains(request.actor.organisation)}}
            );
        }
        const auto total = static_cast<std::int64_t>(rows.size());
        const List list = list_of(
            "corrections",
            {"number", "at", "name", "summary", "confirmed", "missing"},
            {"number", "confirmed", "missing"},
            std::move(rows),
            total
        );
        return list_answer(request, services, page_of(request, list));
    });
}

}  // namespace

Route get_corrections() {
    std::vector<Parameter> parameters = list_parameters({});
    parameters.insert(parameters.begin(), round_parameter());
    return {
        .path = "/api/rounds/{round}/corrections",
        .name = "get_corrections",
        .summary =
            "Corrections of the rulebook after the notice, who has confirmed each and who is "
            "missing",
        .action = access::Action::see_rounds,
        .parameters = std::move(parameters),
        .answer_schema = schema::list(
            {{"number", schema::number()},
             {"at", schema::text()},
             {"name", schema::text(500)},
             {"summary", schema::text(100'000)},
             {"digest_before", schema::text()},
             {"digest_after", schema::text()},
             {"confirmed", schema::number()},
             {"missing", schema::number()},
             {"missing_names", schema::array(schema::text(500))},
             {"own_confirmed", schema::flag()}}
        ),
        .answer_types = list_types(),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
