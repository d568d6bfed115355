#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const auto round =
        setup::round_for(transaction, request.parameter("round"), doer, access::Action::run_rounds);
    setup::sign(
        transaction,
        doer,
        round,
        request.text("what"),
        request.text("digest"),
        request.text("remark"),
        look_at(transaction, round).facts
    );
    return setup_answer(
        services,
        request,
        transaction,
        round.id,
        audited("round.signed", "round:" + round.id, {}, request.body)
    );
}

}  // namespace

Route sign_round() {
    return {
        .method = Method::post,
        .path = "/api/rounds/{round}/signatures",
        .name = "sign_round",
        .summary = "Signs the rulebook, or cancelling the round, as it was read; two people do",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema = schema::object(
            {{"what", schema::choice({"rulebook", "cancel"})},
             {"digest", schema::text(100, 1)},
             {"remark", schema::text(1000)}},
            {"remark"}
        ),
        .answer_schema = setup_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
