#pragma once

#include <engine/decision/message.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// The message catalogue: the only place where a message key becomes a sentence. Templates stand in
/// catalogs/messages/*.toml, one table per key with `zh` and `en`; tables may nest, so [fault.x] is
/// the key "fault.x".
///
///     [fault.key_missing]
///     zh = "“{owner}”缺少键“{key}”。请补上。"
///     en = "\"{owner}\" lacks the key \"{key}\". Add it."
///
/// A brace meant as itself is written twice.

namespace jicai::catalogs {

enum class Language : std::uint8_t { zh, en };

struct MessageFile {
    std::string_view name;  ///< "rulebook.toml", for errors
    std::string_view toml;
};

class MessageCatalog {
public:
    struct Entry {
        std::string zh;
        std::string en;
    };

    /// Throws BrokenInvariant, naming file and key, for text that is no TOML, a key that stands
    /// twice, an entry without both languages or with different placeholders in them: the files are
    /// ours.
    [[nodiscard]] static MessageCatalog from_files(const std::vector<MessageFile>& files);

    /// The catalogue the binary carries; made on first use.
    [[nodiscard]] static const MessageCatalog& builtin();

    /// The sentence, each {name} replaced by the argument of that name.
    /// Throws BrokenInvariant when the key or an argument is missing.
    [[nodiscard]] std::string render(Language language, const decision::Message& message) const;

    [[nodiscard]] bool contains(std::string_view key) const;

    /// All entries by key.
    [[nodiscard]] const std::map<std::string, Entry, std::less<>>& entries() const {
        return entries_;
    }

private:
    std::map<std::string, Entry, std::less<>> entries_;
};

/// The names in braces, each once, sorted. Throws BrokenInvariant for a brace that opens no name
/// ([a-z0-9_]+).
[[nodiscard]] std::vector<std::string> placeholders(std::string_view message_template);

}  // namespace jicai::catalogs
