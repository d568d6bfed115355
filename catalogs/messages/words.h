#pragma once

#include <catalogs/messages/message_catalog.h>
#include <engine/decision/message.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

/// \file
/// What the catalogue's bare templates lack for a reader: words of the program, clauses, parameters
/// and prices inside a sentence.

namespace jicai::catalogs {

/// The message catalogue in one language. Cheap to make; the catalogue must outlive it.
class Words {
public:
    Words(const MessageCatalog& catalog, Language language)
        : catalog_(catalog), language_(language) {}

    /// The sentence of a message. Arguments that are words of the program ("won", "general") are
    /// put into the language where the catalogue has them (word.<argument>.<value>), `title` stands
    /// for title_zh or title_en, clauses are put into words, lists of firms separated, and prices
    /// padded: per pack to two decimals, per unit to four. Limits keep their exact text.
    [[nodiscard]] std::string render(const decision::Message& message) const;

    /// A word of the program in the reader's language (word.<kind>.<value>), or itself where the
    /// catalogue has none.
    [[nodiscard]] std::string word(const std::string& kind, const std::string& value) const;

    /// A clause as rulebooks write it ("11.1 (text silent)") in the reader's language: its phrases
    /// stand in the catalogue as clause.*.
    [[nodiscard]] std::string clause(const std::string& written) const;

    /// The value of a rulebook's parameter, as parameter lists write it, for a reader: choices and
    /// flags, roundings, regions and tie keys in words. Several values stand with "; " between.
    [[nodiscard]] std::string parameter_value(const std::string& path, const std::string& written)
        const;

    /// What a parameter or stage is called, its path behind it; the path where it has no title.
    [[nodiscard]] std::string parameter_title(const std::string& path) const;

    [[nodiscard]] std::string operator()(
        const char* key, std::vector<std::pair<std::string, std::string>> arguments = {}
    ) const {
        return render({key, std::move(arguments)});
    }

    /// render, as reports take it. The words must outlive it.
    [[nodiscard]] std::function<std::string(const decision::Message&)> say() const {
        return [this](const decision::Message& message) { return render(message); };
    }
    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] bool english() const { return language_ == Language::en; }
    [[nodiscard]] const MessageCatalog& catalog() const { return catalog_; }

private:
    [[nodiscard]] std::string one_value(const std::string& path, const std::string& written) const;
    [[nodiscard]] std::string argument(
        const std::string& key, const std::string& name, const std::string& value
    ) const;

    const MessageCatalog& catalog_;
    Language language_;
};

}  // namespace jicai::catalogs
