#include <engine/setup/documents.h>
#include <web/server/document_view.h>
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
        const ports::DocumentQuery query{
            round.id, request.parameter("kind"), request.parameter("object")};
        for (const ports::Document& document : transaction.documents().find(query)) {
            if (!sees_document(request, transaction, round, document)) continue;
            rows.push_back(
                {{"id", document.id},
                 {"kind", document.kind},
                 {"kind_text", words.word("document", document.kind)},
                 {"object", document.object},
                 {"name", document.name},
                 {"type", document.type},
                 {"bytes", document.bytes},
                 {"digest", document.digest},
                 {"organisation", organisation_name(transaction, document.by.organisation)},
                 {"by", request.actor.user != 0 ? document.by.name : ""},
                 {"at", ports::beijing_text(document.at)}}
            );
        }
        const auto total = static_cast<std::int64_t>(rows.size());
        const List list = list_of(
            "documents",
            {"kind_text", "name", "bytes", "organisation", "by", "at"},
            {"bytes"},
            std::move(rows),
            total
        );
        return list_answer(request, services, page_of(request, list));
    });
}

}  // namespace

Route get_documents() {
    std::vector<Parameter> parameters = list_parameters(
        {{.name = "kind", .kind = Parameter::Kind::choice, .choices = setup::document_kinds()},
         {.name = "object", .description = "what it belongs to, such as report:H23010000101"}}
    );
    parameters.insert(parameters.begin(), round_parameter());
    return {
        .path = "/api/rounds/{round}/documents",
        .name = "get_documents",
        .summary =
            "Files attached to a round: reviews, tender document and corrections for all who see "
            "it, others for those concerned",
        .action = access::Action::see_rounds,
        .parameters = std::move(parameters),
        .answer_schema = schema::list(
            {{"id", schema::number()},
             {"kind", schema::text()},
             {"kind_text", schema::text()},
             {"object", schema::text(ports::kDocumentObjectCharactersMax)},
             {"name", schema::text(500)},
             {"type", schema::text()},
             {"bytes", schema::number()},
             {"digest", schema::text()},
             {"organisation", schema::text(500)},
             {"by", schema::text(500)},
             {"at", schema::text()}}
        ),
        .answer_types = list_types(),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
