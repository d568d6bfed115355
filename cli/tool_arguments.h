#pragma once

#include <engine/decision/message.h>

#include <optional>
#include <string>
#include <vector>

/// \file
/// Commands with an action of their own behind the command word ("calendar show 2026").

namespace jicai::cli {

/// What such a command was given. Paths are as typed.
struct ToolArguments {
    std::vector<std::string> words;     ///< the action and what it works on
    std::vector<std::string> holidays;  ///< --holidays, repeatable
    std::string table;                  ///< --table
    std::string errors;                 ///< --errors
    std::string round;                  ///< --round
};

/// How many words each action of a command takes.
struct ToolAction {
    const char* action;
    std::vector<const char*> words;  ///< as named in the help
};

/// The first thing wrong with the words (usage.*): no action, an unknown one, words missing or too
/// many.
[[nodiscard]] std::optional<decision::Message> check_tool_words(
    const std::string& command,
    const std::vector<ToolAction>& actions,
    const std::vector<std::string>& words
);

/// The first option an action cannot do without and has not got (usage.option_missing).
[[nodiscard]] std::optional<decision::Message> check_tool_options(
    const std::string& command, const ToolArguments& tool, const std::string& out
);

/// The actions of `command` ("calendar"); empty for other commands.
[[nodiscard]] const std::vector<ToolAction>& tool_actions(const std::string& command);

}  // namespace jicai::cli
