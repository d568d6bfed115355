#include <catalogs/round_archive/set_up_files.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const auto round =
        setup::round_for(transaction, request.parameter("round"), doer, access::Action::run_rounds);
    setup::need_version(round, request.number("version"));
    change_by_form(
        services,
        request,
        transaction,
        doer,
        round,
        {{"round.toml",
          catalogs::round_toml(
              {round.id, request.text("title"), round.kind, round.rulebook, request.text("opening")}
          )}}
    );
    return setup_answer(
        services,
        request,
        transaction,
        round.id,
        audited("round.changed", "round:" + round.id, {}, request.body)
    );
}

}  // namespace

Route change_round() {
    return {
        .method = Method::put,
        .path = "/api/rounds/{round}",
        .name = "change_round",
        .summary = "Changes title and day of opening of a draft",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema = schema::object(
            {{"title", schema::text(200, 1)},
             {"opening", schema::text(10)},
             {"version", schema::number(1)}},
            {"opening"}
        ),
        .answer_schema = setup_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
