#include <catalogs/messages/words.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace jicai::catalogs {
namespace {

constexpr std::string_view kClausePrefix = "clause.";
constexpr std::string_view kNumber = "number";
constexpr std::string_view kStepValue = "values/";
/// Arguments that are one word or several joined by "|", and of which kind.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kWordLists{
    {{"acts", "act"},
     {"act", "act"},
     {"roles", "role"},
     {"conditions", "condition"},
     {"round_stage", "round_stage"},
     {"round_stage_to", "round_stage"},
     {"round_stages", "round_stage"},
     {"lot_state_to", "lot_state"},
     {"scope", "action"},
     {"also", "action"},
     {"listing_act", "listing_act"},
     {"listing_acts", "listing_act"},
     {"listing_state", "listing_state"}}};
constexpr std::size_t kPackDecimals = 2;
constexpr std::size_t kUnitDecimals = 4;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_word_character(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool begins_with(std::string_view text, std::string_view beginning) {
    return text.substr(0, beginning.size()) == beginning;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
        text.replace(at, from.size(), to);
        at += to.size();
    }
    return text;
}

std::vector<std::string> split(const std::string& text, std::string_view separator) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    for (std::size_t end = text.find(separator); end != std::string::npos;
         end = text.find(separator, begin)) {
        parts.push_back(text.substr(begin, end - begin));
        begin = end + separator.size();
    }
    parts.push_back(text.substr(begin));
    return parts;
}

using Numbers = std::vector<std::pair<std::string, std::string>>;

struct Match {
    std::size_t size = 0;
    Numbers numbers;
};

/// `phrase` at the beginning of `text`; each {name} of it stands for digits.
std::optional<Match> match(std::string_view phrase, std::string_view text) {
    Match found;
    std::size_t at = 0;
    while (at < phrase.size()) {
        if (phrase[at] != '{') {
            if (found.size >= text.size() || text[found.size] != phrase[at]) return std::nullopt;
            ++found.size;
            ++at;
            continue;
        }
        const std::size_t end = phrase.find('}', at);
        const std::size_t begin = found.size;
        while (found.size < text.size() && is_digit(text[found.size])) ++found.size;
        if (begin == found.size) return std::nullopt;
        found.numbers.emplace_back(
            phrase.substr(at + 1, end - at - 1), text.substr(begin, found.size - begin)
        );
        at = end + 1;
    }
    if (found.size < text.size() && found.size > 0 && is_word_character(text[found.size - 1]) &&
        is_word_character(text[found.size]) && !is_digit(text[found.size])) {
        return std::nullopt;
    }
    return found;
}

/// Decimal text filled up with zeros to `decimals`; anything else as it is.
std::string with_decimals(const std::string& text, std::size_t decimals) {
    const std::size_t point = text.find('.');
    const std::string_view whole = std::string_view(text).substr(0, point);
    if (whole.empty() || !std::all_of(whole.begin(), whole.end(), is_digit)) return text;
    if (point == std::string::npos) return text + "." + std::string(decimals, '0');
    if (!std::all_of(text.begin() + static_cast<std::ptrdiff_t>(point) + 1, text.end(), is_digit)) {
        return text;
    }
    const std::size_t has = text.size() - point - 1;
    return has >= decimals ? text : text + std::string(decimals - has, '0');
}

/// Messages whose `price` is per smallest unit.
bool prices_a_unit(std::string_view key) {
    return is_one_of(key, {"step.lowest", "step.tie_noted", "wait.tie"});
}

}  // namespace

std::string Words::word(const std::string& kind, const std::string& value) const {
    const std::string key = "word." + kind + "." + value;
    return catalog_.contains(key) ? catalog_.render(language_, {key, {}}) : value;
}

std::string Words::clause(const std::string& written) const {
    if (english()) return written;
    std::vector<std::pair<std::string_view, std::string>> phrases;
    const auto& entries = catalog_.entries();
    for (auto entry = entries.lower_bound(kClausePrefix);
         entry != entries.end() && begins_with(entry->first, kClausePrefix);
         ++entry) {
        phrases.emplace_back(entry->second.en, entry->first);
    }
    std::stable_sort(phrases.begin(), phrases.end(), [](const auto& a, const auto& b) {
        return a.first.size() > b.first.size();
    });
    std::string shown;
    std::size_t at = 0;
    while (at < written.size()) {
        bool found = false;
        const bool begins = at == 0 || !is_word_character(written[at - 1]);
        for (const auto& [phrase, key] : phrases) {
            if (!begins && is_word_character(phrase.front())) continue;
            auto matched = match(phrase, std::string_view(written).substr(at));
            if (!matched) continue;
            for (auto& [name, digits] : matched->numbers) {
                if (name != kNumber) digits = word("numeral", digits);
            }
            shown += catalog_.render(language_, {key, std::move(matched->numbers)});
            at += matched->size;
            found = true;
            break;
        }
        if (!found) shown += written[at++];
    }
    return shown;
}

std::string Words::one_value(const std::string& path, const std::string& written) const {
    if (begins_with(path, "ranking.tie_keys")) {
        const std::vector<std::string> parts = split(written, " ");
        if (parts.size() == 3) {
            return catalog_.render(
                language_,
                {"text.tie_key", {{"column", parts[0]}, {"first", word("tie_first", parts[2])}}}
            );
        }
    }
    const std::size_t blank = written.find(' ');
    const std::string mode = written.substr(0, blank);
    if (blank != std::string::npos && catalog_.contains("word.rounding." + mode)) {
        if (begins_with(path, "agreed_volume.")) return word("rounding_steps", mode);
        return catalog_.render(
            language_, {"word.rounding." + mode, {{"decimals", written.substr(blank + 1)}}}
        );
    }
    if (path == "supply_regions.regions") {
        return replaced(written, "|", catalog_.render(language_, {"text.list_separator", {}}));
    }
    return word("value", written);
}

std::string Words::parameter_value(const std::string& path, const std::string& written) const {
    std::string shown;
    for (const std::string& part : split(written, "; ")) {
        if (!shown.empty()) shown += catalog_.render(language_, {"text.value_separator", {}});
        shown += one_value(path, part);
    }
    return shown;
}

std::string Words::parameter_title(const std::string& path) const {
    const std::size_t dot = path.find('.');
    const std::string stage = "stage." + path.substr(0, dot);
    if (!catalog_.contains(stage)) return path;
    std::string title = catalog_.render(language_, {stage, {}});
    for (std::size_t end = path.size(); end != std::string::npos && dot != std::string::npos;
         end = path.rfind('.', end - 1)) {
        const std::string key = "parameter." + path.substr(0, end);
        if (!catalog_.contains(key)) continue;
        const std::string parameter = catalog_.render(language_, {key, {}});
        title = catalog_.render(
            language_, {"text.parameter_of_stage", {{"stage", title}, {"parameter", parameter}}}
        );
        break;
    }
    return catalog_.render(language_, {"text.titled_path", {{"title", title}, {"path", path}}});
}

std::string Words::argument(
    const std::string& key, const std::string& name, const std::string& value
) const {
    if (name == "member" && begins_with(value, kStepValue)) {
        return catalog_.render(
            language_,
            {"text.value_named", {{"name", word("member", value.substr(kStepValue.size()))}}}
        );
    }
    if (const auto list = std::find_if(
            kWordLists.begin(),
            kWordLists.end(),
            [&](const auto& each) { return each.first == name; }
        );
        list != kWordLists.end()) {
        std::string shown;
        for (const std::string& part : split(value, "|")) {
            if (!shown.empty()) shown += catalog_.render(language_, {"text.list_separator", {}});
            const std::string stage = "round_stage." + part;
            const bool is_stage = list->second == "round_stage" && catalog_.contains(stage);
            shown += is_stage ? catalog_.render(language_, {stage, {}})
                              : word(std::string(list->second), part);
        }
        return shown;
    }
    if (is_one_of(name, {"clause", "clause_a", "clause_b"})) return clause(value);
    if (is_one_of(name, {"suppliers", "candidates", "keys"})) {
        return replaced(value, "|", catalog_.render(language_, {"text.list_separator", {}}));
    }
    if (name == "price" && prices_a_unit(key)) return with_decimals(value, kUnitDecimals);
    const bool pack_price = is_one_of(name, {"price", "pack_price", "old_price", "own_lowest"}) ||
                            (name == "expected" && key == "wait.ratio_misfit");
    if (pack_price && !begins_with(key, "step.gate_")) {
        return with_decimals(value, kPackDecimals);
    }
    if (is_one_of(
            name, {"unit_price", "comparable_price", "ceiling", "lowest", "last_entrant_price"}
        )) {
        return with_decimals(value, kUnitDecimals);
    }
    return word(name, value);
}

std::string Words::render(const decision::Message& message) const {
    decision::Message localised = message;
    for (auto& [name, value] : localised.arguments) {
        if (name == (english() ? "title_en" : "title_zh")) name = "title";
        value = argument(message.key, name, value);
    }
    return catalog_.render(language_, localised);
}

}  // namespace jicai::catalogs
