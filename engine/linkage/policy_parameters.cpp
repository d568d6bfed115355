#include <engine/linkage/policy_parameters.h>
#include <engine/rules/given_setter.h>

#include <type_traits>

namespace jicai::linkage {

namespace {

/// Calls f(path, unit, parameter) for each parameter of a section.
template <class F>
struct SectionWalk {
    std::string prefix;
    F& call;

    template <class P>
    void parameter(std::string_view name, std::string_view unit, Need, P& entry) {
        call(prefix + '.' + std::string(name), unit, entry);
    }
};

template <class P, class F>
void for_each_parameter(P& policy, F& f) {
    for_each_section(policy, [&f](auto& section) {
        using Section = std::remove_cvref_t<decltype(section)>;
        SectionWalk<F> walk{std::string(Section::kind), f};
        Section::visit(section, walk);
    });
}

struct RowCollector {
    std::vector<rules::ParameterRow>& rows;

    template <class T>
    void operator()(const std::string& path, std::string_view unit, const Parameter<T>& parameter) {
        if (!parameter.present) return;
        const std::size_t dot = path.find('.');
        rows.push_back(
            {.path = path,
             .stage_key = path.substr(0, dot),
             .stage_kind = path.substr(0, dot),
             .test = {},
             .name = path.substr(dot + 1),
             .value = parameter.value ? rules::value_text(*parameter.value) : std::string(),
             .unit = std::string(unit),
             .clause = parameter.clause,
             .evidence = parameter.evidence,
             .open = !parameter.value.has_value(),
             .word = std::is_enum_v<T> || std::is_same_v<T, Flag>,
             .title_zh = {},
             .title_en = {}}
        );
    }
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

}  // namespace

std::vector<rules::ParameterRow> parameter_list(const Policy& policy) {
    std::vector<rules::ParameterRow> rows;
    RowCollector collector{rows};
    for_each_parameter(policy, collector);
    return rows;
}

std::string canonical_text(const Policy& policy) {
    std::string text;
    const auto line = [&text](std::string_view name, std::string_view value) {
        text += "policy.";
        text += name;
        text += " = ";
        text += escaped(value);
        text += '\n';
    };
    line("id", policy.id);
    line("title.zh", policy.title_zh);
    line("title.en", policy.title_en);
    line("source", policy.source);
    line("kind", policy.kind);
    line("region", policy.region);
    line("effective_from", policy.effective_from.text());
    line("effective_to", policy.effective_to ? policy.effective_to->text() : "");
    for (const rules::ParameterRow& row : parameter_list(policy)) {
        text += row.path + " = " + (row.open ? "?" : escaped(row.value)) + " | " + row.unit +
                " | " + escaped(row.clause) + " | ";
        if (!row.open) text += enum_word(row.evidence);
        text += '\n';
    }
    return text;
}

std::vector<rules::GivenFault> apply_given(
    Policy& policy, const std::vector<rules::GivenValue>& given
) {
    Policy changed = policy;
    std::vector<rules::GivenFault> faults = rules::set_given(
        given,
        [&](rules::GivenSetter& setter) { for_each_parameter(changed, setter); },
        [&] { return contradictions(changed); }
    );
    if (faults.empty()) policy = std::move(changed);
    return faults;
}

}  // namespace jicai::linkage
