#include <catalogs/builtin/builtin.h>
#include <catalogs/messages/message_catalog.h>
#include <engine/money/check.h>
#include <engine/rules/rulebook.h>

#include <gtest/gtest.h>
#include <tests/rulebook/test_files.h>

#include <regex>
#include <set>
#include <vector>

namespace jicai::catalogs {
namespace {

const std::vector<std::string> kSourceAreas{"engine", "catalogs", "reports", "cli"};

/// String literals of the sources that are message keys, or prefixes keys are made from
/// ("word.unit.").
struct KeysInSources {
    std::set<std::string> keys;
    std::set<std::string> prefixes;
};

KeysInSources keys_in_sources() {
    KeysInSources found;
    const std::regex comment("(^|\\n)\\s*//[^\\n]*|\\s//[^\\n]*");
    const std::regex literal("\"((?:fault|step|text|refusal|wait)\\.[A-Za-z0-9_.]*)\"");
    for (const std::string& area : kSourceAreas) {
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(test::source_path(area))) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".cpp" && extension != ".h") continue;
            const std::string text =
                std::regex_replace(test::read_file(entry.path()), comment, std::string());
            for (std::sregex_iterator it(text.begin(), text.end(), literal), end; it != end; ++it) {
                const std::string key = (*it)[1];
                const bool prefix = key.back() == '.' || key.back() == '_';
                (prefix ? found.prefixes : found.keys).insert(key);
            }
        }
    }
    return found;
}

bool is_source_key(const std::string& key) {
    for (const char* area : {"fault.", "step.", "text.", "refusal.", "wait."}) {
        if (key.rfind(area, 0) == 0) return true;
    }
    return false;
}

TEST(Messages, EveryKeyOfTheSourcesHasAnEntry) {
    const KeysInSources sources = keys_in_sources();
    EXPECT_GE(sources.keys.size(), 60U);
    for (const std::string& key : sources.keys) {
        EXPECT_TRUE(MessageCatalog::builtin().contains(key)) << "no entry for " << key;
    }
}

TEST(Messages, EveryEntryIsUsed) {
    const KeysInSources sources = keys_in_sources();
    for (const auto& [key, entry] : MessageCatalog::builtin().entries()) {
        if (!is_source_key(key)) continue;
        bool used = sources.keys.contains(key);
        for (const std::string& prefix : sources.prefixes) used = used || key.rfind(prefix, 0) == 0;
        EXPECT_TRUE(used) << key << " is used nowhere";
    }
}

TEST(Messages, BothLanguagesSpeakAndUseTheSamePlaceholders) {
    EXPECT_GE(MessageCatalog::builtin().entries().size(), 60U);
    for (const auto& [key, entry] : MessageCatalog::builtin().entries()) {
        // A unit may have no word ("flag"); a sentence always speaks.
        EXPECT_FALSE(is_source_key(key) && (entry.zh.empty() || entry.en.empty())) << key;
        EXPECT_EQ(placeholders(entry.zh), placeholders(entry.en)) << key;
    }
}

MessageCatalog catalog(std::string_view toml) {
    return MessageCatalog::from_files({{"a.toml", toml}});
}

TEST(Messages, RenderReplacesNames) {
    const MessageCatalog messages =
        catalog("[fault.a]\nzh = \"{x}，{y}，{x}\"\nen = \"{y} {{y}} {x}\"\n");
    const decision::Message message{"fault.a", {{"x", "甲{y}"}, {"y", "2"}, {"unused", "3"}}};
    EXPECT_EQ(messages.render(Language::zh, message), "甲{y}，2，甲{y}");
    EXPECT_EQ(messages.render(Language::en, message), "2 {y} 甲{y}");
}

TEST(Messages, MissingKeyOrArgumentBreaks) {
    const MessageCatalog messages = catalog("[fault.a]\nzh = \"{x}\"\nen = \"{x}\"\n");
    EXPECT_THROW((void)messages.render(Language::zh, {"fault.b", {}}), BrokenInvariant);
    EXPECT_THROW((void)messages.render(Language::zh, {"fault.a", {{"y", "1"}}}), BrokenInvariant);
    EXPECT_EQ(messages.render(Language::zh, {"fault.a", {{"x", ""}}}), "");
}

TEST(Messages, BadFilesBreak) {
    EXPECT_THROW((void)catalog("[fault.a]\nzh = \"x\"\n"), BrokenInvariant);
    EXPECT_THROW((void)catalog("[fault.a]\nzh = \"{x}\"\nen = \"{y}\"\n"), BrokenInvariant);
    EXPECT_THROW((void)catalog("[fault.a]\nzh = \"{\"\nen = \"{\"\n"), BrokenInvariant);
    EXPECT_THROW((void)catalog("[fault.a]\nzh = \"{X}\"\nen = \"{X}\"\n"), BrokenInvariant);
    EXPECT_THROW((void)catalog("[fault.a]\nzh = \"x}\"\nen = \"x}\"\n"), BrokenInvariant);
    EXPECT_THROW((void)catalog("[fault.a]\nzh = \"\"\nen = \"\"\nfr = \"\"\n"), BrokenInvariant);
    EXPECT_THROW((void)catalog("fault = 1\n"), BrokenInvariant);
    EXPECT_THROW((void)catalog("fault = \n"), BrokenInvariant);
    EXPECT_THROW(
        (void)MessageCatalog::from_files(
            {{"a.toml", "[f.a]\nzh = \"\"\nen = \"\"\n"},
             {"b.toml", "[f.a]\nzh = \"\"\nen = \"\"\n"}}
        ),
        BrokenInvariant
    );
}

TEST(Builtin, HoldsTheFilesOfTheTreeByteForByte) {
    for (const auto& [files, directory] :
         {std::pair(&builtin_rulebooks(), "catalogs/rulebooks"),
          std::pair(&builtin_price_ratios(), "catalogs/price-ratio"),
          std::pair(&builtin_messages(), "catalogs/messages")}) {
        std::set<std::string> names;
        for (const auto& entry :
             std::filesystem::directory_iterator(test::source_path(directory))) {
            if (entry.path().extension() == ".toml") names.insert(entry.path().stem().string());
        }
        std::set<std::string> ids;
        for (const BuiltinFile& file : *files) {
            ids.emplace(file.id);
            const auto path = test::source_path(directory) / (std::string(file.id) + ".toml");
            EXPECT_EQ(file.text, test::read_file(path)) << path;
        }
        EXPECT_EQ(ids, names) << directory;
    }
    EXPECT_TRUE(find_rulebook("gy-yd2019-2").has_value());
    EXPECT_FALSE(find_rulebook("gy-yd2019").has_value());
    EXPECT_FALSE(find_price_ratio("none").has_value());
}

}  // namespace
}  // namespace jicai::catalogs
