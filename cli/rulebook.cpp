#include <catalogs/builtin/builtin.h>
#include <catalogs/rulebook_file/rulebook_file.h>
#include <cli/award_report.h>
#include <cli/failures.h>
#include <cli/load.h>
#include <engine/money/check.h>
#include <reports/rulebook_page.h>

#include <algorithm>

namespace jicai::cli {
namespace {

using reports::ParameterCounts;

reports::Table rulebook_list(bool english) {
    using reports::ColumnKind;
    reports::Table table{
        "rulebooks",
        {{"id"},
         {"title"},
         {"source"},
         {"parameters", ColumnKind::count},
         {"flagged", ColumnKind::count},
         {"open", ColumnKind::count}},
        {}};
    for (const catalogs::BuiltinFile& file : catalogs::builtin_rulebooks()) {
        const catalogs::LoadedRulebook loaded =
            catalogs::load_rulebook(file.text, std::string(file.id) + ".toml");
        JICAI_CHECK(loaded.rulebook.has_value());
        const ParameterCounts counts = reports::count_parameters(*loaded.rulebook);
        table.rows.push_back(
            {loaded.rulebook->id,
             english ? loaded.rulebook->title_en : loaded.rulebook->title_zh,
             loaded.rulebook->source,
             std::to_string(counts.all),
             std::to_string(counts.flagged),
             std::to_string(counts.open)}
        );
    }
    return table;
}

/// A row of reports::rulebook_difference.
std::string difference_text(const Session& session, const std::vector<std::string>& row) {
    const Words& words = session.words;
    const auto shown = [&](const std::string& value) {
        return value.empty() ? words("rulebook.diff_absent") : value;
    };
    const std::string path = words.parameter_title(row[0]);
    const auto value = [&](const std::string& written) {
        return shown(words.parameter_value(row[0], written));
    };
    if (row[5] == "0") {
        return words(
            "rulebook.diff_point_same",
            {{"path", path}, {"clause_a", shown(row[3])}, {"clause_b", shown(row[4])}}
        );
    }
    return words(
        "rulebook.diff_point",
        {{"path", path},
         {"value_a", value(row[1])},
         {"value_b", value(row[2])},
         {"clause_a", shown(row[3])},
         {"clause_b", shown(row[4])}}
    );
}

}  // namespace

int run_rulebook_check(const Session& session) {
    const std::string& name = session.arguments.rulebooks.front();
    const LoadedRules rules = load_rules(name);
    const ParameterCounts counts = reports::count_parameters(rules.rulebook);
    if (session.arguments.json) {
        print_json(decision::Json::Object{
            {"command", "rulebook check"},
            {"id", rules.rulebook.id},
            {"digest", "sha256:" + rules.rulebook.digest},
            {"parameters", counts.all},
            {"flagged", counts.flagged},
            {"open", counts.open},
        });
    } else {
        print_line(session.words(
            "rulebook.checked",
            {{"name", name},
             {"id", rules.rulebook.id},
             {"stages", std::to_string(rules.rulebook.stages.size())},
             {"parameters", std::to_string(counts.all)},
             {"flagged", std::to_string(counts.flagged)},
             {"open", std::to_string(counts.open)},
             {"digest", rules.rulebook.digest}}
        ));
    }
    return kExitDone;
}

int run_rulebook_show(const Session& session) {
    const rules::Rulebook rulebook = load_rulebook_named(session.arguments.rulebooks.front());
    if (session.arguments.json) {
        print_json(decision::Json::Object{
            {"command", "rulebook show"},
            {"id", rulebook.id},
            {"title", session.words.english() ? rulebook.title_en : rulebook.title_zh},
            {"source", rulebook.source},
            {"kind", rulebook.kind},
            {"digest", "sha256:" + rulebook.digest},
            {"parameters", reports::to_json(reports::rulebook_table(rulebook))},
        });
    } else {
        print(reports::rulebook_page(
            rulebook,
            session.words.say(),
            {.color = session.color, .english = session.words.english()}
        ));
    }
    return kExitDone;
}

int run_rulebook_list(const Session& session) {
    const reports::Table table = rulebook_list(session.words.english());
    if (session.arguments.json) {
        print_json(decision::Json::Object{
            {"command", "rulebook list"}, {"rulebooks", reports::to_json(table)}});
    } else {
        print_table(session, table);
    }
    return kExitDone;
}

int run_rulebook_diff(const Session& session) {
    const rules::Rulebook a = load_rulebook_named(session.arguments.rulebooks[0]);
    const rules::Rulebook b = load_rulebook_named(session.arguments.rulebooks[1]);
    const reports::Table table = reports::rulebook_difference(a, b);
    if (session.arguments.json) {
        print_json(decision::Json::Object{
            {"command", "rulebook diff"},
            {"a", a.id},
            {"b", b.id},
            {"differences", reports::to_json(table)},
        });
        return kExitDone;
    }
    print_line(session.words("rulebook.diff_heading", {{"a", a.id}, {"b", b.id}}));
    if (table.rows.empty()) {
        print_line(session.words("rulebook.diff_none"));
        return kExitDone;
    }
    print_line("");
    for (const auto& row : table.rows) print_line(difference_text(session, row));
    print_line("");
    const auto matter = std::count_if(table.rows.begin(), table.rows.end(), [](const auto& row) {
        return row.back() == "1";
    });
    print_line(session.words(
        "rulebook.diff_count",
        {{"count", std::to_string(table.rows.size())}, {"matter", std::to_string(matter)}}
    ));
    return kExitDone;
}

}  // namespace jicai::cli
