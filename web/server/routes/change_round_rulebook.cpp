#include <catalogs/round_archive/set_up_files.h>
#include <web/server/given_values.h>
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
    std::map<std::string, std::string> put{
        {"round.toml",
         catalogs::round_toml(
             {round.id, round.title, round.kind, request.text("rulebook"), round.opening}
         )}};
    std::vector<std::string> removed;
    put_given(request, doer, put, removed);
    change_by_form(services, request, transaction, doer, round, put, removed);
    return setup_answer(
        services,
        request,
        transaction,
        round.id,
        audited("round.changed", "round:" + round.id, {}, request.body)
    );
}

}  // namespace

Route change_round_rulebook() {
    return {
        .method = Method::put,
        .path = "/api/rounds/{round}/rulebook",
        .name = "change_round_rulebook",
        .summary =
            "Pins a rulebook for a draft, with values given for its open points; signatures of "
            "another version lose their force",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema = schema::object(
            {{"rulebook", schema::text(64, 1)},
             {"given", given_schema()},
             {"version", schema::number(1)}}
        ),
        .answer_schema = setup_schema(),
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
