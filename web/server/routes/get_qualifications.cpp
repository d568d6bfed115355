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
        for (const auto& qualification : transaction.procedure().qualifications(round.id)) {
            const auto company = transaction.people().organisation(qualification.organisation);
            rows.push_back(
                {{"organisation", company ? company->name : ""},
                 {"organisation_code", company ? company->code : ""},
                 {"lot", qualification.lot},
                 {"state", qualification.state},
                 {"state_text", words.word("qualification", qualification.state)},
                 {"reason", qualification.reason},
                 {"publicised_at",
                  qualification.publicised_at ? ports::beijing_text(*qualification.publicised_at)
                                              : ""}}
            );
        }
        const auto total = static_cast<std::int64_t>(rows.size());
        const List list = list_of(
            "qualifications",
            {"organisation", "lot", "state_text", "reason", "publicised_at"},
            {},
            std::move(rows),
            total
        );
        return list_answer(request, services, page_of(request, list));
    });
}

}  // namespace

Route get_qualifications() {
    std::vector<Parameter> parameters = list_parameters({});
    parameters.insert(parameters.begin(), round_parameter());
    return {
        .path = "/api/rounds/{round}/qualifications",
        .name = "get_qualifications",
        .summary = "Which companies may bid, as publicised",
        .action = access::Action::see_rounds,
        .parameters = std::move(parameters),
        .answer_schema = schema::list(
            {{"organisation", schema::text(500)},
             {"organisation_code", schema::text()},
             {"lot", schema::text(500)},
             {"state", schema::text()},
             {"state_text", schema::text()},
             {"reason", schema::text(100'000)},
             {"publicised_at", schema::text()}}
        ),
        .answer_types = list_types(),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
