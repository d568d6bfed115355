#include <catalogs/messages/fault_text.h>
#include <catalogs/rulebook_file/rulebook_file.h>

#include <gtest/gtest.h>
#include <tests/rulebook/test_files.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace jicai::catalogs {
namespace {

MessageCatalog small_catalog() {
    static constexpr std::string_view kText =
        "[fault.here]\nzh = \"此处有误：{value}\"\nen = \"wrong here: {value}\"\n";
    return MessageCatalog::from_files({{"small.toml", kText}});
}

Fault fault_at(std::string line, std::uint64_t column) {
    Fault fault;
    fault.file = "a.toml";
    fault.row = 3;
    fault.column_number = column;
    fault.source_line = std::move(line);
    fault.message = {"fault.here", {{"value", "12,00"}}};
    return fault;
}

TEST(FaultText, CaretStandsUnderTheCharacter) {
    EXPECT_EQ(
        fault_text(small_catalog(), Language::en, fault_at("price = \"12,00\"", 9)),
        "a.toml:3:9: wrong here: 12,00\n"
        "    price = \"12,00\"\n"
        "            ^"
    );
}

TEST(FaultText, WideCharactersTakeFullWidthSpaces) {
    EXPECT_EQ(
        fault_text(small_catalog(), Language::zh, fault_at("zh = \"山西（含）\", x", 14)),
        "a.toml:3:14: 此处有误：12,00\n"
        "    zh = \"山西（含）\", x\n"
        "          \u3000\u3000\u3000\u3000\u3000  ^"
    );
}

TEST(FaultText, TabsStayTabsAndControlCharactersAreShown) {
    EXPECT_EQ(
        fault_text(small_catalog(), Language::en, fault_at("\tx\x01y", 4)),
        "a.toml:3:4: wrong here: 12,00\n"
        "    \tx·y\n"
        "    \t  ^"
    );
}

TEST(FaultText, ColumnBehindTheEndOfTheLineStandsBehindIt) {
    const std::string text = fault_text(small_catalog(), Language::en, fault_at("abc", 99));
    EXPECT_EQ(text, "a.toml:3:99: wrong here: 12,00\n    abc\n       ^");
}

TEST(FaultText, LongLinesAreCutAroundTheColumn) {
    const std::string line(500, 'x');
    const std::string text = fault_text(small_catalog(), Language::en, fault_at(line, 200));
    EXPECT_EQ(
        text,
        "a.toml:3:200: wrong here: 12,00\n    …" + std::string(120, 'x') + "…\n     " +
            std::string(60, ' ') + "^"
    );
}

TEST(FaultText, PartsThatAreNotKnownAreLeftOut) {
    Fault fault = fault_at("", 0);
    EXPECT_EQ(fault_text(small_catalog(), Language::en, fault), "a.toml:3: wrong here: 12,00");
    fault.row = 0;
    EXPECT_EQ(fault_text(small_catalog(), Language::en, fault), "a.toml: wrong here: 12,00");
    fault.file.clear();
    EXPECT_EQ(fault_text(small_catalog(), Language::en, fault), "wrong here: 12,00");
}

TEST(FaultText, BytesThatAreNoUtf8CountAsOneCharacter) {
    EXPECT_EQ(
        fault_text(small_catalog(), Language::en, fault_at("a\xff\xe5z", 4)),
        "a.toml:3:4: wrong here: 12,00\n    a··z\n       ^"
    );
}

TEST(FaultText, WideIsWhatUnicodeSays) {
    EXPECT_FALSE(is_wide(U'a'));
    EXPECT_FALSE(is_wide(U'\u00e9'));
    EXPECT_FALSE(is_wide(U'\u201c'));
    EXPECT_TRUE(is_wide(U'\u5e74'));
    EXPECT_TRUE(is_wide(U'\uff08'));
    EXPECT_TRUE(is_wide(U'\u3000'));
    EXPECT_FALSE(is_wide(U'\u303f'));
    EXPECT_TRUE(is_wide(U'\U00020000'));
}

/// The output for every bad rulebook, as a person sees it. JICAI_UPDATE=1 rewrites the golden
/// files; the difference is the review.
TEST(FaultText, BadRulebooksGolden) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(test::source_path("tests/rulebook/bad"))) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const auto& [language, name] :
         {std::pair(Language::zh, "faults.zh.txt"), std::pair(Language::en, "faults.en.txt")}) {
        std::string text;
        for (const auto& file : files) {
            const auto loaded = load_rulebook(test::read_file(file), file.filename().string());
            for (const Fault& fault : loaded.faults) {
                text += fault_text(MessageCatalog::builtin(), language, fault) + "\n";
            }
            text += '\n';
        }
        const auto golden = test::source_path("tests/rulebook/golden") / name;
        if (std::getenv("JICAI_UPDATE") != nullptr) {
            std::ofstream(golden, std::ios::binary) << text;
        }
        EXPECT_EQ(text, test::read_file(golden)) << name;
    }
}

}  // namespace
}  // namespace jicai::catalogs
