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
    const std::int64_t id =
        setup::ask(transaction, doer, round, request.text("kind"), request.text("text"));
    Answer answer = json_answer(Json::Object{{"id", id}}, 201);
    answer.audit = {audited("inquiry.asked", "round:" + round.id, {}, request.body)};
    return answer;
}

}  // namespace

Route add_inquiry() {
    return {
        .method = Method::post,
        .path = "/api/rounds/{round}/inquiries",
        .name = "add_inquiry",
        .summary = "Comments on a draft, asks about a notice, objects in the publicity period",
        .action = access::Action::take_part,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema = schema::object(
            {{"kind", schema::choice({"comment", "question", "objection"})},
             {"text", schema::text(4000, 1)}}
        ),
        .answer_schema = schema::object({{"id", schema::number()}}),
        .success = 201,
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
