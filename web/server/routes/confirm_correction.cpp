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
    setup::confirm(transaction, doer, round, request.count("number", 0));
    Answer answer = json_answer(Json::Object{{"done", true}});
    answer.audit = {audited("correction.confirmed", "round:" + round.id, {}, request.body)};
    return answer;
}

}  // namespace

Route confirm_correction() {
    return {
        .method = Method::post,
        .path = "/api/rounds/{round}/corrections/{number}/confirmation",
        .name = "confirm_correction",
        .summary = "A company confirms a correction",
        .action = access::Action::take_part,
        .kind = Kind::write,
        .parameters =
            {round_parameter(),
             {.name = "number",
              .place = Parameter::Place::path,
              .kind = Parameter::Kind::count,
              .required = true,
              .description = "number of the correction"}},
        .answer_schema = schema::object({{"done", schema::flag()}}),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
