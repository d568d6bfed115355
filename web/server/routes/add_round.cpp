#include <catalogs/round_archive/set_up_files.h>
#include <engine/ports/refused.h>
#include <web/server/round_pages.h>
#include <web/server/round_work.h>
#include <web/server/schema.h>

#include <algorithm>

namespace jicai::web {
namespace {

bool is_id(const std::string& text) {
    return !text.empty() && text.size() <= 40 && text.front() != '.' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-';
           });
}

Answer handle(const Request& request, Services& services, ports::Transaction& transaction) {
    const std::string& id = request.text("id");
    if (!is_id(id)) {
        const decision::Message why{"round.id_form", {{"value", id}}};
        throw ports::Refused(why, {{"id", id, why}});
    }
    const std::map<std::string, std::string> files{
        {"round.toml",
         catalogs::round_toml(
             {id,
              request.text("title"),
              request.text("kind"),
              request.text("rulebook"),
              request.text("opening")}
         )},
        {"lots.csv",
         catalogs::csv_table(
             {"lot", "name", "volume_class", "base_form", "quantity_step", "term_class", "regions"},
             {}
         )},
        {"specs.csv",
         catalogs::csv_table(
             {"lot", "spec", "content_mg", "main_spec", "ceiling", "content_unit", "fill_ml"}, {}
         )}};
    const FilesLook look = look_at(files, access::Stage::draft);
    if (!look.decided.ruled) refuse_form(services, request, look.decided.refused);
    ports::StoredRound round;
    round.id = id;
    round.title = look.heading.title;
    round.kind = look.heading.kind;
    round.rulebook = look.heading.rulebook;
    round.opening = look.heading.opening;
    setup::add_round(transaction, setup_doer(request), round, files, look.facts.rulebook_digest);
    return setup_answer(
        services,
        request,
        transaction,
        id,
        audited("round.created", "round:" + id, {}, request.body),
        201
    );
}

}  // namespace

Route add_round() {
    return {
        .method = Method::post,
        .path = "/api/rounds",
        .name = "add_round",
        .summary = "Makes a draft without lots, its rulebook pinned",
        .action = access::Action::run_rounds,
        .kind = Kind::write,
        .body_schema = schema::object(
            {{"id", schema::text(40, 1)},
             {"title", schema::text(200, 1)},
             {"kind", schema::choice({"drug", "consumable", "reagent"})},
             {"rulebook", schema::text(64, 1)},
             {"opening", schema::text(10)}},
            {"opening"}
        ),
        .answer_schema = setup_schema(),
        .success = 201,
        .failures = {409, 422},
        .handle_write = handle,
    };
}

}  // namespace jicai::web
