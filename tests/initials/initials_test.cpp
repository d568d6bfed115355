#include <catalogs/builtin/builtin.h>
#include <catalogs/initials/initials.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace jicai::catalogs {
namespace {

TEST(Initials, WordsOfTheTrade) {
    const std::vector<std::pair<const char*, const char*>> cases{
        {"阿托伐他汀", "atftt"},
        {"人参", "rs"},
        {"丹参滴丸", "dsdw"},
        {"参考价", "ckj"},
        {"重组人生长激素", "czrszjs"},
        {"重酒石酸去甲肾上腺素", "zjssqjssxs"},
        {"单硝酸异山梨酯", "dxsyslz"},
        {"注射用单抗", "zsydk"},
        {"长春西汀", "ccxt"},
        {"白术", "bz"},
        {"复方阿胶浆", "ffejj"},
        {"泊沙康唑", "bskz"},
        {"膀胱", "pg"},
        {"复方聚乙二醇(3350)电解质散", "ffjyec3350djzs"},
        {"维生素B12", "wssb12"},
        {"", ""},
        {"（）·—", ""},
    };
    for (const auto& [name, initials] : cases) {
        EXPECT_EQ(initials_of(name), initials) << name;
    }
}

TEST(Initials, Places) {
    EXPECT_EQ(initials_of("重庆市"), "cqs");
    EXPECT_EQ(initials_of("长沙市第一医院"), "cssdyyy");
    EXPECT_EQ(initials_of("厦门大学附属医院"), "xmdxfsyy");
    EXPECT_EQ(initials_of("西藏自治区"), "xzzzq");
    EXPECT_EQ(initials_of("单县中心医院"), "sxzxyy");
    EXPECT_EQ(initials_of("六安市"), "las");
    EXPECT_EQ(initials_of("长子县"), "zzx");
}

TEST(Initials, BytesThatAreNoTextAreLeftOut) {
    EXPECT_EQ(initials_of("\xC3\x28医\xFF"), "y");
}

// They stand in the file so that a first start computes none of them.
TEST(Initials, ShippedRegionsHaveTheirOwn) {
    std::size_t compared = 0;
    for (const BuiltinFile& file : builtin_regions()) {
        std::string_view text = file.text;
        while (!text.empty()) {
            const std::string_view line = text.substr(0, text.find('\n'));
            text.remove_prefix(std::min(text.size(), line.size() + 1));
            if (line.empty() || line[0] == '#' || line.substr(0, 4) == "code") continue;
            const std::size_t second = line.find(',', 7);
            ASSERT_NE(second, std::string_view::npos) << line;
            EXPECT_EQ(initials_of(line.substr(7, second - 7)), line.substr(second + 1)) << line;
            ++compared;
        }
    }
    EXPECT_EQ(compared, 3348U);
}

TEST(Initials, ManyThreads) {
    std::vector<std::thread> threads;
    std::vector<std::string> results(8);
    for (std::size_t i = 0; i < results.size(); ++i) {
        threads.emplace_back([&results, i] {
            results[i] = initials_of("哈尔滨医科大学附属第一医院");
        });
    }
    for (std::thread& thread : threads) thread.join();
    for (const std::string& result : results) EXPECT_EQ(result, "hebykdxfsdyyy");
}

}  // namespace
}  // namespace jicai::catalogs
