#include <catalogs/messages/fault_text.h>
#include <catalogs/rulebook_file/rulebook_file.h>

#include <gtest/gtest.h>
#include <tests/rulebook/test_files.h>

#include <algorithm>
#include <set>
#include <vector>

namespace jicai::catalogs {
namespace {

std::vector<std::filesystem::path> bad_files() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(test::source_path("tests/rulebook/bad"))) {
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// "# expect: key line:column, key line:column" as the first line of a bad rulebook says.
std::string expectation(const std::vector<Fault>& faults) {
    std::string text = "# expect:";
    for (std::size_t i = 0; i < faults.size(); ++i) {
        const std::string_view key = faults[i].message.key;
        text += i == 0 ? " " : ", ";
        text += key.substr(std::string_view("fault.rulebook.").size());
        text += ' ' + std::to_string(faults[i].row) + ':' + std::to_string(faults[i].column_number);
    }
    return text;
}

TEST(BadRulebooks, EachIsRefusedAtItsPlace) {
    const auto files = bad_files();
    EXPECT_GE(files.size(), 60U);
    for (const auto& file : files) {
        const std::string text = test::read_file(file);
        const LoadedRulebook loaded = load_rulebook(text, file.filename().string());
        EXPECT_FALSE(loaded.rulebook.has_value()) << file;
        EXPECT_EQ(expectation(loaded.faults), text.substr(0, text.find('\n'))) << file;
    }
}

TEST(BadRulebooks, EveryFaultRendersInBothLanguagesAndNamesItsLine) {
    for (const auto& file : bad_files()) {
        for (const Fault& fault :
             load_rulebook(test::read_file(file), file.filename().string()).faults) {
            for (const Language language : {Language::zh, Language::en}) {
                const std::string text = fault_text(MessageCatalog::builtin(), language, fault);
                EXPECT_EQ(
                    text.rfind(
                        fault.file + ':' + std::to_string(fault.row) + ':' +
                            std::to_string(fault.column_number) + ": ",
                        0
                    ),
                    0U
                ) << text;
                EXPECT_EQ(
                    std::count(text.begin(), text.end(), '\n'), fault.source_line.empty() ? 0 : 2
                ) << text;
            }
        }
    }
}

/// Every key of the loader and of the contradictions is pinned by a bad rulebook.
TEST(BadRulebooks, EveryFaultKeyHasAFile) {
    std::set<std::string> pinned;
    for (const auto& file : bad_files()) {
        for (const Fault& fault : load_rulebook(test::read_file(file), "x.toml").faults) {
            pinned.insert(fault.message.key);
        }
    }
    const std::set<std::string> elsewhere{
        "fault.rulebook.too_large", "fault.rulebook.more"  // made by programs below
    };
    for (const auto& [key, entry] : MessageCatalog::builtin().entries()) {
        if (key.rfind("fault.rulebook.", 0) != 0 || key.rfind("fault.rulebook.given_", 0) == 0)
            continue;
        if (elsewhere.contains(key)) continue;
        EXPECT_TRUE(pinned.contains(key)) << "no bad rulebook for " << key;
    }
}

TEST(BadRulebooks, SizeIsRefusedAboveTheBoundOnly) {
    const std::string comment(kRulebookBytesMax, '#');
    const LoadedRulebook at = load_rulebook(comment, "x.toml");
    ASSERT_FALSE(at.faults.empty());
    EXPECT_NE(at.faults.front().message.key, "fault.rulebook.too_large");
    const LoadedRulebook above = load_rulebook(comment + '#', "x.toml");
    ASSERT_EQ(above.faults.size(), 1U);
    EXPECT_EQ(above.faults.front().message.key, "fault.rulebook.too_large");
    EXPECT_EQ(
        fault_text(MessageCatalog::builtin(), Language::en, above.faults.front()),
        "x.toml: The file has 1048577 bytes, more than the 1048576 a rulebook may have, and was "
        "not read. "
        "Check that it is a rulebook."
    );
}

TEST(BadRulebooks, ManyFaultsAreCounted) {
    std::string text = "[rulebook]\n";
    for (int i = 0; i < 1500; ++i) text += "key_" + std::to_string(i) + " = 1\n";
    const LoadedRulebook loaded = load_rulebook(text, "x.toml");
    ASSERT_EQ(loaded.faults.size(), kFaultsShownMax + 1);
    EXPECT_EQ(loaded.faults.back().message.key, "fault.rulebook.more");
    // 1500 unknown keys, four missing identity keys, no stage.
    EXPECT_EQ(loaded.faults.back().message.arguments.front().second, "505");
}

}  // namespace
}  // namespace jicai::catalogs
