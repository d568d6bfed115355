#include <cli/tool_arguments.h>

#include <algorithm>
#include <map>
#include <string_view>

namespace jicai::cli {

using decision::Message;

const std::vector<ToolAction>& tool_actions(const std::string& command) {
    static const std::map<std::string, std::vector<ToolAction>> actions{
        {"audit", {{"verify", {}}}},
        {"calendar",
         {{"show", {"YEAR"}},
          {"day", {"DATE"}},
          {"add", {"DATE", "N"}},
          {"between", {"DATE", "DATE"}},
          {"check", {"FILE"}}}},
        {"sheet", {{"check", {"FILE"}}, {"template", {"TABLE"}}, {"tables", {}}}},
    };
    static const std::vector<ToolAction> none;
    const auto at = actions.find(command);
    return at == actions.end() ? none : at->second;
}

std::optional<Message> check_tool_words(
    const std::string& command,
    const std::vector<ToolAction>& actions,
    const std::vector<std::string>& words
) {
    std::string known;
    for (const ToolAction& action : actions)
        known += (known.empty() ? "" : ", ") + std::string(action.action);
    if (words.empty()) {
        return Message{"usage.action_missing", {{"command", command}, {"allowed", known}}};
    }
    const auto at = std::find_if(actions.begin(), actions.end(), [&](const ToolAction& action) {
        return words.front() == action.action;
    });
    if (at == actions.end()) {
        return Message{
            "usage.action_unknown",
            {{"command", command}, {"word", words.front()}, {"allowed", known}}};
    }
    const std::size_t given = words.size() - 1;
    if (given > at->words.size()) {
        return Message{"usage.word_unexpected", {{"word", words[at->words.size() + 1]}}};
    }
    for (std::size_t i = 0; i < at->words.size(); ++i) {
        if (i >= given || words[i + 1].empty()) {
            return Message{"usage.word_missing", {{"option", at->words[i]}}};
        }
    }
    return {};
}

std::optional<Message> check_tool_options(
    const std::string& command, const ToolArguments& tool, const std::string& out
) {
    const auto missing = [](const char* option) {
        return Message{"usage.option_missing", {{"option", option}}};
    };
    if (command != "sheet" || tool.words.empty()) return {};
    if (tool.words.front() == "check" && tool.table.empty()) return missing("--table TABLE");
    if (tool.words.front() == "template" && out.empty()) return missing("--out FILE");
    return {};
}

}  // namespace jicai::cli
