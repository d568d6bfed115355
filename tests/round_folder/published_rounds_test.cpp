#include <catalogs/round_folder/load_round_folder.h>

#include <gtest/gtest.h>

#include <algorithm>

namespace jicai::catalogs {
namespace {

std::string first_fault(const LoadedRound& loaded) {
    if (loaded.faults.empty()) return {};
    const Fault& fault = loaded.faults.front();
    return fault.file + ":" + std::to_string(fault.row) + " " + fault.column + " " +
           fault.message.key + " " + fault.value;
}

std::filesystem::path published(const std::string& name) {
    return std::filesystem::path(JICAI_SOURCE_DIR) / "tests/data/rounds" / name;
}

TEST(PublishedRounds, SecondNationalRoundLoads) {
    const LoadedRound loaded = load_round_folder(published("GY-YD2019-2"));
    ASSERT_TRUE(loaded.round) << first_fault(loaded);
    EXPECT_TRUE(loaded.faults.empty());
    const round::Round& round = *loaded.round;
    EXPECT_EQ(round.id, "GY-YD2019-2");
    EXPECT_EQ(round.kind, "drug");
    EXPECT_EQ(round.rulebook_id, "gy-yd2019-2");
    EXPECT_EQ(round.opening, "2020-01-17");
    EXPECT_EQ(round.lots.size(), 32U);
    EXPECT_EQ(round.specs.size(), 49U);
    EXPECT_EQ(round.suppliers.size(), 124U);
    EXPECT_EQ(round.regions.size(), 31U);
    EXPECT_EQ(round.demand.size(), 1519U);
    EXPECT_EQ(round.bids.size(), 158U);
    EXPECT_EQ(round.packs.size(), 164U);
    ASSERT_EQ(round.events.size(), 1U);
    EXPECT_EQ(round.events[0].kind, round::EventKind::set_aside);
    EXPECT_EQ(round.lots[round.events[0].lot].id, "31");
    EXPECT_EQ(round.suppliers[round.events[0].supplier.value()].id, "山东方明");
    // lots in natural order: 1, 2, ... 33 without 24
    EXPECT_EQ(round.lots[1].id, "2");
    EXPECT_EQ(round.lots[9].id, "10");
    const round::Bid& first = round.bids.front();
    EXPECT_EQ(round.lots[first.lot].id, "1");
    EXPECT_EQ(first.form, "普通片");
    EXPECT_EQ(first.pack_units, 120);
    EXPECT_EQ(first.content, money::Ratio(250, 1));
    ASSERT_EQ(round.inputs.size(), 8U);
    for (const round::InputFile& input : round.inputs) EXPECT_EQ(input.digest.size(), 64U);
}

TEST(PublishedRounds, ExtensionRoundLoads) {
    const LoadedRound loaded = load_round_folder(published("GY-YD2019-1"));
    ASSERT_TRUE(loaded.round) << first_fault(loaded);
    const round::Round& round = *loaded.round;
    EXPECT_EQ(round.lots.size(), 25U);
    EXPECT_EQ(round.specs.size(), 38U);
    EXPECT_EQ(round.suppliers.size(), 80U);
    EXPECT_EQ(round.regions.size(), 25U);
    EXPECT_EQ(round.demand.size(), 950U);
    EXPECT_EQ(round.bids.size(), 102U);
    EXPECT_EQ(round.packs.size(), 98U);
    EXPECT_TRUE(round.events.empty());
    EXPECT_EQ(
        std::count_if(
            round.specs.begin(),
            round.specs.end(),
            [](const round::Spec& spec) { return spec.main_spec; }
        ),
        28
    );
}

TEST(PublishedRounds, RegionsStandInTheOrderOfTheRulebook) {
    LoadOptions options;
    options.regions = {"新疆（含兵团）", "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林",
                       "黑龙江",         "上海", "江苏", "浙江", "安徽", "福建",   "江西", "山东",
                       "河南",           "湖北", "湖南", "广东", "广西", "海南",   "重庆", "四川",
                       "贵州",           "云南", "西藏", "陕西", "甘肃", "青海",   "宁夏"};
    const LoadedRound loaded = load_round_folder(published("GY-YD2019-2"), options);
    ASSERT_TRUE(loaded.round) << first_fault(loaded);
    EXPECT_EQ(loaded.round->regions, options.regions);
    EXPECT_EQ(loaded.round->demand.front().region, 0U);
    EXPECT_TRUE(std::is_sorted(
        loaded.round->demand.begin(),
        loaded.round->demand.end(),
        [](const round::DemandCell& a, const round::DemandCell& b) {
            return std::tie(a.lot, a.spec, a.region) < std::tie(b.lot, b.spec, b.region);
        }
    ));
}

TEST(PublishedRounds, HeadingAlone) {
    const LoadedHeading loaded = load_round_heading(published("GY-YD2019-1"));
    ASSERT_TRUE(loaded.heading);
    EXPECT_EQ(loaded.heading->rulebook_id, "gy-yd2019-1");
    EXPECT_EQ(loaded.heading->opening, "2019-09-24");
}

}  // namespace
}  // namespace jicai::catalogs
