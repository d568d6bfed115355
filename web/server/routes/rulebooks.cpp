#include <reports/rulebook_page.h>
#include <web/server/round_pages.h>
#include <web/server/rulebooks.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

const std::vector<reports::Column>& columns() {
    using reports::ColumnKind;
    static const std::vector<reports::Column> all{
        {"id"},
        {"title"},
        {"kind_text"},
        {"source"},
        {"stages", ColumnKind::count},
        {"parameters", ColumnKind::count},
        {"flagged", ColumnKind::count}};
    return all;
}

List rulebook_list(const catalogs::Words& words) {
    List list;
    list.table = {"rulebooks", columns(), {}};
    for (const KnownRulebook& known : known_rulebooks()) {
        const rules::Rulebook& rulebook = known.rulebook;
        const reports::ParameterCounts counts = reports::count_parameters(rulebook);
        list.table.rows.push_back(
            {rulebook.id,
             words.english() ? rulebook.title_en : rulebook.title_zh,
             words.word("kind", rulebook.kind),
             rulebook.source,
             std::to_string(rulebook.stages.size()),
             std::to_string(counts.all),
             std::to_string(counts.flagged + counts.open)}
        );
        list.more.push_back({{"kind", rulebook.kind}});
    }
    return list;
}

Answer handle(const Request& request, Services& services) {
    return kept(request, services, "rulebooks", "", [&] {
        const catalogs::Words words(services.words, request.language);
        return list_answer(request, services, page_of(request, rulebook_list(words)));
    });
}

}  // namespace

Route get_rulebooks() {
    decision::Json::Object members = row_members(columns());
    members.emplace("kind", schema::text());
    return {
        .path = "/api/rulebooks",
        .name = "get_rulebooks",
        .summary =
            "Rulebooks the program carries; flagged: values without official or published "
            "evidence, and open ones",
        .action = access::Action::see_rulebooks,
        .parameters = list_parameters(),
        .answer_schema = schema::list(members),
        .answer_types = list_types(),
        .handle = handle,
    };
}

}  // namespace jicai::web
