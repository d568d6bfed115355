#pragma once

#include <catalogs/messages/message_catalog.h>
#include <engine/decision/message.h>
#include <reports/say.h>

#include <string>
#include <utility>
#include <vector>

namespace jicai::cli {

/// The message catalogue in the language of this run.
class Words {
public:
    Words(const catalogs::MessageCatalog& catalog, catalogs::Language language)
        : catalog_(catalog), language_(language) {}

    /// The sentence of a message. Arguments that are words of the program ("won", "general") are
    /// put into the language where the catalogue has them (word.<argument>.<value>), and `title`
    /// stands for title_zh or title_en.
    [[nodiscard]] std::string render(const decision::Message& message) const;

    /// A word of the program in the reader's language (word.<kind>.<value>), or itself where the
    /// catalogue has none.
    [[nodiscard]] std::string word(const std::string& kind, const std::string& value) const;

    [[nodiscard]] std::string operator()(
        const char* key, std::vector<std::pair<std::string, std::string>> arguments = {}
    ) const {
        return render({key, std::move(arguments)});
    }

    [[nodiscard]] reports::Say say() const {
        return [this](const decision::Message& message) { return render(message); };
    }
    [[nodiscard]] catalogs::Language language() const { return language_; }
    [[nodiscard]] bool english() const { return language_ == catalogs::Language::en; }
    [[nodiscard]] const catalogs::MessageCatalog& catalog() const { return catalog_; }

private:
    const catalogs::MessageCatalog& catalog_;
    catalogs::Language language_;
};

}  // namespace jicai::cli
