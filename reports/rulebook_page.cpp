#include <engine/rules/stage_difference.h>
#include <reports/rulebook_page.h>

#include <algorithm>
#include <utility>

namespace jicai::reports {
namespace {

using rules::Evidence;
using rules::ParameterRow;
using rules::Rulebook;

std::string evidence_name(Evidence evidence) {
    switch (evidence) {
        case Evidence::official:
            return "official";
        case Evidence::replay:
            return "replay";
        case Evidence::secondary:
            return "secondary";
        case Evidence::reported:
            return "reported";
        case Evidence::assumed:
            return "assumed";
        case Evidence::given:
            return "given";
    }
    return "";
}

std::string flag_name(const ParameterRow& row) {
    if (row.open) return "open";
    return is_flagged(row) ? evidence_name(row.evidence) : "";
}

/// The catalogue's words for what stands in a rulebook under `key`: stage and parameter names,
/// fixed words.
std::string name_of(const Say& say, const std::string& key) {
    return say({key, {}});
}

bool is_rounding(const ParameterRow& row) {
    return row.name == "rounding";
}

std::string value_shown(const ParameterRow& row, const Say& say, const PageStyle& style) {
    if (row.open) return name_of(say, "word.evidence.open");
    if (!row.title_zh.empty()) {
        const std::size_t column_end = row.value.find(' ');
        const std::size_t first_begin = row.value.rfind(' ') + 1;
        const std::string key = say(
            {"text.tie_key",
             {{"column", row.value.substr(0, column_end)},
              {"first", name_of(say, "word.tie_first." + row.value.substr(first_begin))}}}
        );
        return say(
            {"page.titled_value",
             {{"title", style.english ? row.title_en : row.title_zh}, {"value", key}}}
        );
    }
    if (row.word) return name_of(say, "word.value." + row.value);
    for (const std::string_view mode : {"half_up", "half_even", "down", "up"}) {
        const std::string prefix = std::string(mode) + " ";
        if (row.value.compare(0, prefix.size(), prefix) != 0) continue;
        if (row.stage_kind == "agreed_volume") {
            return name_of(say, "word.rounding_steps." + std::string(mode));
        }
        return say(
            {"word.rounding." + std::string(mode), {{"decimals", row.value.substr(prefix.size())}}}
        );
    }
    std::string value = row.value;
    if (row.unit == "regions") std::replace(value.begin(), value.end(), '|', ' ');
    return value;
}

/// The catalogue's title of a parameter, and the class or place behind it: "agreed volume,
/// reduced".
std::string title_of(const ParameterRow& row, const Say& say) {
    const std::size_t dot = row.name.find('.');
    const std::string base = row.name.substr(0, dot);
    const std::string key = row.test.empty()
                                ? "parameter." + row.stage_kind + "." + base
                                : "parameter." + row.stage_kind + "." + row.test + "." + base;
    const std::string title = name_of(say, key);
    if (dot == std::string::npos) return title;
    return say({"page.title_of", {{"title", title}, {"class", row.name.substr(dot + 1)}}});
}

std::string line_of(const ParameterRow& row, const Say& say, const PageStyle& style) {
    const std::string flag = flag_name(row);
    const std::string evidence =
        row.open ? "" : name_of(say, "word.evidence." + evidence_name(row.evidence));
    std::string line = say(
        {row.open ? "page.parameter_open" : "page.parameter",
         {{"title", title_of(row, say)},
          {"value", value_shown(row, say, style)},
          {"unit", is_rounding(row) || row.open ? "" : name_of(say, "word.unit." + row.unit)},
          {"clause", row.clause},
          {"evidence", evidence}}}
    );
    if (!flag.empty()) {
        const std::string mark =
            say({"page.flag", {{"flag", name_of(say, "word.evidence." + flag)}}});
        line += style.color ? "\x1b[33m" + mark + "\x1b[0m" : mark;
    }
    return line;
}

std::string joined(const std::vector<ParameterRow>& rows, std::string ParameterRow::*member) {
    std::string text;
    for (const ParameterRow& row : rows) {
        if ((row.*member).empty()) continue;
        if (!text.empty()) text += "; ";
        text += row.*member;
    }
    return text;
}

Table table_of(const std::vector<ParameterRow>& rows) {
    Table table{
        "parameters",
        {{"path"}, {"value", ColumnKind::text}, {"unit"}, {"clause"}, {"evidence"}, {"flag"}},
        {}};
    for (const ParameterRow& row : rows) {
        table.rows.push_back(
            {row.path,
             row.value,
             row.unit,
             row.clause,
             row.open ? "" : evidence_name(row.evidence),
             flag_name(row)}
        );
    }
    return table;
}

Table flagged_of(Table all) {
    std::erase_if(all.rows, [](const auto& row) { return row.back().empty(); });
    return all;
}

}  // namespace

bool is_flagged(const ParameterRow& row) {
    if (row.open) return true;
    switch (row.evidence) {
        case Evidence::official:
        case Evidence::replay:
            return false;
        case Evidence::secondary:
        case Evidence::reported:
        case Evidence::assumed:
        case Evidence::given:
            return true;
    }
    return true;
}

std::string rulebook_page(const Rulebook& rulebook, const Say& say, const PageStyle& style) {
    const std::vector<ParameterRow> rows = shown_parameters(rulebook);
    std::string out = (style.color ? "\x1b[1m" : "") +
                      (style.english ? rulebook.title_en : rulebook.title_zh) +
                      (style.color ? "\x1b[0m" : "") + "\n" +
                      say(
                          {"page.identity",
                           {{"id", rulebook.id},
                            {"source", rulebook.source},
                            {"kind", name_of(say, "word.kind." + rulebook.kind)},
                            {"digest", rulebook.digest}}}
                      ) +
                      "\n";
    std::size_t number = 0;
    for (const std::string& stage : stage_keys(rulebook)) {
        const std::string kind = stage.substr(0, stage.find('.'));
        out += "\n" +
               say(
                   {"page.stage",
                    {{"number", std::to_string(++number)},
                     {"title", name_of(say, "stage." + kind)},
                     {"stage", stage}}}
               ) +
               "\n";
        for (const ParameterRow& row : rows) {
            if (row.stage_key == stage) out += "  " + line_of(row, say, style) + "\n";
        }
    }
    out += "\n" + say({"page.table", {{"title", name_of(say, "stage.reporting")}}}) + "\n";
    for (const ParameterRow& row : rows) {
        if (row.stage_key == rules::ReportingRule::kind) {
            out += "  " + line_of(row, say, style) + "\n";
        }
    }
    std::string flagged;
    std::int64_t count = 0;
    for (const ParameterRow& row : rows) {
        if (!is_flagged(row)) continue;
        ++count;
        flagged += "  " + row.path +
                   say({"page.flag", {{"flag", name_of(say, "word.evidence." + flag_name(row))}}}) +
                   "\n";
    }
    out +=
        "\n" +
        say({count == 0 ? "page.none_flagged" : "page.flagged", {{"count", std::to_string(count)}}}
        ) +
        "\n" + flagged;
    return out;
}

decision::Json rulebook_json(const Rulebook& rulebook, const Say& say, bool english) {
    using decision::Json;
    const PageStyle style{.english = english};
    const auto parameter = [&](const ParameterRow& row) {
        const std::string evidence = row.open ? "open" : evidence_name(row.evidence);
        return Json::Object{
            {"path", row.path},
            {"name", title_of(row, say)},
            {"value", row.open ? "" : value_shown(row, say, style)},
            {"unit", is_rounding(row) ? "" : name_of(say, "word.unit." + row.unit)},
            {"clause",
             row.clause.empty() ? "" : say({"text.clause_alone", {{"clause", row.clause}}})},
            {"evidence", evidence},
            {"evidence_text", name_of(say, "word.evidence." + evidence)},
            {"flagged", is_flagged(row)},
        };
    };
    const std::vector<ParameterRow> rows = shown_parameters(rulebook);
    Json::Array stages;
    Json::Array flagged;
    std::vector<std::string> keys = stage_keys(rulebook);
    keys.emplace_back(rules::ReportingRule::kind);
    for (const std::string& key : keys) {
        const std::string kind = key.substr(0, key.find('.'));
        Json::Array parameters;
        for (const ParameterRow& row : rows) {
            if (row.stage_key != key) continue;
            parameters.emplace_back(parameter(row));
            if (is_flagged(row)) flagged.emplace_back(parameter(row));
        }
        stages.emplace_back(Json::Object{
            {"kind", kind},
            {"title", name_of(say, "stage." + kind)},
            {"parameters", std::move(parameters)},
        });
    }
    return Json::Object{
        {"id", rulebook.id},
        {"title", english ? rulebook.title_en : rulebook.title_zh},
        {"kind", rulebook.kind},
        {"kind_text", name_of(say, "word.kind." + rulebook.kind)},
        {"source", rulebook.source},
        {"digest", "sha256:" + rulebook.digest},
        {"stages", std::move(stages)},
        {"flagged", std::move(flagged)},
        {"text", rulebook_page(rulebook, say, style)},
    };
}

Table rulebook_table(const Rulebook& rulebook) {
    return table_of(shown_parameters(rulebook));
}

Table weak_values(const Rulebook& rulebook) {
    return flagged_of(table_of(parameter_list(rulebook)));
}

Table values_to_accept(const Rulebook& rulebook) {
    return flagged_of(rulebook_table(rulebook));
}

ParameterCounts count_parameters(const Rulebook& rulebook) {
    ParameterCounts counts;
    for (const ParameterRow& row : shown_parameters(rulebook)) {
        ++counts.all;
        counts.open += row.open ? 1 : 0;
        counts.flagged += !row.open && is_flagged(row) ? 1 : 0;
    }
    return counts;
}

Table rulebook_difference(const Rulebook& a, const Rulebook& b) {
    Table table{
        "differences",
        {{"path"},
         {"value_a"},
         {"value_b"},
         {"clause_a"},
         {"clause_b"},
         {"matters", ColumnKind::count}},
        {}};
    for (const rules::StageDifference& stage : differences(a, b)) {
        for (const rules::ParameterDifference& point : stage.parameters) {
            table.rows.push_back(
                {point.path,
                 joined(point.base, &ParameterRow::value),
                 joined(point.other, &ParameterRow::value),
                 joined(point.base, &ParameterRow::clause),
                 joined(point.other, &ParameterRow::clause),
                 point.value_differs ? "1" : "0"}
            );
        }
    }
    return table;
}

}  // namespace jicai::reports
