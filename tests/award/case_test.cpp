#include <gtest/gtest.h>

#include "case_file.h"
#include "rule_files.h"
#include <algorithm>
#include <filesystem>
#include <vector>

namespace jicai::test {
namespace {

std::vector<std::filesystem::path> case_files() {
    std::vector<std::filesystem::path> files;
    const std::filesystem::path folder =
        std::filesystem::path(JICAI_SOURCE_DIR) / "tests/award/cases";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".case") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

class Cases : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Cases, EveryWorldComesOutAsWritten) {
    for (const World& world : read_case_file(GetParam())) {
        const rules::Rulebook rulebook = rulebook_of(world.rulebook_id);
        for (const std::string& failure : run_world(world, rulebook, ratio_rule())) {
            ADD_FAILURE() << GetParam().filename().string() << ": " << failure;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Award,
    Cases,
    testing::ValuesIn(case_files()),
    [](const testing::TestParamInfo<std::filesystem::path>& instance) {
        return instance.param.stem().string();
    }
);

// The checker itself: an expectation that does not hold must be reported, and a world must expect
// something.
TEST(CaseChecker, ReportsAWrongOutcome) {
    World world{"wrong", "gy-yd2019-2", {}};
    world.lines.push_back({1, "spec", {"spec", "s", "content=1"}, {}});
    world.lines.push_back({2, "bid", {"bid", "A", "price=1.00"}, {"lost"}});
    EXPECT_EQ(run_world(world, rulebook_of("gy-yd2019-2"), ratio_rule()).size(), 1U);
    world.lines.back().expected = {"won"};
    EXPECT_TRUE(run_world(world, rulebook_of("gy-yd2019-2"), ratio_rule()).empty());
    world.lines.back().expected = {};
    EXPECT_EQ(run_world(world, rulebook_of("gy-yd2019-2"), ratio_rule()).size(), 1U);
}

}  // namespace
}  // namespace jicai::test
