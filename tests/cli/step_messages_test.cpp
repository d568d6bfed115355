#include <catalogs/messages/message_catalog.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace jicai::catalogs {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> kAreas{"step", "wait", "refusal"};

/// Every "step.x", "wait.x", "refusal.x" written in a source of the engine.
std::set<std::string> keys_in_engine() {
    const std::regex key(R"re("((step|wait|refusal)\.[a-z_]+)")re");
    std::set<std::string> keys;
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(JICAI_SOURCE_DIR) / "engine")) {
        if (entry.path().extension() != ".cpp") continue;
        std::ifstream file(entry.path());
        const std::string text{
            std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        for (std::sregex_iterator found(text.begin(), text.end(), key), end; found != end;
             ++found) {
            keys.insert((*found)[1]);
        }
    }
    return keys;
}

std::set<std::string> keys_in_catalog() {
    std::set<std::string> keys;
    for (const auto& [key, entry] : MessageCatalog::builtin().entries()) {
        if (kAreas.count(key.substr(0, key.find('.'))) > 0) keys.insert(key);
    }
    return keys;
}

TEST(StepMessages, EveryStepTheEngineTakesHasItsSentence) {
    const std::set<std::string> engine = keys_in_engine();
    ASSERT_GT(engine.size(), 50U);
    std::set<std::string> missing;
    const std::set<std::string> catalog = keys_in_catalog();
    std::set_difference(
        engine.begin(),
        engine.end(),
        catalog.begin(),
        catalog.end(),
        std::inserter(missing, missing.end())
    );
    EXPECT_EQ(missing, std::set<std::string>{});
}

TEST(StepMessages, EverySentenceIsSaidSomewhere) {
    const std::set<std::string> engine = keys_in_engine();
    const std::set<std::string> catalog = keys_in_catalog();
    std::set<std::string> unused;
    std::set_difference(
        catalog.begin(),
        catalog.end(),
        engine.begin(),
        engine.end(),
        std::inserter(unused, unused.end())
    );
    EXPECT_EQ(unused, std::set<std::string>{});
}

}  // namespace
}  // namespace jicai::catalogs
