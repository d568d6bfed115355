#include <engine/rules/parameter_list.h>
#include <engine/rules/value_text.h>

#include <map>
#include <type_traits>

namespace jicai::rules {

namespace {

std::string joined(std::string_view left, std::string_view right) {
    std::string text(left);
    text += '.';
    text += right;
    return text;
}

class RowCollector {
public:
    RowCollector(std::string_view kind, std::string_view stage_key, std::vector<ParameterRow>& rows)
        : kind_(kind), stage_key_(stage_key), rows_(rows) {}

    template <class T>
    void parameter(
        std::string_view name, std::string_view unit, Need, const Parameter<T>& parameter
    ) {
        if (!parameter.present) return;
        const std::string local = test_.empty() ? std::string(name) : joined(test_, name);
        rows_.push_back(
            {.path = joined(stage_key_, local),
             .stage_key = stage_key_,
             .stage_kind = kind_,
             .test = test_,
             .name = std::string(name),
             .value = parameter.value ? value_text(*parameter.value) : std::string(),
             .unit = std::string(unit),
             .clause = parameter.clause,
             .evidence = parameter.evidence,
             .open = !parameter.value.has_value(),
             .word = std::is_enum_v<T> || std::is_same_v<T, Flag>,
             .title_zh = {},
             .title_en = {}}
        );
    }

    template <class T>
    void keyed(
        std::string_view name,
        std::string_view unit,
        const std::map<std::string, Parameter<T>>& entries
    ) {
        for (const auto& [key, entry] : entries) {
            parameter(joined(name, key), unit, Need::required, entry);
        }
    }

    void tie_keys(std::string_view name, const std::vector<TieKey>& keys) {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const TieKey& key = keys[i];
            const std::string local = joined(name, std::to_string(i + 1));
            rows_.push_back(
                {.path = joined(stage_key_, local),
                 .stage_key = stage_key_,
                 .stage_kind = kind_,
                 .test = {},
                 .name = local,
                 .value = key.column + ' ' + value_text(key.type) + ' ' + value_text(key.first),
                 .unit = "column",
                 .clause = key.clause,
                 .evidence = key.evidence,
                 .open = false,
                 .word = false,
                 .title_zh = key.title_zh,
                 .title_en = key.title_en}
            );
        }
    }

    void tests(std::string_view, const std::vector<GateTest>& tests) {
        for (const GateTest& test : tests) {
            std::visit(
                [this](const auto& typed) {
                    using Test = std::remove_cvref_t<decltype(typed)>;
                    test_ = Test::test;
                    Test::visit(typed, *this);
                },
                test
            );
        }
        test_.clear();
    }

private:
    std::string kind_;
    std::string stage_key_;
    std::string test_;
    std::vector<ParameterRow>& rows_;
};

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\\' || c == '|') result += '\\';
        if (c == '\n') {
            result += "\\n";
        } else {
            result += c;
        }
    }
    return result;
}

void append_line(std::string& text, std::string_view name, std::string_view value) {
    text += name;
    text += " = ";
    text += escaped(value);
    text += '\n';
}

}  // namespace

namespace {

std::vector<ParameterRow> rows_of(const ReportingRule& rule) {
    std::vector<ParameterRow> rows;
    RowCollector collector(ReportingRule::kind, ReportingRule::kind, rows);
    ReportingRule::visit(rule, collector);
    return rows;
}

void append_row(std::string& text, const ParameterRow& row) {
    text += row.path;
    text += " = ";
    text += row.open ? "?" : escaped(row.value);
    if (!row.title_zh.empty()) {
        text += " | " + escaped(row.title_zh) + " | " + escaped(row.title_en);
    }
    text += " | " + row.unit + " | " + escaped(row.clause) + " | ";
    if (!row.open) text += enum_word(row.evidence);
    text += '\n';
}

}  // namespace

std::string_view stage_kind(const Stage& stage) {
    return std::visit(
        [](const auto& typed) { return std::remove_cvref_t<decltype(typed)>::kind; }, stage
    );
}

std::vector<std::string> stage_keys(const Rulebook& rulebook) {
    std::vector<std::string> keys;
    std::map<std::string_view, int> seen;
    for (const Stage& stage : rulebook.stages) {
        const std::string_view kind = stage_kind(stage);
        const int ordinal = ++seen[kind];
        keys.push_back(ordinal == 1 ? std::string(kind) : joined(kind, std::to_string(ordinal)));
    }
    return keys;
}

std::vector<ParameterRow> stage_parameters(const Stage& stage, std::string_view stage_key) {
    std::vector<ParameterRow> rows;
    RowCollector collector(stage_kind(stage), stage_key, rows);
    std::visit(
        [&collector](const auto& typed) {
            std::remove_cvref_t<decltype(typed)>::visit(typed, collector);
        },
        stage
    );
    return rows;
}

std::vector<ParameterRow> parameter_list(const Rulebook& rulebook) {
    const std::vector<std::string> keys = stage_keys(rulebook);
    std::vector<ParameterRow> rows;
    for (std::size_t i = 0; i < rulebook.stages.size(); ++i) {
        for (ParameterRow& row : stage_parameters(rulebook.stages[i], keys[i])) {
            rows.push_back(std::move(row));
        }
    }
    for (ParameterRow& row : reporting_parameters(rulebook)) rows.push_back(std::move(row));
    return rows;
}

std::vector<ParameterRow> reporting_parameters(const Rulebook& rulebook) {
    return rulebook.reporting ? rows_of(*rulebook.reporting) : std::vector<ParameterRow>{};
}

ReportingRule assumed_reporting() {
    const auto assumed = []<class T>(T value, const char* unit) {
        return Parameter<T>{value, unit, "text silent", Evidence::assumed, true};
    };
    return {
        assumed(Count{80}, "percent"),
        assumed(Count{200}, "percent_of_use"),
        assumed(Count{2}, "past_years"),
        assumed(BrandRule::mixed, "choice")};
}

ReportingRule reporting_in_force(const Rulebook& rulebook) {
    ReportingRule rule = assumed_reporting();
    if (!rulebook.reporting) return rule;
    const auto take = [](auto& into, const auto& named) {
        if (named.present) into = named;
    };
    take(rule.floor_percent, rulebook.reporting->floor_percent);
    take(rule.alarm_percent, rulebook.reporting->alarm_percent);
    take(rule.years, rulebook.reporting->years);
    take(rule.brand_rule, rulebook.reporting->brand_rule);
    return rule;
}

std::vector<ParameterRow> shown_parameters(const Rulebook& rulebook) {
    Rulebook shown = rulebook;
    shown.reporting = reporting_in_force(rulebook);
    return parameter_list(shown);
}

std::string canonical_text(const Rulebook& rulebook) {
    std::string text;
    append_line(text, "rulebook.id", rulebook.id);
    append_line(text, "rulebook.title.zh", rulebook.title_zh);
    append_line(text, "rulebook.title.en", rulebook.title_en);
    append_line(text, "rulebook.source", rulebook.source);
    append_line(text, "rulebook.kind", rulebook.kind);
    const std::vector<std::string> keys = stage_keys(rulebook);
    for (std::size_t i = 0; i < rulebook.stages.size(); ++i) {
        append_line(text, "stage", keys[i]);
        for (const ParameterRow& row : stage_parameters(rulebook.stages[i], keys[i])) {
            append_row(text, row);
        }
    }
    if (rulebook.reporting) {
        append_line(text, "table", ReportingRule::kind);
        for (const ParameterRow& row : reporting_parameters(rulebook)) append_row(text, row);
    }
    return text;
}

}  // namespace jicai::rules
