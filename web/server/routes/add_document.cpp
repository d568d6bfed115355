#include <catalogs/sha256/sha256.h>
#include <engine/setup/documents.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& /*services*/, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const auto round =
        setup::round_for(transaction, request.parameter("round"), doer, access::Action::take_part);
    const std::string content(request.upload_bytes());
    ports::Document document;
    document.kind = request.parameter("kind");
    document.object = request.parameter("object");
    document.name = request.parameter("name");
    document.type = setup::media_type(content);
    document.bytes = static_cast<std::int64_t>(content.size());
    document.digest = catalogs::sha256_hex(content);
    const std::int64_t replaces = request.count("replaces", 0);
    Json before = Json::Object{};
    if (replaces != 0) {
        if (const auto old = transaction.documents().document(replaces)) {
            before = Json::Object{
                {"id", old->id},
                {"kind", old->kind},
                {"name", old->name},
                {"by", old->by.name},
                {"digest", old->digest}};
        }
    }
    const std::int64_t id = setup::attach(transaction, doer, round, document, content, replaces);
    const Json::Object body{
        {"id", id},
        {"kind", document.kind},
        {"object", document.object},
        {"name", document.name},
        {"type", document.type},
        {"bytes", document.bytes},
        {"digest", document.digest}};
    Answer answer = json_answer(body, 201);
    answer.audit = {audited(
        replaces == 0 ? "round.document_added" : "round.document_replaced",
        "round:" + round.id,
        replaces == 0 ? Json() : before,
        body
    )};
    return answer;
}

}  // namespace

Route add_document() {
    return {
        .method = Method::post,
        .path = "/api/rounds/{round}/documents",
        .name = "add_document",
        .summary =
            "Attaches a file of at most 20 MB: PDF, PNG, JPEG, xlsx, docx; in a draft it may "
            "take the place of another",
        .action = access::Action::take_part,
        .kind = Kind::write,
        .parameters =
            {round_parameter(),
             {.name = "kind",
              .kind = Parameter::Kind::choice,
              .required = true,
              .choices = setup::document_kinds()},
             {.name = "object", .description = "what it belongs to, such as report:H23010000101"},
             {.name = "name", .required = true, .description = "of the file, for people"},
             {.name = "replaces",
              .kind = Parameter::Kind::count,
              .description = "a document of the same kind whose place it takes; drafts only"}},
        .answer_schema = schema::object(
            {{"id", schema::number()},
             {"kind", schema::text()},
             {"object", schema::text(ports::kDocumentObjectCharactersMax)},
             {"name", schema::text(500)},
             {"type", schema::text()},
             {"bytes", schema::number()},
             {"digest", schema::text()}}
        ),
        .success = 201,
        .failures = {404, 409, 413, 422},
        .open_body = true,
        .upload_bytes_max = setup::kDocumentBytesMax,
        .handle_write = handle,
    };
}

}  // namespace jicai::web
