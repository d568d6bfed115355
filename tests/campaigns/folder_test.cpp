#include <catalogs/linkage_folder/load_linkage_folder.h>
#include <engine/campaigns/folder.h>

#include <gtest/gtest.h>

#include <algorithm>

namespace jicai::campaigns {
namespace {

FolderInputs inputs() {
    FolderInputs all;
    all.heading = {
        "C-1",
        "非中选 \"联动\" \\ 第一批",
        "heilongjiang-minimum",
        "黑龙江",
        "2026-06-15",
        "2026-06-16",
        "all_listed"};
    FolderProduct product;
    product.name = "阿托伐他汀钙片, \"20 mg\"";
    product.form = "片剂";
    product.spec = "20mg*7片";
    product.content_mg = "20";
    product.pack_units = 7;
    product.maker = "甲厂";
    for (const char* code : {"P2", "P1", "P10"}) {
        product.product = code;
        all.products.push_back(product);
        all.listings[code] = "16.8";
        all.volumes[code] = 1200;
        FolderObservation observation;
        observation.observation = std::string("O-") + code;
        observation.product = code;
        observation.region = "湖南";
        observation.source = "province_listing";
        observation.pack_price = "12.34";
        observation.pack_units = 7;
        observation.effective_from = "2026-01-01";
        observation.recorded = "2026-01-02";
        observation.document = "湘药采\n〔2026〕1号";
        all.observations.push_back(observation);
    }
    all.winners.push_back({"P10", "10", {"湖南", "湖北"}});
    all.purchases.push_back({"P1", "2026-03", 30, "H23010000101"});
    all.events.push_back({"refuse", "P2", "", "拒绝, 2026-07-01", "甲厂", "2026-06-15"});
    all.events.push_back({"exclude_observation", "", "O-P1", "错录", "监测员", "2026-06-16"});
    all.holidays["2026-10-01"] = false;
    all.holidays["2026-10-10"] = true;
    return all;
}

TEST(CampaignFolder, IsReadBackWhole) {
    const auto files = folder_files(inputs());
    const auto loaded =
        catalogs::load_linkage_folder(catalogs::MemorySource(files), catalogs::Encoding::utf8);
    ASSERT_TRUE(loaded.campaign) << loaded.faults.size() << " faults";
    const campaign::Campaign& campaign = *loaded.campaign;
    EXPECT_EQ(campaign.title, inputs().heading.title);
    ASSERT_EQ(campaign.products.size(), 3U);
    EXPECT_EQ(campaign.products[0].generic, inputs().products[0].name);
    EXPECT_EQ(campaign.observations.size(), 3U);
    EXPECT_EQ(campaign.observations[0].document, "湘药采 〔2026〕1号");
    EXPECT_EQ(campaign.listings.size(), 3U);
    EXPECT_EQ(campaign.winners.size(), 1U);
    EXPECT_EQ(campaign.packs_per_year[0], 1200);
    EXPECT_EQ(campaign.purchases.size(), 1U);
    ASSERT_EQ(campaign.events.size(), 2U);
    EXPECT_EQ(campaign.events[0].kind, campaign::EventKind::refuse);
    EXPECT_TRUE(campaign.working_days.published(2026));
    EXPECT_EQ(campaign.known_at->text(), "2026-06-16");
}

TEST(CampaignFolder, OrderOfInputsDoesNotMatter) {
    FolderInputs other = inputs();
    std::reverse(other.products.begin(), other.products.end());
    std::reverse(other.observations.begin(), other.observations.end());
    EXPECT_EQ(folder_files(inputs()), folder_files(other));
}

TEST(CampaignFolder, LeavesOutWhatIsEmpty) {
    FolderInputs few = inputs();
    few.winners.clear();
    few.volumes.clear();
    few.purchases.clear();
    few.events.clear();
    few.holidays.clear();
    const auto files = folder_files(few);
    EXPECT_EQ(files.size(), 4U);
    EXPECT_TRUE(
        catalogs::load_linkage_folder(catalogs::MemorySource(files), catalogs::Encoding::utf8)
            .campaign
    );
}

}  // namespace
}  // namespace jicai::campaigns
