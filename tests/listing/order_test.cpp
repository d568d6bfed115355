#include <engine/listing/order_check.h>

#include <gtest/gtest.h>
#include <tests/listing/line.h>

namespace jicai::listing {
namespace {

using ports::FiledPurchase;
using ports::FilingState;

struct World {
    Entry entry{1000, "2026-01-01"};
    ports::Listing listing;
    std::vector<FiledPurchase> filings;

    World() { listing.id = 5; }
    [[nodiscard]] OrderAnswer ask(
        const std::string& day, std::int64_t fen = 1000, std::int64_t packs = 1
    ) const {
        return answer_order(
            &listing,
            entry.versions,
            entry.events,
            filings,
            {"P", "230102", day, money::Price(fen * kFen), 9, packs}
        );
    }
    [[nodiscard]] OrderOutcome outcome(const std::string& day, std::int64_t fen = 1000) const {
        return ask(day, fen).outcome;
    }
    FiledPurchase& file(const std::string& from, const std::string& to, std::int64_t packs) {
        FiledPurchase one;
        one.id = static_cast<std::int64_t>(filings.size()) + 1;
        one.evidence_price = money::Price(1500 * kFen);
        one.packs = packs;
        one.from = from;
        one.to = to;
        one.clause = "filing";
        one.state = FilingState::approved;
        filings.push_back(one);
        return filings.back();
    }
};

// One fen below, at and above, on the last day of the old price and the first of the new.
TEST(OrderCheck, OneFenAndOneDay) {
    World world;
    world.entry.place(version(900, "2026-03-10"), "2026-03-01");
    for (const auto& [day, limit] :
         {std::pair{"2026-01-01", 1000}, {"2026-03-09", 1000}, {"2026-03-10", 900}}) {
        EXPECT_EQ(world.outcome(day, limit - 1), OrderOutcome::allowed) << day;
        EXPECT_EQ(world.outcome(day, limit), OrderOutcome::allowed) << day;
        EXPECT_EQ(world.outcome(day, limit + 1), OrderOutcome::above_price) << day;
    }
    const OrderAnswer refused = world.ask("2026-03-10", 1000);
    EXPECT_FALSE(refused.allowed());
    EXPECT_EQ(refused.enforced_price->text(), "9");
    EXPECT_EQ(refused.clause, "clause of c1");
    EXPECT_EQ(refused.ground, "c1");
    EXPECT_EQ(refused.from, "2026-03-10");
    EXPECT_EQ(refused.text.key, "listing.order_above_price");
    EXPECT_EQ(refused.next.key, "listing.next_above_price");
    EXPECT_EQ(world.ask("2026-03-10", 900).next.key, "");
}

TEST(OrderCheck, EveryStateHasItsAnswer) {
    World world;
    EXPECT_EQ(
        answer_order(nullptr, {}, {}, {}, {"P", "230000", "2026-03-01", money::Price(1), 0, 1})
            .outcome,
        OrderOutcome::not_listed
    );
    EXPECT_EQ(world.outcome("2025-12-31"), OrderOutcome::not_yet);
    EXPECT_EQ(world.ask("2025-12-31").text.arguments[7].second, "2026-01-01");
    world.entry.events.push_back(event("suspend", ListingState::suspended, "2026-02-01"));
    world.entry.events.push_back(event("delist", ListingState::delisted, "2026-02-10"));
    EXPECT_EQ(world.outcome("2026-01-31"), OrderOutcome::allowed);
    EXPECT_EQ(world.outcome("2026-02-01"), OrderOutcome::suspended);
    EXPECT_EQ(world.ask("2026-02-01").clause, "clause of suspend");
    EXPECT_FALSE(world.ask("2026-02-01").enforced_price);
    EXPECT_EQ(world.outcome("2026-02-09"), OrderOutcome::suspended);
    EXPECT_EQ(world.outcome("2026-02-10"), OrderOutcome::delisted);
    world.entry.events = {event("declare", ListingState::declared, "2026-01-01")};
    EXPECT_EQ(world.outcome("2026-03-01"), OrderOutcome::in_procedure);
    // Listed from March on, and asked in February.
    world.entry.events.push_back(event("list", ListingState::listed, "2026-03-01"));
    EXPECT_EQ(world.outcome("2026-02-28"), OrderOutcome::not_yet);
    EXPECT_EQ(world.outcome("2026-03-01"), OrderOutcome::allowed);
}

TEST(OrderCheck, AFiledPurchaseHasATermACapAndAPrice) {
    World world;
    world.entry.events = {event("declare", ListingState::declared, "2026-01-01")};
    FiledPurchase& filing = world.file("2026-03-01", "2026-05-31", 100);
    filing.packs_ordered = 40;
    EXPECT_EQ(world.outcome("2026-02-28", 1500), OrderOutcome::filed_not_yet);
    EXPECT_EQ(world.outcome("2026-03-01", 1500), OrderOutcome::filed_allowed);
    EXPECT_EQ(world.outcome("2026-05-31", 1500), OrderOutcome::filed_allowed);
    EXPECT_EQ(world.outcome("2026-06-01", 1500), OrderOutcome::filed_expired);
    EXPECT_EQ(world.ask("2026-04-01", 1500, 59).outcome, OrderOutcome::filed_allowed);
    EXPECT_EQ(world.ask("2026-04-01", 1500, 60).outcome, OrderOutcome::filed_allowed);
    EXPECT_EQ(world.ask("2026-04-01", 1500, 61).outcome, OrderOutcome::filed_over_cap);
    EXPECT_EQ(world.outcome("2026-04-01", 1499), OrderOutcome::filed_allowed);
    EXPECT_EQ(world.outcome("2026-04-01", 1501), OrderOutcome::filed_above);
    EXPECT_EQ(world.ask("2026-04-01", 1500).clause, "filing");
    EXPECT_EQ(world.ask("2026-04-01", 1500).filing, 1);
    // The one that helps is found, whatever stands before or behind it.
    world.file("2026-01-01", "2026-12-31", 1000);
    world.file("2025-01-01", "2025-12-31", 1000);
    EXPECT_EQ(world.ask("2026-06-01", 1500).filing, 2);
}

TEST(OrderCheck, AFilingIsNoWayRoundASuspensionOrALowerPrice) {
    World world;
    world.file("2026-01-01", "2026-12-31", 1000);
    EXPECT_EQ(world.outcome("2026-02-01", 1500), OrderOutcome::above_price);
    world.entry.events.push_back(event("suspend", ListingState::suspended, "2026-02-01"));
    EXPECT_EQ(world.outcome("2026-02-01", 1500), OrderOutcome::suspended);
    world.entry.events.push_back(event("delist", ListingState::delisted, "2026-03-01"));
    EXPECT_EQ(world.outcome("2026-03-01", 1500), OrderOutcome::filed_allowed);
    // What stands in the register as filed is for those who filed.
    World filed;
    filed.listing.kind = ListingKind::filed;
    EXPECT_EQ(filed.outcome("2026-02-01"), OrderOutcome::not_listed);
    filed.file("2026-01-01", "2026-12-31", 1000);
    EXPECT_EQ(filed.outcome("2026-02-01"), OrderOutcome::filed_allowed);
}

TEST(OrderCheck, CitiesAndCountiesTakeTheirProvince) {
    EXPECT_EQ(province_of("230000"), "230000");
    EXPECT_EQ(province_of("230100"), "230000");
    EXPECT_EQ(province_of("230102"), "230000");
    EXPECT_EQ(province_of("000000"), "");
    EXPECT_EQ(province_of("黑龙江"), "");
    EXPECT_EQ(province_of("2301"), "");
    EXPECT_EQ(province_of(""), "");
}

}  // namespace
}  // namespace jicai::listing
