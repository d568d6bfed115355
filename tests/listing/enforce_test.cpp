// Many entries at once: a campaign's publication, a round's award.
#include <tests/listing/world.h>

#include <algorithm>

namespace jicai::listing {
namespace {

using ports::Transaction;

class Enforce : public RegisterTest {
protected:
    static EnforceResult published(
        const std::string& effective, const std::vector<Enforced>& prices
    ) {
        EnforceResult result;
        store().write([&](Transaction& t) {
            result = enforce(t, officer(), "230000", "campaign", "HLJ-1", effective, prices);
        });
        return result;
    }
    static EnforceResult awarded(
        const std::vector<Awarded>& winners, const std::vector<std::string>& lost = {}
    ) {
        EnforceResult result;
        store().write([&](Transaction& t) {
            result = list_award(t, officer(), "GY-1", "第一批", kTomorrow, winners, lost);
        });
        return result;
    }
};

TEST_F(Enforce, ACampaignLowersSkipsAndIsDoneOnce) {
    opened("A1", 1000);
    opened("A2", 1000);
    const std::vector<Enforced> prices{
        {"A1",
         cents(900),
         "第五条",
         {{cents(950), "winner", "", "挂钩", ""}, {cents(1500), "fairness", "", "公平", ""}}},
        {"A2", cents(1001), "第五条", {}},
        {"A3", cents(100), "第五条", {}}};
    const auto result = published("2026-12-01", prices);
    EXPECT_EQ(result.versions, 1);
    EXPECT_EQ(result.compensations, 0);
    ASSERT_EQ(result.skipped.size(), 2U);
    EXPECT_EQ(result.skipped[0].product, "A2");
    EXPECT_EQ(result.skipped[0].why.key, "listing.would_raise");
    EXPECT_EQ(result.skipped[1].why.key, "listing.not_entered");
    EXPECT_EQ(order("A1", "2026-11-30", 1000), OrderOutcome::allowed);
    EXPECT_EQ(order("A1", "2026-12-01", 900), OrderOutcome::allowed);
    EXPECT_EQ(order("A1", "2026-12-01", 901), OrderOutcome::above_price);
    EXPECT_EQ(order("A2", "2026-12-01", 1000), OrderOutcome::allowed);
    store().read([&](Transaction& t) {
        const auto enforced = enforced_price(t, "A1", "230100", "2026-12-01");
        ASSERT_TRUE(enforced);
        EXPECT_EQ(enforced->governs.ground, "HLJ-1");
        EXPECT_EQ(enforced->governs.clause, "第五条");
        std::vector<std::string> kinds;
        for (const auto& one : enforced->ceilings) kinds.push_back(one.ground_kind);
        EXPECT_EQ(kinds, (std::vector<std::string>{"campaign", "winner", "opening", "fairness"}));
        EXPECT_FALSE(enforced_price(t, "A1", "370100", "2026-12-01"));
        EXPECT_FALSE(enforced_price(t, "A1", "230100", "2025-12-31"));
    });
    const auto before = kept("A1");
    EXPECT_EQ(published("2026-12-01", prices).unchanged, 1);
    EXPECT_EQ(kept("A1"), before);
}

TEST_F(Enforce, APublicationThatCameLateOpensCompensations) {
    opened("B1", 1000);
    const auto result = published(kToday, {{"B1", cents(900), "第五条", {}}});
    EXPECT_EQ(result.compensations, 1);
    EXPECT_EQ(order("B1", kToday, 1000), OrderOutcome::allowed);
    EXPECT_EQ(order("B1", kTomorrow, 901), OrderOutcome::above_price);
    store().read([&](Transaction& t) {
        const auto owed = t.listings().compensations_of(entry("B1").id);
        ASSERT_EQ(owed.size(), 1U);
        EXPECT_EQ(owed[0].product, "B1");
        EXPECT_EQ(owed[0].region, "230000");
        EXPECT_EQ(owed[0].from, kToday);
        EXPECT_EQ(owed[0].to, kToday);
        EXPECT_EQ(owed[0].difference, cents(100));
    });
    EXPECT_EQ(published(kToday, {{"B1", cents(900), "第五条", {}}}).unchanged, 1);
    EXPECT_EQ(kept("B1"), (std::vector<std::size_t>{2, 1, 1}));
}

TEST_F(Enforce, AFaultSavesNothingOfIt) {
    opened("C1", 1000);
    opened("C2", 1000);
    const auto before = kept("C1");
    EXPECT_EQ(
        refusal([&](Transaction& t) {
            enforce(
                t, officer(), "230000", "campaign", "HLJ-1", kTomorrow, {{"C1", cents(1), "", {}}}
            );
            enforce(t, officer(), "230100", "campaign", "HLJ-1", kTomorrow, {});
        }),
        "listing.region_not_province"
    );
    EXPECT_EQ(kept("C1"), before);
    EXPECT_EQ(order("C1", kTomorrow, 1000), OrderOutcome::allowed);
}

TEST_F(Enforce, RefusersAreSuspendedTogether) {
    opened("D1", 1000);
    opened("D2", 1000);
    EnforceResult result;
    store().write([&](Transaction& t) {
        result = act_on_all(
            t, officer(), "230000", {"D1", "D2", "D3"}, {Act::suspend, "", "拒绝联动", "第七条", {}}
        );
    });
    ASSERT_EQ(result.skipped.size(), 1U);
    EXPECT_EQ(result.skipped[0].why.key, "listing.not_entered");
    EXPECT_EQ(order("D1", kTomorrow, 1), OrderOutcome::suspended);
    EXPECT_EQ(order("D2", kTomorrow, 1), OrderOutcome::suspended);
}

TEST_F(Enforce, AnAwardListsItsWinnersOnce) {
    add_product("E1");
    opened("E2", 1000);
    opened("E3", 300);
    opened("E4", 5000);
    const std::vector<Awarded> winners{
        {"E1", "新产品", "甲厂", 14, cents(500), {"230000", "370000"}},
        {"E2", "旧产品", "甲厂", 14, cents(600), {"230000"}},
        {"E3", "更低", "甲厂", 14, cents(400), {"230000"}}};
    const auto result = awarded(winners, {"E4", "E5", "E1"});
    EXPECT_EQ(result.versions, 3);
    ASSERT_EQ(result.skipped.size(), 1U);
    EXPECT_EQ(result.skipped[0].product, "E3");
    EXPECT_EQ(order("E1", kToday, 500), OrderOutcome::not_yet);
    EXPECT_EQ(order("E1", kTomorrow, 500), OrderOutcome::allowed);
    EXPECT_EQ(order("E1", kTomorrow, 501), OrderOutcome::above_price);
    EXPECT_EQ(order("E2", kToday, 1000), OrderOutcome::allowed);
    EXPECT_EQ(order("E2", kTomorrow, 601), OrderOutcome::above_price);
    EXPECT_EQ(order("E3", kTomorrow, 301), OrderOutcome::above_price);
    for (const std::string code : {"E1", "E2", "E3"}) {
        EXPECT_EQ(entry(code).kind, ListingKind::won_with_volume) << code;
        EXPECT_EQ(entry(code).state, ListingState::listed) << code;
    }
    EXPECT_EQ(entry("E4").kind, ListingKind::non_winning);
    EXPECT_EQ(order("E4", kTomorrow, 5000), OrderOutcome::allowed);
    const std::vector<std::vector<std::size_t>> before{
        kept("E1"), kept("E2"), kept("E3"), kept("E4")};
    EXPECT_EQ(awarded(winners, {"E4", "E5", "E1"}).versions, 0);
    EXPECT_EQ(
        (std::vector<std::vector<std::size_t>>{kept("E1"), kept("E2"), kept("E3"), kept("E4")}),
        before
    );
}

TEST_F(Enforce, ADelistedWinnerComesBackAtItsCapOnly) {
    for (const std::int64_t fen : {1000, 1001}) {
        const std::string code = "F" + std::to_string(fen);
        opened(code, 1000);
        store().write([&](Transaction& t) {
            take_act(
                t,
                officer(),
                entry(code),
                {Act::delist, "", "撤网", "条款", DelistTerms{2, true, "上限"}}
            );
        });
        const auto result = awarded({{code, "名", "厂", 14, cents(fen), {"230000"}}});
        EXPECT_EQ(result.skipped.size(), fen > 1000 ? 1U : 0U);
        EXPECT_EQ(entry(code).state, fen > 1000 ? ListingState::delisted : ListingState::listed);
    }
}

}  // namespace
}  // namespace jicai::listing
