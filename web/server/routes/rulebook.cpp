#include <reports/rulebook_page.h>
#include <web/server/round_pages.h>
#include <web/server/rulebooks.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

using decision::Json;

Answer handle(const Request& request, Services& services) {
    const KnownRulebook& known = rulebook_named(request.parameter("rulebook"));
    return kept(request, services, "rulebook", "", [&] {
        const catalogs::Words words(services.words, request.language);
        Json page = reports::rulebook_json(known.rulebook, words.say(), words.english());
        page.object()["toml"] = std::string(known.toml);
        return json_answer(page);
    });
}

}  // namespace

Route get_rulebook() {
    const Json parameters = schema::array(schema::object(
        {{"path", schema::text()},
         {"name", schema::text(500)},
         {"value", schema::text(5000)},
         {"unit", schema::text()},
         {"clause", schema::text(500)},
         {"evidence", schema::text()},
         {"evidence_text", schema::text()},
         {"flagged", schema::flag()}}
    ));
    return {
        .path = "/api/rulebooks/{rulebook}",
        .name = "get_rulebook",
        .summary =
            "A rulebook: every value with clause and evidence, as data, as a page of text "
            "and as its file",
        .action = access::Action::see_rulebooks,
        .parameters =
            {{.name = "rulebook",
              .place = Parameter::Place::path,
              .required = true,
              .description = "id, such as gy-yd2019-2"}},
        .answer_schema = schema::object(
            {{"id", schema::text()},
             {"title", schema::text(500)},
             {"kind", schema::text()},
             {"kind_text", schema::text()},
             {"source", schema::text(500)},
             {"digest", schema::text()},
             {"stages",
              schema::array(schema::object(
                  {{"kind", schema::text()},
                   {"title", schema::text(500)},
                   {"parameters", parameters}}
              ))},
             {"flagged", parameters},
             {"text", schema::text(1'000'000)},
             {"toml", schema::text(1'000'000)}}
        ),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
