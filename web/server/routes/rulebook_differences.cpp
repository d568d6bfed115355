#include <reports/rulebook_page.h>
#include <web/server/round_pages.h>
#include <web/server/rulebooks.h>
#include <web/server/schema.h>

namespace jicai::web {
namespace {

const std::vector<reports::Column>& columns() {
    static const std::vector<reports::Column> all{
        {"path"}, {"value_a"}, {"value_b"}, {"clause_a"}, {"clause_b"}, {"matters_text"}};
    return all;
}

List difference_list(
    const catalogs::Words& words, const rules::Rulebook& a, const rules::Rulebook& b
) {
    List list;
    list.table = {"differences", columns(), {}};
    const auto shown = [&](const std::string& text) {
        return text.empty() ? words("rulebook.diff_absent") : text;
    };
    // path, value_a, value_b, clause_a, clause_b, matters
    for (const auto& row : reports::rulebook_difference(a, b).rows) {
        list.table.rows.push_back(
            {words.parameter_title(row[0]),
             shown(words.parameter_value(row[0], row[1])),
             shown(words.parameter_value(row[0], row[2])),
             shown(words.clause(row[3])),
             shown(words.clause(row[4])),
             words.word("matters", row[5])}
        );
        list.more.push_back({{"parameter", row[0]}, {"matters", row[5] == "1"}});
    }
    list.total = static_cast<std::int64_t>(list.table.rows.size());
    return list;
}

Answer handle(const Request& request, Services& services) {
    const KnownRulebook& a = rulebook_named(request.parameter("rulebook"));
    const KnownRulebook& b = rulebook_named(request.parameter("other"));
    return kept(request, services, "differences", "", [&] {
        const catalogs::Words words(services.words, request.language);
        return list_answer(
            request, services, page_of(request, difference_list(words, a.rulebook, b.rulebook))
        );
    });
}

}  // namespace

Route get_rulebook_differences() {
    decision::Json::Object members;
    for (const reports::Column& column : columns())
        members.emplace(column.name, schema::text(5000));
    members.emplace("parameter", schema::text());
    members.emplace("matters", schema::flag());
    return {
        .path = "/api/rulebooks/{rulebook}/differences/{other}",
        .name = "get_rulebook_differences",
        .summary = "Every point in which two rulebooks differ",
        .action = access::Action::see_rulebooks,
        .parameters = list_parameters(
            {{.name = "rulebook", .place = Parameter::Place::path, .required = true},
             {.name = "other", .place = Parameter::Place::path, .required = true}}
        ),
        .answer_schema = schema::list(members),
        .answer_types = list_types(),
        .failures = {404},
        .handle = handle,
    };
}

}  // namespace jicai::web
