#include <engine/rules/parameter_visit.h>
#include <engine/rules/stage_difference.h>

#include <algorithm>
#include <any>
#include <map>

namespace jicai::rules {

namespace {

constexpr std::string_view kTieKeys = "tie_keys.";

std::string compared_path(const ParameterRow& row) {
    if (!row.name.starts_with(kTieKeys)) return row.path;
    return row.stage_key + ".tie_keys";
}

/// Rows by compared path, paths in the order they come.
struct Grouped {
    std::vector<std::string> order;
    std::map<std::string, std::vector<ParameterRow>> rows;
};

Grouped grouped(const std::vector<ParameterRow>& rows) {
    Grouped result;
    for (const ParameterRow& row : rows) {
        const std::string path = compared_path(row);
        if (!result.rows.contains(path)) result.order.push_back(path);
        result.rows[path].push_back(row);
    }
    return result;
}

bool same_values(const std::vector<ParameterRow>& left, const std::vector<ParameterRow>& right) {
    return std::equal(
        left.begin(),
        left.end(),
        right.begin(),
        right.end(),
        [](const auto& a, const auto& b) { return a.open == b.open && a.value == b.value; }
    );
}

std::vector<ParameterDifference> parameter_differences(
    const std::vector<ParameterRow>& base, const std::vector<ParameterRow>& other
) {
    Grouped left = grouped(base);
    Grouped right = grouped(other);
    std::vector<std::string> order = left.order;
    for (const std::string& path : right.order) {
        if (!left.rows.contains(path)) order.push_back(path);
    }
    std::vector<ParameterDifference> found;
    for (const std::string& path : order) {
        const std::vector<ParameterRow>& rows_base = left.rows[path];
        const std::vector<ParameterRow>& rows_other = right.rows[path];
        if (rows_base == rows_other) continue;
        found.push_back({path, rows_base, rows_other, !same_values(rows_base, rows_other)});
    }
    return found;
}

std::optional<std::size_t> index_of(const std::vector<std::string>& keys, std::string_view key) {
    const auto found = std::find(keys.begin(), keys.end(), key);
    if (found == keys.end()) return std::nullopt;
    return static_cast<std::size_t>(found - keys.begin());
}

std::vector<ParameterRow> rows_at(
    const Rulebook& rulebook, std::optional<std::size_t> index, std::string_view key
) {
    if (!index) return {};
    return stage_parameters(rulebook.stages[*index], key);
}

/// Behind the last stage of `base` that stands before `index` in `other`.
std::size_t insertion_place(
    const std::vector<std::string>& keys_base,
    const std::vector<std::string>& keys_other,
    std::size_t index
) {
    std::size_t place = 0;
    for (std::size_t i = 0; i < index; ++i) {
        if (const auto found = index_of(keys_base, keys_other[i]))
            place = std::max(place, *found + 1);
    }
    return place;
}

/// What hospitals are asked under the rulebook, assumed values too.
std::vector<ParameterRow> shown_reporting(const Rulebook& rulebook) {
    Rulebook shown;
    shown.reporting = reporting_in_force(rulebook);
    return reporting_parameters(shown);
}

struct Gatherer {
    std::map<std::string, std::any>& found;
    template <class T>
    void operator()(const std::string& path, std::string_view, const Parameter<T>& parameter) {
        if (parameter.present) found.emplace(path, parameter);
    }
};

struct Replacer {
    std::string_view wanted;
    const std::any& replacement;
    bool replaced = false;
    template <class T>
    void operator()(const std::string& path, std::string_view, Parameter<T>& parameter) {
        if (path != wanted || !parameter.present) return;
        if (const auto* typed = std::any_cast<Parameter<T>>(&replacement)) {
            parameter = *typed;
            replaced = true;
        }
    }
};

}  // namespace

std::vector<StageDifference> differences(const Rulebook& base, const Rulebook& other) {
    const std::vector<std::string> keys_base = stage_keys(base);
    const std::vector<std::string> keys_other = stage_keys(other);
    std::vector<std::string> order = keys_base;
    for (const std::string& key : keys_other) {
        if (!index_of(keys_base, key)) order.push_back(key);
    }
    std::vector<StageDifference> found;
    for (const std::string& key : order) {
        const std::optional<std::size_t> left = index_of(keys_base, key);
        const std::optional<std::size_t> right = index_of(keys_other, key);
        std::vector<ParameterDifference> parameters =
            parameter_differences(rows_at(base, left, key), rows_at(other, right, key));
        const bool stands_once = left.has_value() != right.has_value();
        if (parameters.empty() && !stands_once) continue;
        const bool value_differs =
            stands_once ||
            std::any_of(parameters.begin(), parameters.end(), [](const auto& difference) {
                return difference.value_differs;
            });
        const Stage& stage = left ? base.stages[*left] : other.stages[*right];
        found.push_back(
            {key, std::string(stage_kind(stage)), left, right, std::move(parameters), value_differs}
        );
    }
    std::vector<ParameterDifference> reporting =
        parameter_differences(shown_reporting(base), shown_reporting(other));
    if (!reporting.empty()) {
        const bool value_differs =
            std::any_of(reporting.begin(), reporting.end(), [](const auto& difference) {
                return difference.value_differs;
            });
        const std::string kind(ReportingRule::kind);
        found.push_back({kind, kind, {}, {}, std::move(reporting), value_differs});
    }
    return found;
}

std::optional<Rulebook> with_stage_from(
    const Rulebook& base, const Rulebook& other, std::string_view stage_key
) {
    Rulebook result = base;
    result.digest.clear();
    if (stage_key == ReportingRule::kind) {
        if (!base.reporting && !other.reporting) return std::nullopt;
        result.reporting = other.reporting;
        return result;
    }
    const std::vector<std::string> keys_base = stage_keys(base);
    const std::vector<std::string> keys_other = stage_keys(other);
    const std::optional<std::size_t> left = index_of(keys_base, stage_key);
    const std::optional<std::size_t> right = index_of(keys_other, stage_key);
    if (!left && !right) return std::nullopt;
    const auto at = [&result](std::size_t place) {
        return result.stages.begin() + static_cast<std::ptrdiff_t>(place);
    };
    if (left && right) {
        result.stages[*left] = other.stages[*right];
    } else if (left) {
        result.stages.erase(at(*left));
    } else {
        result.stages.insert(
            at(insertion_place(keys_base, keys_other, *right)), other.stages[*right]
        );
    }
    return result;
}

std::optional<Rulebook> with_parameter_from(
    const Rulebook& base, const Rulebook& other, std::string_view path
) {
    Rulebook result = base;
    result.digest.clear();
    if (path == "ranking.tie_keys") {
        const RankingStage* theirs = other.find<RankingStage>();
        const bool ours = base.find<RankingStage>() != nullptr;
        if (theirs == nullptr || !ours) return std::nullopt;
        for (Stage& stage : result.stages) {
            if (auto* ranking = std::get_if<RankingStage>(&stage))
                ranking->tie_keys = theirs->tie_keys;
        }
        return result;
    }
    std::map<std::string, std::any> theirs;
    Gatherer gatherer{theirs};
    for_each_parameter(other, gatherer);
    const auto found = theirs.find(std::string(path));
    if (found == theirs.end()) return std::nullopt;
    Replacer replacer{path, found->second};
    for_each_parameter(result, replacer);
    if (!replacer.replaced) return std::nullopt;
    return result;
}

}  // namespace jicai::rules
