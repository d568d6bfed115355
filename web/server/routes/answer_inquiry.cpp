#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& /*services*/, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const auto round =
        setup::round_for(transaction, request.parameter("round"), doer, access::Action::run_rounds);
    setup::answer(
        transaction,
        doer,
        round,
        request.count("inquiry", 0),
        request.text("answer"),
        request.number("version")
    );
    Answer answer = json_answer(Json::Object{{"done", true}});
    answer.audit = {audited("inquiry.answered", "round:" + round.id, {}, request.body)};
    return answer;
}

}  // namespace

Route answer_inquiry() {
    return {
        .method = Method::put,
        .path = "/api/rounds/{round}/inquiries/{inquiry}",
        .name = "answer_inquiry",
        .summary = "Answers an inquiry",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters =
            {round_parameter(),
             {.name = "inquiry",
              .place = Parameter::Place::path,
              .kind = Parameter::Kind::count,
              .required = true,
              .description = "number of the inquiry"}},
        .body_schema = schema::object(
            {{"answer", schema::text(4000, 1)}, {"version", schema::number(1)}}, {"version"}
        ),
        .answer_schema = schema::object({{"done", schema::flag()}}),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
