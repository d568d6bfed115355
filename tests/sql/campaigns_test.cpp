// Price-linkage campaigns on a real database: every member comes back, decisions stay as they were.
#include <sql/campaign_store.h>

#include <tests/sql/fixture.h>

#include <limits>

namespace jicai::sql::testing {
namespace {

using money::Price;
using ports::CampaignAnswer;
using ports::CampaignAnswerKind;
using ports::CampaignAnswerState;
using ports::CampaignDecisionRecord;
using ports::CampaignEvent;
using ports::CampaignObjection;
using ports::CampaignSku;
using ports::CampaignSkuQuery;
using ports::CampaignSkuState;
using ports::CampaignStage;
using ports::Moment;
using ports::PriceTask;
using ports::PriceTaskState;
using ports::StoredCampaign;
using ports::Transaction;

const std::string kRare = "𠮷野家😀联动\"'\\;--\n\t";
const Moment kLater{kNow.micros + 5 * ports::kSecond};
const ports::Author kMonitor{7, 3, "monitor", "陈明𠮷"};
const ports::Author kFirm{8, 4, "firm", "齐鲁"};

class Campaigns : public DatabaseTest {
protected:
    template <typename Work>
    static void write(const Work& work) {
        store().write([&](Transaction& t) { work(t.campaigns()); });
    }
    template <typename Work>
    static void read(const Work& work) {
        store().read([&](Transaction& t) { work(t.campaigns()); });
    }
    static StoredCampaign campaign(const std::string& id) {
        StoredCampaign one;
        one.id = id;
        one.title = "非中选联动" + kRare;
        one.policy = "heilongjiang-minimum";
        one.policy_digest = std::string(64, 'a');
        one.region = "230000";
        one.region_name = "黑龙江";
        one.as_of = "2026-06-15";
        one.known_at = "2026-06-16";
        one.scope = "round";
        one.scope_of = "GY-YD2019-2";
        one.given = {
            {"exclusions.regions", "[\"none\"]", "陈明", kRare},
            {"stage.publicity.working_days", "5", "陈明", "省文件"}};
        one.entered = kNow;
        one.by = kMonitor;
        one.opened_at = kNow;
        return one;
    }
    static void added(const std::string& id) {
        write([&](auto& kept) { kept.add(campaign(id)); });
    }
    static CampaignSku sku(const std::string& campaign, const std::string& product) {
        CampaignSku one;
        one.campaign = campaign;
        one.product = product;
        one.name = "阿托伐他汀" + kRare;
        one.spec = "20mg*7";
        one.maker = "齐鲁制药";
        one.status = "linked";
        one.old_price = Price(16'800'001);
        return one;
    }
};

void same(const StoredCampaign& kept, const StoredCampaign& given) {
    EXPECT_EQ(kept.title, given.title);
    EXPECT_EQ(kept.policy, given.policy);
    EXPECT_EQ(kept.policy_digest, given.policy_digest);
    EXPECT_EQ(kept.region, given.region);
    EXPECT_EQ(kept.region_name, given.region_name);
    EXPECT_EQ(kept.as_of, given.as_of);
    EXPECT_EQ(kept.known_at, given.known_at);
    EXPECT_EQ(kept.scope, given.scope);
    EXPECT_EQ(kept.scope_of, given.scope_of);
    EXPECT_EQ(kept.given, given.given);
    EXPECT_EQ(kept.stage, given.stage);
    EXPECT_EQ(kept.entered, given.entered);
    EXPECT_EQ(kept.deadline, given.deadline);
    EXPECT_EQ(kept.unknown_year, given.unknown_year);
    EXPECT_EQ(kept.decision, given.decision);
    EXPECT_EQ(kept.stale, given.stale);
    EXPECT_EQ(kept.effective, given.effective);
    EXPECT_EQ(kept.by, given.by);
    EXPECT_EQ(kept.opened_at, given.opened_at);
}

TEST_F(Campaigns, ComesBackWithEveryMemberAndIsSavedOnce) {
    StoredCampaign given = campaign("C-1");
    added("C-1");
    read([&](auto& kept) { same(*kept.campaign("C-1"), given); });
    given.title = "改名" + kRare;
    given.known_at = "";
    given.stage = CampaignStage::declaration;
    given.entered = kLater;
    given.deadline = Moment{kLater.micros + ports::kDay};
    given.unknown_year = 2031;
    given.decision = 4;
    given.stale = true;
    given.effective = "2026-08-01";
    given.given = {{"a.b", "1", "x", "y"}};
    write([&](auto& kept) {
        EXPECT_TRUE(kept.save(given));
        EXPECT_FALSE(kept.save(given));
        same(*kept.locked("C-1"), given);
        EXPECT_EQ(kept.locked("C-1")->version, 2);
    });
    EXPECT_THROW(added("C-1"), ports::Conflict);
    read([&](auto& kept) { EXPECT_FALSE(kept.campaign("no such")); });
}

TEST_F(Campaigns, AreFoundByTextRegionStageAndDeadline) {
    added("F-1");
    StoredCampaign other = campaign("F-2");
    other.title = "耗材";
    other.region = "430000";
    other.stage = CampaignStage::notice;
    other.deadline = kLater;
    other.opened_at = kLater;
    write([&](auto& kept) { kept.add(other); });
    read([&](auto& kept) {
        EXPECT_EQ(kept.campaigns({.text = "f-"}).total, 2);
        EXPECT_EQ(kept.campaigns({.text = "f-"}).rows[0].id, "F-2");
        EXPECT_EQ(kept.campaigns({.text = "耗材"}).rows.at(0).id, "F-2");
        EXPECT_EQ(kept.campaigns({.text = "F-", .within = "430000"}).total, 1);
        EXPECT_EQ(kept.campaigns({.text = "F-", .stage = CampaignStage::draft}).total, 1);
        EXPECT_EQ(kept.campaigns({.text = "F-", .drafts = false}).rows.at(0).id, "F-2");
        EXPECT_TRUE(kept.due({kLater.micros - 1}).empty());
        EXPECT_EQ(kept.due(kLater), std::vector<std::string>{"F-2"});
    });
    write([&](auto& kept) {
        other.stage = CampaignStage::effective;
        ASSERT_TRUE(kept.save(other));
        EXPECT_TRUE(kept.due(kLater).empty());
    });
}

TEST_F(Campaigns, EventsComeInOrder) {
    added("E-1");
    write([&](auto& kept) {
        kept.add(std::vector<CampaignEvent>{
            {0, "E-1", "passed", "", "draft", "notice", kRare, kMonitor, kNow},
            {0, "E-1", "answered", "P1", "open", "refused", "", kFirm, kLater}});
    });
    read([&](auto& kept) {
        const auto all = kept.events("E-1");
        ASSERT_EQ(all.size(), 2U);
        EXPECT_EQ(all[0].kind, "passed");
        EXPECT_EQ(all[0].from, "draft");
        EXPECT_EQ(all[0].to, "notice");
        EXPECT_EQ(all[0].reason, kRare);
        EXPECT_EQ(all[0].by, kMonitor);
        EXPECT_EQ(all[0].at, kNow);
        const auto own = kept.events("E-1", "P1");
        ASSERT_EQ(own.size(), 1U);
        EXPECT_EQ(own[0].by, kFirm);
        EXPECT_EQ(own[0].product, "P1");
    });
}

TEST_F(Campaigns, DecisionsKeepCertificateAndFolderByteForByte) {
    added("D-1");
    std::string large(3'000'000, 'x');
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>(i % 251);
    const std::map<std::string, std::string> folder{
        {"campaign.toml", "id = \"D-1\"\n"}, {"observations.csv", large}, {"empty.csv", ""}};
    CampaignDecisionRecord record;
    record.campaign = "D-1";
    record.number = 1;
    record.reason = kRare;
    record.certificate_digest = std::string(64, 'b');
    record.skus = 7;
    record.linked = 5;
    record.waiting = 1;
    record.average_cut_simple = "26.60";
    record.average_cut_weighted = "21.15";
    record.by = kMonitor;
    record.at = kNow;
    write([&](auto& kept) { kept.add(record, large + "}", folder); });
    EXPECT_THROW(write([&](auto& kept) { kept.add(record, "{}", {}); }), ports::Conflict);
    record.number = 2;
    write([&](auto& kept) { kept.add(record, "{}", {}); });
    read([&](auto& kept) {
        EXPECT_EQ(kept.certificate("D-1", 1), large + "}");
        EXPECT_EQ(kept.folder("D-1", 1), folder);
        EXPECT_EQ(kept.certificate("D-1", 2), "{}");
        EXPECT_TRUE(kept.folder("D-1", 2).empty());
        EXPECT_EQ(kept.certificate("D-1", 3), "");
        const auto all = kept.decisions("D-1");
        ASSERT_EQ(all.size(), 2U);
        EXPECT_EQ(all[0].number, 1);
        EXPECT_EQ(all[0].reason, kRare);
        EXPECT_EQ(all[0].certificate_digest, record.certificate_digest);
        EXPECT_EQ(all[0].skus, 7);
        EXPECT_EQ(all[0].linked, 5);
        EXPECT_EQ(all[0].waiting, 1);
        EXPECT_EQ(all[0].average_cut_simple, "26.60");
        EXPECT_EQ(all[0].average_cut_weighted, "21.15");
        EXPECT_EQ(all[0].by, kMonitor);
        EXPECT_EQ(all[0].at, kNow);
    });
}

TEST_F(Campaigns, SkusComeBackAndAreReplaced) {
    added("S-1");
    CampaignSku one = sku("S-1", "P1");
    one.organisation = 4;
    one.state = CampaignSkuState::declared;
    one.reference = Price(12'000'000);
    one.decided = Price(11'990'000);
    one.declared = Price(std::numeric_limits<std::int32_t>::max());
    one.verified = true;
    one.cut = "28.63";
    one.label = "red_2";
    one.clause = "6.4" + kRare;
    one.packs = 120'000;
    one.since = "2026-07-01";
    one.barred_until = "2028-07-01";
    CampaignSku two = sku("S-1", "P2");
    two.status = "no_lower_price";
    write([&](auto& kept) { kept.put({one, two}); });
    read([&](auto& kept) {
        const auto kept_one = *kept.sku("S-1", "P1");
        EXPECT_EQ(kept_one.name, one.name);
        EXPECT_EQ(kept_one.spec, one.spec);
        EXPECT_EQ(kept_one.maker, one.maker);
        EXPECT_EQ(kept_one.organisation, 4);
        EXPECT_EQ(kept_one.state, one.state);
        EXPECT_EQ(kept_one.status, "linked");
        EXPECT_EQ(kept_one.old_price, one.old_price);
        EXPECT_EQ(kept_one.reference, one.reference);
        EXPECT_EQ(kept_one.decided, one.decided);
        EXPECT_EQ(kept_one.declared, one.declared);
        EXPECT_TRUE(kept_one.verified);
        EXPECT_EQ(kept_one.cut, "28.63");
        EXPECT_EQ(kept_one.label, "red_2");
        EXPECT_EQ(kept_one.clause, one.clause);
        EXPECT_EQ(kept_one.packs, 120'000);
        EXPECT_EQ(kept_one.since, "2026-07-01");
        EXPECT_EQ(kept_one.barred_until, "2028-07-01");
        EXPECT_EQ(kept_one.version, 1);
        const auto kept_two = *kept.sku("S-1", "P2");
        EXPECT_FALSE(kept_two.reference);
        EXPECT_FALSE(kept_two.decided);
        EXPECT_FALSE(kept_two.declared);
        EXPECT_EQ(kept_two.cut, "");
        EXPECT_EQ(kept.skus("S-1").size(), 2U);
        EXPECT_EQ(kept.skus(CampaignSkuQuery{.campaign = "S-1"}).rows[0].product, "P1");
        EXPECT_EQ(kept.skus(CampaignSkuQuery{.campaign = "S-1", .text = "p2"}).total, 1);
        EXPECT_EQ(
            kept.skus(CampaignSkuQuery{.campaign = "S-1", .state = CampaignSkuState::declared})
                .total,
            1
        );
        EXPECT_EQ(
            kept.skus(CampaignSkuQuery{.campaign = "S-1", .status = "no_lower_price"}).total, 1
        );
        EXPECT_EQ(kept.skus(CampaignSkuQuery{.campaign = "S-1", .label = "red_2"}).total, 1);
        EXPECT_EQ(kept.skus(CampaignSkuQuery{.campaign = "S-1", .organisation = 4}).total, 1);
        EXPECT_EQ(kept.counts("S-1", 0).at(CampaignSkuState::not_asked), 1);
        EXPECT_EQ(kept.counts("S-1", 4).size(), 1U);
    });
    two.state = CampaignSkuState::suspended;
    write([&](auto& kept) {
        kept.put({two});
        EXPECT_EQ(kept.sku("S-1", "P2")->version, 2);
        EXPECT_EQ(kept.suspended().at(0).product, "P2");
        kept.keep_only("S-1", {"P1", "P9"});
        EXPECT_EQ(kept.skus("S-1").size(), 1U);
    });
}

TEST_F(Campaigns, AnswersAndObjectionsComeBack) {
    added("A-1");
    CampaignAnswer answer;
    answer.campaign = "A-1";
    answer.product = "P1";
    answer.kind = CampaignAnswerKind::declare;
    answer.price = Price(9'800'000);
    answer.document = "湘药采〔2026〕1号";
    answer.text = kRare;
    answer.by = kFirm;
    answer.at = kNow;
    CampaignObjection objection;
    objection.campaign = "A-1";
    objection.product = "P1";
    objection.observation = "17";
    objection.text = kRare;
    objection.document = "附件1";
    objection.by = kFirm;
    objection.at = kNow;
    write([&](auto& kept) {
        answer.id = kept.add(answer);
        objection.id = kept.add(objection);
    });
    answer.state = CampaignAnswerState::accepted;
    answer.verification = "属实" + kRare;
    answer.verified_by = kMonitor;
    answer.verified_at = kLater;
    objection.answer = "成立" + kRare;
    objection.upheld = false;
    objection.answered_by = kMonitor;
    objection.answered_at = kLater;
    read([&](auto& kept) {
        EXPECT_FALSE(kept.objection(objection.id)->upheld);
        EXPECT_EQ(kept.answers("A-1", "P2").size(), 0U);
    });
    write([&](auto& kept) {
        kept.save(answer);
        EXPECT_TRUE(kept.save(objection));
        EXPECT_FALSE(kept.save(objection));
    });
    read([&](auto& kept) {
        const auto all = kept.answers("A-1", "");
        ASSERT_EQ(all.size(), 1U);
        EXPECT_EQ(all[0].kind, answer.kind);
        EXPECT_EQ(all[0].price, answer.price);
        EXPECT_EQ(all[0].document, answer.document);
        EXPECT_EQ(all[0].text, kRare);
        EXPECT_EQ(all[0].state, answer.state);
        EXPECT_EQ(all[0].verification, answer.verification);
        EXPECT_EQ(all[0].by, kFirm);
        EXPECT_EQ(all[0].at, kNow);
        EXPECT_EQ(all[0].verified_by, kMonitor);
        EXPECT_EQ(all[0].verified_at, kLater);
        const auto objections = kept.objections("A-1");
        ASSERT_EQ(objections.size(), 1U);
        EXPECT_EQ(objections[0].observation, "17");
        EXPECT_EQ(objections[0].text, kRare);
        EXPECT_EQ(objections[0].document, "附件1");
        EXPECT_EQ(objections[0].answer, objection.answer);
        EXPECT_EQ(objections[0].upheld, false);
        EXPECT_EQ(objections[0].by, kFirm);
        EXPECT_EQ(objections[0].answered_by, kMonitor);
        EXPECT_EQ(objections[0].answered_at, kLater);
        EXPECT_EQ(objections[0].version, 2);
    });
}

TEST_F(Campaigns, AnObservationOpensOneTask) {
    PriceTask task;
    task.product = "P1";
    task.name = "阿托伐他汀" + kRare;
    task.maker = "齐鲁";
    task.organisation = 4;
    task.region = "230000";
    task.observation = 17;
    task.observed_in = "湖南";
    task.listed = Price(16'800'000);
    task.observed = Price(12'000'000);
    task.opened_at = kNow;
    write([&](auto& kept) {
        task.id = kept.add(task);
        EXPECT_GT(task.id, 0);
        EXPECT_EQ(kept.add(task), 0);
    });
    read([&](auto& kept) {
        const auto one = *kept.task(task.id);
        EXPECT_EQ(one.name, task.name);
        EXPECT_EQ(one.maker, "齐鲁");
        EXPECT_EQ(one.observation, 17);
        EXPECT_EQ(one.observed_in, "湖南");
        EXPECT_EQ(one.listed, task.listed);
        EXPECT_EQ(one.observed, task.observed);
        EXPECT_EQ(one.state, PriceTaskState::open);
        EXPECT_EQ(one.opened_at, kNow);
        EXPECT_FALSE(one.closed_at);
        EXPECT_EQ(kept.tasks({.text = "p1"}).total, 1);
        EXPECT_EQ(kept.tasks({.within = "430000"}).total, 0);
        EXPECT_EQ(kept.tasks({.state = PriceTaskState::taken}).total, 0);
        EXPECT_EQ(kept.tasks({.organisation = 5}).total, 0);
    });
    task.state = PriceTaskState::dropped;
    task.campaign = "X";
    task.reason = kRare;
    task.closed_by = kMonitor;
    task.closed_at = kLater;
    write([&](auto& kept) { kept.save(task); });
    read([&](auto& kept) {
        const auto one = *kept.task(task.id);
        EXPECT_EQ(one.state, PriceTaskState::dropped);
        EXPECT_EQ(one.campaign, "X");
        EXPECT_EQ(one.reason, kRare);
        EXPECT_EQ(one.closed_by, kMonitor);
        EXPECT_EQ(one.closed_at, kLater);
    });
}

}  // namespace
}  // namespace jicai::sql::testing
