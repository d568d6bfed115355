#include <cli/words.h>

namespace jicai::cli {

std::string Words::word(const std::string& kind, const std::string& value) const {
    const std::string key = "word." + kind + "." + value;
    return catalog_.contains(key) ? catalog_.render(language_, {key, {}}) : value;
}

std::string Words::render(const decision::Message& message) const {
    decision::Message localised = message;
    for (auto& [name, value] : localised.arguments) {
        if (name == (english() ? "title_en" : "title_zh")) name = "title";
        value = word(name, value);
    }
    return catalog_.render(language_, localised);
}

}  // namespace jicai::cli
