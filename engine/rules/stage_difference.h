#pragma once

#include <engine/rules/parameter_list.h>
#include <engine/rules/rulebook.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Where two rulebooks differ, and rulebooks in which one point of the other is put: to find out
/// which clause made the difference between two results.

namespace jicai::rules {

/// One parameter that is not the same in both. A point only one of them names has no row on the
/// other side.
struct ParameterDifference {
    std::string path;                ///< tie keys are compared as one list: "ranking.tie_keys"
    std::vector<ParameterRow> base;  ///< one row, or none; for tie keys the whole list
    std::vector<ParameterRow> other;
    bool
        value_differs;  ///< false: only clause, unit or evidence differ, no result can depend on it
};

/// One stage that is not the same in both.
struct StageDifference {
    std::string stage_key;  ///< "gate", "gate.2"
    std::string stage_kind;
    std::optional<std::size_t>
        index_base;  ///< place among the stages of the base; absent: it has no such stage
    std::optional<std::size_t> index_other;
    std::vector<ParameterDifference> parameters;
    bool value_differs;  ///< false: only clauses, units or evidence differ
};

/// All of them: stages of `base` in its order, then those only `other` has, last the reporting in
/// force (parameter_list.h), key and kind "reporting", without places. Identity (id, title,
/// source) is not compared. A stage that stands in both with the same values is listed only when
/// clauses or evidence differ.
[[nodiscard]] std::vector<StageDifference> differences(const Rulebook& base, const Rulebook& other);

/// `base` with the stage of that key as `other` has it: replaced, inserted behind the stages it
/// follows in `other`, or taken out when only `base` has it. Nothing when neither has it. The
/// result's digest is empty: it is no rulebook of a file.
[[nodiscard]] std::optional<Rulebook> with_stage_from(
    const Rulebook& base, const Rulebook& other, std::string_view stage_key
);

/// `base` with one parameter as `other` has it (value, clause and evidence); path as in
/// parameter_list.h, or "ranking.tie_keys" for the whole chain. Nothing when not both name it. The
/// result's digest is empty.
[[nodiscard]] std::optional<Rulebook> with_parameter_from(
    const Rulebook& base, const Rulebook& other, std::string_view path
);

}  // namespace jicai::rules
