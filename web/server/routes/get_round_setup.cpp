#include <web/server/round_pages.h>
#include <web/server/round_work.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services) {
    return read_round(request, services, [&](auto& transaction, const auto& round) {
        return json_answer(setup_json(services, request, transaction, round));
    });
}

}  // namespace

Route get_round_setup() {
    return {
        .path = "/api/rounds/{round}/setup",
        .name = "get_round_setup",
        .summary =
            "How a round is set up: lots, rulebook, signatures, documents, deadlines, what is "
            "missing for the next stage, what one may do now",
        .action = access::Action::see_rounds,
        .parameters = {round_parameter()},
        .answer_schema = setup_schema(),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
