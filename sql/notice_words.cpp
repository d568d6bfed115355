#include <engine/money/check.h>
#include <sql/notice_words.h>

namespace jicai::sql {
namespace {

void put(std::string& text, std::string_view part) {
    for (const char c : part) {
        if (c == '\\') {
            text += "\\\\";
        } else if (c == '\t') {
            text += "\\t";
        } else if (c == '\n') {
            text += "\\n";
        } else {
            text += c;
        }
    }
}

std::string plain(std::string_view part) {
    std::string text;
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (part[i] != '\\') {
            text += part[i];
            continue;
        }
        JICAI_CHECK(++i < part.size());
        text += part[i] == 't' ? '\t' : part[i] == 'n' ? '\n' : part[i];
    }
    return text;
}

}  // namespace

std::string written_arguments(const std::vector<std::pair<std::string, std::string>>& arguments) {
    std::string text;
    for (const auto& [name, value] : arguments) {
        put(text, name);
        text += '\t';
        put(text, value);
        text += '\n';
    }
    return text;
}

std::vector<std::pair<std::string, std::string>> read_arguments(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> arguments;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t tab = text.find('\t');
        JICAI_CHECK(end != std::string_view::npos && tab < end);
        arguments.emplace_back(
            plain(text.substr(0, tab)), plain(text.substr(tab + 1, end - tab - 1))
        );
        text.remove_prefix(end + 1);
    }
    return arguments;
}

std::string written_words(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += "," + word;
    return text.empty() ? text : text + ",";
}

std::vector<std::string> read_words(std::string_view text) {
    std::vector<std::string> words;
    while (text.size() > 1) {
        text.remove_prefix(1);
        const std::size_t end = text.find(',');
        JICAI_CHECK(end != std::string_view::npos);
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return words;
}

}  // namespace jicai::sql
