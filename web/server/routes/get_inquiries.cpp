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
        const bool office = runs(request, round);
        for (const ports::Inquiry& inquiry : transaction.procedure().inquiries(round.id)) {
            const bool own = request.actor.organisation != 0 &&
                             inquiry.by.organisation == request.actor.organisation;
            if (!office && !own && !inquiry.answered_at) continue;
            // Who asked is told to the office alone: companies must not learn who bids.
            const bool named = office || own;
            rows.push_back(
                {{"id", inquiry.id},
                 {"kind", inquiry.kind},
                 {"kind_text", words.word("inquiry", inquiry.kind)},
                 {"organisation",
                  named ? organisation_name(transaction, inquiry.by.organisation) : ""},
                 {"name", named ? inquiry.by.name : ""},
                 {"at", ports::beijing_text(inquiry.at)},
                 {"text", inquiry.text},
                 {"answer", inquiry.answer},
                 {"answered_at",
                  inquiry.answered_at ? ports::beijing_text(*inquiry.answered_at) : ""},
                 {"correction", inquiry.correction},
                 {"version", inquiry.version},
                 {"own", own}}
            );
        }
        const auto total = static_cast<std::int64_t>(rows.size());
        const List list = list_of(
            "inquiries",
            {"kind_text", "organisation", "name", "at", "text", "answer", "answered_at"},
            {},
            std::move(rows),
            total
        );
        return list_answer(request, services, page_of(request, list));
    });
}

}  // namespace

Route get_inquiries() {
    std::vector<Parameter> parameters = list_parameters({});
    parameters.insert(parameters.begin(), round_parameter());
    return {
        .path = "/api/rounds/{round}/inquiries",
        .name = "get_inquiries",
        .summary =
            "Comments on the draft, questions and objections, with their answers; participants see "
            "their own and what is answered",
        .action = access::Action::see_rounds,
        .parameters = std::move(parameters),
        .answer_schema = schema::list(
            {{"id", schema::number()},
             {"kind", schema::text()},
             {"kind_text", schema::text()},
             {"organisation", schema::text(500)},
             {"name", schema::text(500)},
             {"at", schema::text()},
             {"text", schema::text(100'000)},
             {"answer", schema::text(100'000)},
             {"answered_at", schema::text()},
             {"correction", schema::number()},
             {"version", schema::number()},
             {"own", schema::flag()}}
        ),
        .answer_types = list_types(),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
