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
    setup::promise(transaction, doer, round, request.text("text"));
    Answer answer = json_answer(Json::Object{{"done", true}}, 201);
    answer.audit = {audited("promise.given", "round:" + round.id, {}, request.body)};
    return answer;
}

}  // namespace

Route add_promise() {
    return {
        .method = Method::post,
        .path = "/api/rounds/{round}/promises",
        .name = "add_promise",
        .summary = "A company's promise of good faith",
        .action = access::Action::take_part,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema = schema::object({{"text", schema::text(4000, 1)}}),
        .answer_schema = schema::object({{"done", schema::flag()}}),
        .success = 201,
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
