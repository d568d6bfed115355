// Single entries: who, when, why, and what is refused.
#include <catalogs/builtin/builtin.h>
#include <catalogs/price_ratio_file/price_ratio_file.h>
#include <engine/listing/pack_price.h>

#include <tests/listing/world.h>

namespace jicai::listing {
namespace {

using ports::Transaction;

class Register : public RegisterTest {
protected:
    static std::string act(
        const std::string& code,
        Act act,
        const std::string& effective = "",
        const std::string& reason = "理由",
        const DelistTerms& terms = {}
    ) {
        return refusal([&](Transaction& t) {
            const auto found = entry_for(t, officer(), entry(code).id, 0);
            take_act(t, officer(), found, {act, effective, reason, "条款", terms});
        });
    }
    static std::string price(
        const std::string& code, std::int64_t fen, const std::string& day = "2026-12-01"
    ) {
        return refusal([&](Transaction& t) {
            (void
            )set_price(t, officer(), entry(code), {cents(fen), day, "voluntary", "协议", "条款"});
        });
    }
};

TEST_F(Register, AnEntryIsOfItsRegionAndItsVersion) {
    const std::int64_t id = opened("A1", 1000);
    const auto look = [&](const Doer& doer, std::int64_t listing, std::int64_t version) {
        return refusal([&](Transaction& t) { (void)entry_for(t, doer, listing, version); });
    };
    EXPECT_EQ(look(officer(), id, 1), "");
    EXPECT_EQ(look(officer(), id, 0), "");
    EXPECT_EQ(look(officer(), id, 2), "listing.changed");
    EXPECT_EQ(look(officer(), 999'999, 0), "listing.not_found");
    Doer elsewhere = officer();
    elsewhere.actor.region = "370000";
    EXPECT_EQ(look(elsewhere, id, 0), "access.denied");
}

TEST_F(Register, TradeChangesAtAMidnightToCome) {
    opened("B1", 1000);
    EXPECT_EQ(act("B1", Act::resume), "listing.no_such_act");
    EXPECT_EQ(act("B1", Act::suspend, "", ""), "listing.reason_needed");
    EXPECT_EQ(act("B1", Act::suspend, kToday), "listing.day_begun");
    EXPECT_EQ(act("B1", Act::suspend, "2026-02-30"), "listing.day_unknown");
    EXPECT_EQ(act("B1", Act::suspend), "");
    EXPECT_EQ(order("B1", kToday, 1000), OrderOutcome::allowed);
    EXPECT_EQ(order("B1", kTomorrow, 1000), OrderOutcome::suspended);
    EXPECT_EQ(act("B1", Act::resume, "2026-12-01"), "");
    EXPECT_EQ(act("B1", Act::suspend, "2026-11-30"), "listing.before_last");
    EXPECT_EQ(order("B1", "2026-11-30", 1000), OrderOutcome::suspended);
    EXPECT_EQ(order("B1", "2026-12-01", 1000), OrderOutcome::allowed);
}

TEST_F(Register, RelistingIsCappedUntilTheBarEnds) {
    opened("C1", 1200);
    EXPECT_EQ(act("C1", Act::delist, kTomorrow, "不联动", {2, true, "上限条款"}), "");
    EXPECT_EQ(entry("C1").barred_until, "2028-11-24");
    EXPECT_EQ(entry("C1").relist_cap, cents(1200));
    EXPECT_EQ(price("C1", 1100), "listing.is_delisted");
    EXPECT_EQ(act("C1", Act::relist), "");
    // A rise would pass the cap: one fen above is refused, on the day the bar ends it is not.
    const auto rise = [&](std::int64_t fen, const std::string& day) {
        return refusal([&](Transaction& t) {
            (void)propose_rise(t, officer(), entry("C1"), {cents(fen), day, "shortage", "短缺"});
        });
    };
    EXPECT_EQ(rise(1200, "2027-01-01"), "listing.not_a_rise");
    EXPECT_EQ(rise(1201, "2028-11-23"), "listing.relist_cap");
    EXPECT_EQ(rise(1201, "2028-11-24"), "");

    opened("C2", 1200);
    EXPECT_EQ(act("C2", Act::delist, "", "虚假申报", {2, false, "两年"}), "");
    EXPECT_EQ(act("C2", Act::relist), "listing.barred");
    EXPECT_EQ(act("C2", Act::relist, "2028-11-23"), "listing.barred");
    EXPECT_EQ(act("C2", Act::relist, "2028-11-24"), "");
}

TEST_F(Register, APriceOnlyRisesByTwoPeopleAndAReason) {
    opened("D1", 1000);
    EXPECT_EQ(price("D1", 1001), "listing.would_raise");
    EXPECT_EQ(price("D1", 1000, kTomorrow), "");
    std::int64_t id = 0;
    const RiseAsked asked{cents(1001), "2026-12-01", "shortage", "三个月配送率低于 10%"};
    store().write([&](Transaction& t) { id = propose_rise(t, officer(), entry("D1"), asked); });
    EXPECT_EQ(order("D1", "2026-12-01", 1001), OrderOutcome::above_price);
    const auto decide = [&](const Doer& doer, const std::string& reason) {
        return refusal([&](Transaction& t) {
            (void)decide_rise(t, doer, id, {true, reason, "条款", 0});
        });
    };
    EXPECT_EQ(decide(officer(), "同意"), "listing.same_person");
    EXPECT_EQ(decide(officer(8), ""), "listing.reason_needed");
    EXPECT_EQ(decide(officer(8), "同意"), "");
    EXPECT_EQ(decide(officer(8), "同意"), "listing.decided");
    EXPECT_EQ(order("D1", "2026-11-30", 1001), OrderOutcome::above_price);
    EXPECT_EQ(order("D1", "2026-12-01", 1001), OrderOutcome::allowed);
    EXPECT_EQ(order("D1", "2026-12-01", 1002), OrderOutcome::above_price);
    for (const auto& [cause, reason, key] :
         {std::tuple{"because", "x", "listing.cause_unknown"},
          {"shortage", "", "listing.reason_needed"}}) {
        EXPECT_EQ(
            refusal([&, c = cause, r = reason](Transaction& t) {
                (void)propose_rise(t, officer(), entry("D1"), {cents(2000), "", c, r});
            }),
            key
        );
    }
}

TEST_F(Register, AnotherPackIsPricedByTheRule) {
    const auto loaded =
        catalogs::load_price_ratio_rule(*catalogs::find_price_ratio("drug-2012"), "drug-2012.toml");
    ASSERT_TRUE(loaded.rule);
    ports::Product product;
    product.form = "普通片";
    // Examples 3 and 4 of the price-ratio rule, as published.
    EXPECT_EQ(price_of_pack(*loaded.rule, product, cents(3412), 14, 30).price, cents(7111));
    EXPECT_EQ(price_of_pack(*loaded.rule, product, cents(62300), 60, 12).price, cents(13214));
    EXPECT_EQ(price_of_pack(*loaded.rule, product, cents(3412), 14, 14).price, cents(3412));
    product.form = "颗粒剂";  // counted, not on the curve: example 10
    EXPECT_EQ(price_of_pack(*loaded.rule, product, cents(1409), 15, 20).price, cents(1879));
    product.form = "糖葫芦剂";
    EXPECT_THROW((void)price_of_pack(*loaded.rule, product, cents(1), 1, 2), ports::Refused);

    opened("E1", 3412);
    store().write([&](Transaction& t) {
        change_pack(
            t, officer(), entry("E1"), 30, {cents(7111), "2026-12-01", "pack", "E1", "第十三条"}
        );
    });
    EXPECT_EQ(order("E1", "2026-11-30", 3412), OrderOutcome::allowed);
    EXPECT_EQ(order("E1", "2026-11-30", 3413), OrderOutcome::above_price);
    EXPECT_EQ(order("E1", "2026-12-01", 7111), OrderOutcome::allowed);
    EXPECT_EQ(order("E1", "2026-12-01", 7112), OrderOutcome::above_price);
    EXPECT_EQ(entry("E1").pack_units, 30);
}

TEST_F(Register, TheShareIsExact) {
    // 10 packs at 100.00 are 5 % of 20,000.00.
    const money::Amount year(20'000 * money::kMicroYuanPerYuan);
    EXPECT_TRUE(within_share(10, cents(10'000), year, 501));
    EXPECT_TRUE(within_share(10, cents(10'000), year, 500));
    EXPECT_FALSE(within_share(10, cents(10'000), year, 499));
    EXPECT_FALSE(within_share(11, cents(10'000), year, 500));
    // Nothing overflows at the bounds.
    const money::Amount most(9'000'000'000'000'000'000);
    EXPECT_FALSE(
        within_share(kFiledPacksMax, money::Price(money::Price::kMicroYuanMax), most, kWhole)
    );
}

}  // namespace
}  // namespace jicai::listing
