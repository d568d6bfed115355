#include <catalogs/round_archive/set_up_files.h>
#include <engine/setup/round_notices.h>
#include <web/server/given_values.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const setup::Doer doer = setup_doer(request);
    const auto round =
        setup::round_for(transaction, request.parameter("round"), doer, access::Action::run_rounds);
    // At another stage the faults of what would come out are not the reason.
    setup::need_act(transaction, round, procedure::Act::correct_rulebook, doer.actor, doer.now);
    std::map<std::string, std::string> files = transaction.rounds().files(round.id);
    const auto before = files;
    if (const std::string& rulebook = request.text("rulebook"); !rulebook.empty()) {
        files["round.toml"] =
            catalogs::round_toml({round.id, round.title, round.kind, rulebook, round.opening});
    }
    if (request.has("given")) {
        std::vector<std::string> removed;
        put_given(request, doer, files, removed);
        for (const std::string& name : removed) files.erase(name);
    }
    const FilesLook look = look_at(files, round.stage);
    if (!look.decided.ruled) refuse_form(services, request, look.decided.refused);
    setup::correct(
        transaction,
        doer,
        round,
        setup::changes_of(before, files),
        look.heading,
        request.text("summary")
    );
    setup::tell_correction(
        transaction,
        round,
        request.text("summary"),
        request.now,
        {request.actor.user, request.actor.organisation}
    );
    return setup_answer(
        services,
        request,
        transaction,
        round.id,
        audited("correction.made", "round:" + round.id, {}, request.body),
        201
    );
}

}  // namespace

Route add_correction() {
    return {
        .method = Method::post,
        .path = "/api/rounds/{round}/corrections",
        .name = "add_correction",
        .summary =
            "Corrects the rulebook after the notice: another rulebook, or other given values; "
            "companies confirm it anew",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .parameters = {round_parameter()},
        .body_schema = schema::object(
            {{"rulebook", schema::text(64)},
             {"given", given_schema()},
             {"summary", schema::text(4000, 1)}},
            {"rulebook", "given"}
        ),
        .answer_schema = setup_schema(),
        .success = 201,
        .failures = {404, 409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
