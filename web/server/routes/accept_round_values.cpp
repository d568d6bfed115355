#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const auto round =
        setup::round_for(transaction, request.parameter("round"), doer, access::Action::run_rounds);
    setup::accept_values(
        transaction, doer, round, request.texts("paths"), look_at(transaction, round).facts
    );
    return setup_answer(
        services,
        request,
        transaction,
        round.id,
        audited("round.values_accepted", "round:" + round.id, {}, request.body)
    );
}

}  // namespace

Route accept_round_values() {
    return {
        .method = Method::post,
        .path = "/api/rounds/{round}/accepted-values",
        .name = "accept_round_values",
        .summary = "Takes assumed or open values of the rulebook as they are",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema = schema::object({{"paths", schema::array(schema::text(200, 1), 500)}}),
        .answer_schema = setup_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
