#include <engine/ports/refused.h>
#include <engine/setup/position.h>
#include <web/server/document_view.h>
#include <web/server/route.h>
#include <web/server/services.h>
#include <web/server/table_answer.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    const std::int64_t id = request.count("document", 0);
    Answer answer;
    services.store.read([&](ports::Transaction& transaction) {
        const auto document = transaction.documents().document(id);
        auto round = document ? transaction.rounds().round(document->round) : std::nullopt;
        bool comments = false;  // a draft is known to participants while it is open for comments
        if (round) {
            const auto position = setup::position_of(transaction, *round, request.now);
            round->stage = position.stage;
            comments =
                round->stage == access::Stage::draft && position.deadline.has_value() &&
                access::reach_of(request.actor, access::Action::take_part) != access::Reach::none;
        }
        const bool seen =
            round && sees_document(request, transaction, *round, *document) &&
            (access::may(
                 request.actor,
                 access::Action::see_rounds,
                 {.office = round->owner, .region = round->region, .stage = round->stage}
             ) ||
             comments);
        if (!seen) throw ports::Refused({"document.not_found", {{"id", std::to_string(id)}}});
        answer.type = document->type;
        answer.body = std::make_shared<const std::string>(transaction.documents().content(id));
        answer.headers["Content-Disposition"] = attachment(document->name, "document");
    });
    return answer;
}

}  // namespace

Route get_document() {
    return {
        .path = "/api/documents/{document}",
        .name = "get_document",
        .summary = "The bytes of an attached file",
        .action = access::Action::see_rounds,
        .parameters =
            {{.name = "document",
              .place = Parameter::Place::path,
              .kind = Parameter::Kind::count,
              .required = true,
              .description = "number of the document"}},
        .answer_types =
            {"application/pdf",
             "image/png",
             "image/jpeg",
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
             "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
