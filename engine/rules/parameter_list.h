#pragma once

#include <engine/rules/rulebook.h>

#include <string>
#include <string_view>
#include <vector>

/// \file
/// A rulebook as a flat list of parameters: what the readable page, the difference of two rulebooks
/// and the digest are made of.
///
/// A path names one parameter: "entry.max_entrants"; a keyed one "agreed_volume.percent.reduced";
/// one of a gate's tests "gate.cut_at_least.percent"; a tie key by its place "ranking.tie_keys.1".
/// The second gate of a rulebook is "gate.2".

namespace jicai::rules {

/// One parameter, as text.
struct ParameterRow {
    std::string path;
    std::string stage_key;   ///< "entry", "gate.2"
    std::string stage_kind;  ///< "gate"
    std::string test;        ///< of a gate: "cut_at_least"; empty elsewhere
    std::string name;        ///< "max_entrants"; keyed: "percent.reduced"; a tie key: "tie_keys.1"
    std::string value;       ///< canonical text (value_text.h); empty when open. A tie key:
                             ///< "supply_provinces number larger"
    std::string unit;        ///< the unit the stage expects
    std::string clause;
    Evidence evidence;  ///< meaningless when open
    bool open;          ///< the point has no value: a run that needs it stops and names it
    bool word;  ///< the value is a word of a fixed set (translatable), not a number or a text
    std::string title_zh;  ///< of a tie key; empty elsewhere
    std::string title_en;

    friend bool operator==(const ParameterRow&, const ParameterRow&) = default;
};

/// Every parameter the rulebook names, in the order of its stages and of each stage's page, then
/// those of the reporting.
/// Optional parameters that the rulebook does not name are left out.
[[nodiscard]] std::vector<ParameterRow> parameter_list(const Rulebook& rulebook);

/// The rows of the table `[reporting]`, paths "reporting.floor_percent"; none where it is absent.
[[nodiscard]] std::vector<ParameterRow> reporting_parameters(const Rulebook& rulebook);

/// How volumes are reported under the rulebook: its own values, and assumed_reporting() for those
/// it does not name.
[[nodiscard]] ReportingRule reporting_in_force(const Rulebook& rulebook);

/// parameter_list, with the assumed rows of the reporting where the rulebook names none: what
/// people are shown. No digest and no certificate covers what is assumed here.
[[nodiscard]] std::vector<ParameterRow> shown_parameters(const Rulebook& rulebook);

/// The rows of one stage alone; `stage_key` is the prefix of the paths.
[[nodiscard]] std::vector<ParameterRow> stage_parameters(
    const Stage& stage, std::string_view stage_key
);

/// "entry", and "gate", "gate.2", ... for stages that repeat; one per stage, in order.
[[nodiscard]] std::vector<std::string> stage_keys(const Rulebook& rulebook);

/// The stage's word in a rulebook: "ceiling".
[[nodiscard]] std::string_view stage_kind(const Stage& stage);

/// The bytes a rulebook's digest covers: identity, then the stages in order, one line per parameter
///     stage.path = value | unit | clause | evidence
/// and last the table of the reporting, where there is one, under "table = reporting".
/// Independent of comments, blanks and the order of keys. "\", "|" and line ends inside a text are
/// escaped ("\\", "\|", "\n").
[[nodiscard]] std::string canonical_text(const Rulebook& rulebook);

}  // namespace jicai::rules
