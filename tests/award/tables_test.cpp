// The tables of the five documents, written out once more by hand and compared row by row with the
// shipped rulebooks.
#include <engine/award/award.h>

#include <gtest/gtest.h>

#include "rule_files.h"
#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <vector>

namespace jicai::test {
namespace {

using Table = std::vector<std::int64_t>;

struct Document {
    std::string id;
    Table entrants;  // n = 1 ... 14
    Table years;     // W = 1 ... 5
    Table percent;
    Table percent_reduced;  // empty: the document has no such list
    bool one_year_list;
    std::int64_t regions;
    std::int64_t first_extra;
};

const std::vector<Document>& documents() {
    static const std::vector<Document> all{
        {"gy-yd2019-1",
         {1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3},
         {1, 1, 2},
         {50, 60, 70},
         {},
         false,
         25,
         0},
        {"gy-yd2019-2",
         {1, 2, 2, 3, 4, 4, 5, 5, 6, 6, 6, 6, 6, 6},
         {1, 2, 2, 3, 3},
         {50, 60, 70, 80, 80},
         {},
         false,
         31,
         1},
        {"gy-yd2020-1",
         {1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 8, 8, 8, 8},
         {1, 1, 2, 3, 3},
         {50, 60, 70, 80, 80},
         {40, 50, 60, 70, 70},
         true,
         31,
         1},
        {"gy-yd2021-1",
         {1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9, 10, 10},
         {1, 1, 2, 3, 3},
         {50, 60, 70, 80, 80},
         {40, 50, 60, 70, 70},
         true,
         31,
         1},
        {"gy-yd2021-2",
         {1, 2, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9, 10, 10},
         {1, 1, 2, 3, 3},
         {50, 60, 70, 80, 80},
         {40, 50, 60, 70, 70},
         false,
         31,
         1},
    };
    return all;
}

template <class T>
void expect_table(const rules::CountTable<T>& table, const Table& wanted) {
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const T* value = table.find(static_cast<std::int64_t>(i) + 1);
        ASSERT_NE(value, nullptr) << "row " << i + 1;
        EXPECT_EQ(*value, wanted[i]) << "row " << i + 1;
    }
    EXPECT_EQ(table.find(0), nullptr);
}

class Documents : public testing::TestWithParam<Document> {};

TEST_P(Documents, HaveTheirTables) {
    const Document& document = GetParam();
    const rules::Rulebook rulebook = rulebook_of(document.id);
    expect_table(*rulebook.find<rules::EntryStage>()->max_entrants.value, document.entrants);

    const auto& percent = rulebook.find<rules::AgreedVolumeStage>()->percent;
    expect_table(*percent.at("general").value, document.percent);
    EXPECT_EQ(percent.count("reduced"), document.percent_reduced.empty() ? 0U : 1U);
    if (!document.percent_reduced.empty()) {
        expect_table(*percent.at("reduced").value, document.percent_reduced);
    }
    const auto& years = rulebook.find<rules::TermStage>()->years;
    expect_table(*years.at("general").value, document.years);
    EXPECT_EQ(years.count("one_year"), document.one_year_list ? 1U : 0U);
    if (document.one_year_list) expect_table(*years.at("one_year").value, {1, 1, 1, 1, 1});

    const auto& regions = *rulebook.find<rules::SupplyRegionsStage>()->regions.value;
    EXPECT_EQ(static_cast<std::int64_t>(regions.size()), document.regions);
    EXPECT_EQ(
        *rulebook.find<rules::RegionPickingStage>()->first_extra_picks.value, document.first_extra
    );
}

INSTANTIATE_TEST_SUITE_P(
    Award,
    Documents,
    testing::ValuesIn(documents()),
    [](const testing::TestParamInfo<Document>& instance) {
        std::string name = instance.param.id;
        for (char& c : name) {
            if (c == '-') c = '_';
        }
        return name;
    }
);

// Counts of regions by number of winners, as the official tables print them (157 of 157 lots).
TEST(RegionCounts, AreThoseOfTheOfficialTables) {
    const std::map<std::int64_t, Table> with_extra{
        {1, {31}},
        {2, {16, 15}},
        {3, {11, 10, 10}},
        {4, {9, 8, 7, 7}},
        {5, {7, 6, 6, 6, 6}},
        {6, {6, 5, 5, 5, 5, 5}},
        {7, {6, 5, 4, 4, 4, 4, 4}},
        {8, {5, 4, 4, 4, 4, 4, 3, 3}},
        {9, {5, 4, 4, 3, 3, 3, 3, 3, 3}},
        {10, {4, 3, 3, 3, 3, 3, 3, 3, 3, 3}},
    };
    for (const auto& [winners, counts] : with_extra) {
        EXPECT_EQ(award::region_counts(winners, 31, 1), counts);
    }
    EXPECT_EQ(award::region_counts(1, 25, 0), (Table{25}));
    EXPECT_EQ(award::region_counts(2, 25, 0), (Table{13, 12}));
    EXPECT_EQ(award::region_counts(3, 25, 0), (Table{9, 8, 8}));
}

TEST(RegionCounts, AlwaysShareOutEveryRegion) {
    for (std::int64_t winners = 1; winners <= 12; ++winners) {
        for (std::int64_t regions = 0; regions <= 40; ++regions) {
            for (std::int64_t extra = 0; extra <= 2; ++extra) {
                const Table counts = award::region_counts(winners, regions, extra);
                EXPECT_EQ(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}), regions);
                EXPECT_TRUE(std::is_sorted(counts.rbegin(), counts.rend()));
            }
        }
    }
    EXPECT_TRUE(award::region_counts(0, 31, 1).empty());
}

}  // namespace
}  // namespace jicai::test
