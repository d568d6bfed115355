#include <catalogs/builtin/builtin.h>
#include <catalogs/messages/message_catalog.h>
#include <catalogs/toml.h>
#include <engine/money/check.h>

#include <algorithm>
#include <set>
#include <utility>

namespace jicai::catalogs {

namespace {

[[noreturn]] void broken(std::string_view where, std::string_view what) {
    throw BrokenInvariant("message catalogue: " + std::string(where) + ": " + std::string(what));
}

bool name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/// Calls text(part) and name(part) for the pieces of a template, in order.
template <class Text, class Name>
void walk(std::string_view message_template, Text text, Name name) {
    std::size_t begin = 0;
    while (begin < message_template.size()) {
        const std::size_t brace = message_template.find_first_of("{}", begin);
        text(message_template.substr(begin, brace - begin));
        if (brace == std::string_view::npos) return;
        if (brace + 1 < message_template.size() &&
            message_template[brace + 1] == message_template[brace]) {
            text(message_template.substr(brace, 1));
            begin = brace + 2;
            continue;
        }
        const std::size_t end = message_template.find('}', brace);
        const bool opens = message_template[brace] == '{' && end != std::string_view::npos;
        const std::string_view inner =
            opens ? message_template.substr(brace + 1, end - brace - 1) : std::string_view();
        if (inner.empty() || !std::all_of(inner.begin(), inner.end(), name_character)) {
            broken(message_template, "a brace that opens no name");
        }
        name(inner);
        begin = end + 1;
    }
}

using Entries = std::map<std::string, MessageCatalog::Entry, std::less<>>;

void collect(
    const toml::table& table, const std::string& prefix, std::string_view file, Entries& entries
) {
    const auto* zh = table["zh"].as_string();
    const auto* en = table["en"].as_string();
    if (zh != nullptr && en != nullptr) {
        if (table.size() != 2) broken(prefix, "more than zh and en");
        if (placeholders(zh->get()) != placeholders(en->get()))
            broken(prefix, "placeholders differ");
        if (!entries.emplace(prefix, MessageCatalog::Entry{zh->get(), en->get()}).second) {
            broken(prefix, "stands twice, again in " + std::string(file));
        }
        return;
    }
    for (const auto& [key, node] : table) {
        const auto* inner = node.as_table();
        const std::string name =
            prefix.empty() ? std::string(key.str()) : prefix + '.' + std::string(key.str());
        if (inner == nullptr)
            broken(name, "neither a table nor a pair of zh and en in " + std::string(file));
        collect(*inner, name, file, entries);
    }
}

}  // namespace

std::vector<std::string> placeholders(std::string_view message_template) {
    std::set<std::string> names;
    walk(
        message_template,
        [](std::string_view) {},
        [&](std::string_view name) { names.emplace(name); }
    );
    return {names.begin(), names.end()};
}

MessageCatalog MessageCatalog::from_files(const std::vector<MessageFile>& files) {
    MessageCatalog catalog;
    for (const MessageFile& file : files) {
        const toml::parse_result parsed = parse_toml(file.toml);
        if (!parsed) {
            broken(
                std::string(file.name) + ':' + std::to_string(parsed.error().source().begin.line),
                parsed.error().description()
            );
        }
        collect(parsed.table(), {}, file.name, catalog.entries_);
    }
    return catalog;
}

const MessageCatalog& MessageCatalog::builtin() {
    static const MessageCatalog catalog = [] {
        std::vector<MessageFile> files;
        for (const BuiltinFile& file : builtin_messages()) files.push_back({file.id, file.text});
        return from_files(files);
    }();
    return catalog;
}

bool MessageCatalog::contains(std::string_view key) const {
    return entries_.contains(key);
}

std::string MessageCatalog::render(Language language, const decision::Message& message) const {
    const auto entry = entries_.find(message.key);
    if (entry == entries_.end()) broken(message.key, "no such key");
    std::string sentence;
    walk(
        language == Language::zh ? entry->second.zh : entry->second.en,
        [&](std::string_view text) { sentence += text; },
        [&](std::string_view name) {
            const auto argument = std::find_if(
                message.arguments.begin(),
                message.arguments.end(),
                [&](const auto& candidate) { return candidate.first == name; }
            );
            if (argument == message.arguments.end()) {
                broken(message.key, "argument missing: " + std::string(name));
            }
            sentence += argument->second;
        }
    );
    return sentence;
}

}  // namespace jicai::catalogs
