#include <reports/say.h>

#include <utility>

namespace jicai::reports {

Say naming_tie_keys(Say say, const rules::Rulebook& rulebook, bool english) {
    return [say = std::move(say), &rulebook, english](const decision::Message& message) {
        const auto* ranking = rulebook.find<rules::RankingStage>();
        if (message.key != "wait.tie" || ranking == nullptr) return say(message);
        std::string keys;
        for (const rules::TieKey& key : ranking->tie_keys) {
            if (!keys.empty()) keys += say({"text.list_separator", {}});
            keys += say(
                {"text.titled_tie_key",
                 {{"title", english ? key.title_en : key.title_zh}, {"column", key.column}}}
            );
        }
        decision::Message titled = message;
        for (auto& [name, value] : titled.arguments) {
            if (name == "keys" && !keys.empty()) value = keys;
        }
        return say(titled);
    };
}

}  // namespace jicai::reports
