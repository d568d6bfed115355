#include <gmock/gmock.h>
#include <tests/listing/line.h>

#include <algorithm>
#include <map>
#include <random>

namespace jicai::listing {
namespace {

using ::testing::ElementsAre;

TEST(PriceLine, TakesEffectAtMidnightOfItsDay) {
    Entry entry(1000, "2026-01-01");
    const auto placed = entry.place(version(900, "2026-03-10"), "2026-03-01");
    EXPECT_EQ(placed.version.effective, "2026-03-10");
    EXPECT_TRUE(placed.compensations.empty());
    EXPECT_EQ(entry.fen_on("2025-12-31"), -1);
    EXPECT_EQ(entry.fen_on("2026-01-01"), 1000);
    EXPECT_EQ(entry.fen_on("2026-03-09"), 1000);
    EXPECT_EQ(entry.fen_on("2026-03-10"), 900);
}

// 23:59:59 belongs to the day that ends, 00:00:00 to the one that begins.
TEST(PriceLine, ADayEndsWithItsLastSecondInBeijing) {
    const auto midnight = *ports::read_beijing_day("2026-03-10");
    EXPECT_EQ(beijing_day({midnight.micros - ports::kSecond}), "2026-03-09");
    EXPECT_EQ(beijing_day({midnight.micros - 1}), "2026-03-09");
    EXPECT_EQ(beijing_day(midnight), "2026-03-10");
    EXPECT_EQ(beijing_day({midnight.micros + ports::kSecond}), "2026-03-10");

    for (const bool late : {false, true}) {
        Entry entry(1000, "2026-01-01");
        const ports::Moment uploaded{late ? midnight.micros : midnight.micros - 1};
        const auto placed = entry.place(version(900, "2026-03-10"), beijing_day(uploaded));
        EXPECT_EQ(placed.version.effective, late ? "2026-03-11" : "2026-03-10");
        EXPECT_EQ(placed.compensations.size(), late ? 1U : 0U);
        EXPECT_EQ(entry.fen_on("2026-03-10"), late ? 1000 : 900);
    }
}

TEST(PriceLine, ALateUploadOpensACompensationAndRewritesNothing) {
    Entry entry(1000, "2026-01-01");
    entry.place(version(950, "2026-03-05", "c0"), "2026-03-01");
    const auto placed = entry.place(version(900, "2026-03-01"), "2026-03-10");
    EXPECT_EQ(placed.version.effective, "2026-03-11");
    EXPECT_EQ(placed.version.stated, "2026-03-01");
    ASSERT_EQ(placed.compensations.size(), 2U);
    EXPECT_EQ(placed.compensations[0].from, "2026-03-01");
    EXPECT_EQ(placed.compensations[0].to, "2026-03-04");
    EXPECT_EQ(placed.compensations[0].old_price.text(), "10");
    EXPECT_EQ(placed.compensations[0].new_price.text(), "9");
    EXPECT_EQ(placed.compensations[0].difference.text(), "1");
    EXPECT_EQ(placed.compensations[1].from, "2026-03-05");
    EXPECT_EQ(placed.compensations[1].to, "2026-03-10");
    EXPECT_EQ(placed.compensations[1].difference.text(), "0.5");
    EXPECT_EQ(placed.compensations[1].ground, "c1");
    EXPECT_EQ(placed.compensations[1].clause, "clause of c1");
    EXPECT_EQ(entry.fen_on("2026-03-04"), 1000);
    EXPECT_EQ(entry.fen_on("2026-03-10"), 950);
    EXPECT_EQ(entry.fen_on("2026-03-11"), 900);
    EXPECT_EQ(due_on(entry.versions, "2026-03-04")->text(), "9");
}

TEST(PriceLine, NothingIsDueForDaysOnWhichNothingCouldBeOrdered) {
    Entry entry(1000, "2026-01-01");
    entry.events.push_back(event("suspend", ListingState::suspended, "2026-03-03"));
    entry.events.push_back(event("resume", ListingState::listed, "2026-03-06"));
    const auto placed = entry.place(version(900, "2026-03-01"), "2026-03-08");
    ASSERT_EQ(placed.compensations.size(), 2U);
    EXPECT_EQ(placed.compensations[0].from, "2026-03-01");
    EXPECT_EQ(placed.compensations[0].to, "2026-03-02");
    EXPECT_EQ(placed.compensations[1].from, "2026-03-06");
    EXPECT_EQ(placed.compensations[1].to, "2026-03-08");
}

TEST(PriceLine, ASecondLateUploadCompensatesOnlyWhatIsLeft) {
    Entry entry(1000, "2026-01-01");
    entry.place(version(900, "2026-03-01"), "2026-03-05");
    const auto placed = entry.place(version(850, "2026-03-03", "c2"), "2026-03-05");
    ASSERT_EQ(placed.compensations.size(), 1U);
    EXPECT_EQ(placed.compensations[0].from, "2026-03-03");
    EXPECT_EQ(placed.compensations[0].to, "2026-03-05");
    EXPECT_EQ(placed.compensations[0].old_price.text(), "9");
    EXPECT_EQ(placed.compensations[0].difference.text(), "0.5");
}

// One fen below, at and above what is enforced.
TEST(PriceLine, NoPriceIsRaised) {
    for (const std::int64_t fen : {999, 1000, 1001}) {
        Entry entry(1000, "2026-01-01");
        const auto placed = entry.place(version(fen, "2026-03-10"), "2026-03-01");
        EXPECT_EQ(placed.refusal.has_value(), fen > 1000) << fen;
        if (placed.refusal) {
            EXPECT_EQ(placed.refusal->key, "listing.would_raise");
        }
        EXPECT_EQ(entry.fen_on("2026-03-10"), std::min<std::int64_t>(fen, 1000));
    }
}

TEST(PriceLine, AFurtherCeilingAboveIsKeptAndGovernsNothing) {
    Entry entry(1000, "2026-01-01");
    auto above = version(1500, "2026-03-10", "cap");
    above.ground_kind = "fairness";
    EXPECT_FALSE(place_price(entry.versions, entry.events, above, "2026-03-01", true).refusal);
    entry.versions.push_back(above);
    entry.place(version(900, "2026-03-10"), "2026-03-01");
    const auto enforced = price_on(entry.versions, "2026-03-10");
    EXPECT_EQ(enforced.price->text(), "9");
    EXPECT_EQ(enforced.governs.ground, "c1");
    std::vector<std::string> grounds;
    for (const Ceiling& ceiling : enforced.ceilings) grounds.push_back(ceiling.ground);
    // The opening price and the campaign's are of one kind in these tests: its lowest is shown.
    EXPECT_THAT(grounds, ElementsAre("c1", "cap"));
}

TEST(PriceLine, OnlyAPriceThatResetsGoesUpAndNeverOverPricesAhead) {
    Entry entry(1000, "2026-01-01");
    auto rise = version(1200, "2026-03-10", "7");
    rise.ground_kind = "price_rise";
    rise.resets = true;
    EXPECT_FALSE(entry.place(rise, "2026-03-01").refusal);
    EXPECT_EQ(entry.fen_on("2026-03-09"), 1000);
    EXPECT_EQ(entry.fen_on("2026-03-10"), 1200);
    EXPECT_EQ(price_on(entry.versions, "2026-03-10").ceilings.size(), 1U);
    auto second = rise;
    second.price = money::Price(1300 * kFen);
    second.stated = "2026-03-10";
    EXPECT_EQ(entry.place(second, "2026-03-02").refusal->key, "listing.versions_ahead");
    // A lower price recorded after the rise holds from its own day, before and after the rise's.
    entry.place(version(950, "2026-03-05", "c9"), "2026-03-02");
    EXPECT_EQ(entry.fen_on("2026-03-09"), 950);
    EXPECT_EQ(entry.fen_on("2026-03-10"), 950);
}

TEST(PriceLine, BeforeItWasEverListedAnyPriceIsTaken) {
    Entry entry(1000, "2026-01-01");
    entry.events.pop_back();
    const auto placed = entry.place(version(1100, "2026-01-01", "again"), "2026-02-01");
    EXPECT_FALSE(placed.refusal);
    EXPECT_EQ(placed.version.effective, "2026-01-01");
    EXPECT_EQ(entry.fen_on("2026-01-01"), 1100);
}

TEST(PriceLine, TheSamePriceOfTheSameGroundIsKeptOnce) {
    Entry entry(1000, "2026-01-01");
    entry.place(version(900, "2026-03-10"), "2026-03-01");
    EXPECT_TRUE(entry.place(version(900, "2026-03-10"), "2026-03-20").there_already);
    EXPECT_EQ(
        place_price({}, {}, version(1, "2026-02-30"), "2026-03-01").refusal->key,
        "listing.day_unknown"
    );
}

// --- whatever happens

std::string day_of_number(int number) {
    return campaign::Day::parse("2026-01-01")->plus(number).text();
}

constexpr int kDays = 60;
constexpr int kCases = 1000;

struct Late {
    PriceVersion version;
    int today;
};

std::vector<Late> random_prices(std::mt19937& random, bool one_day) {
    std::vector<Late> all;
    const int count = 1 + static_cast<int>(random() % 6);
    const int day = 20 + static_cast<int>(random() % 10);
    for (int i = 0; i < count; ++i) {
        const auto stated = 1 + static_cast<int>(random() % 50);
        const auto fen = 500 + static_cast<std::int64_t>(random() % 10) * 50;
        const int today = one_day ? day : 5 + static_cast<int>(random() % 45);
        all.push_back({version(fen, day_of_number(stated), "c" + std::to_string(i)), today});
    }
    std::sort(all.begin(), all.end(), [](const Late& a, const Late& b) {
        return a.today < b.today;
    });
    return all;
}

TEST(PriceLineProperties, LinkageNeverRaisesAndThePastStandsStill) {
    for (int seed = 0; seed < kCases; ++seed) {
        std::mt19937 random(static_cast<std::uint32_t>(seed));
        Entry entry(1000, "2026-01-01");
        std::map<int, std::int64_t> owed;  // by day, in fen
        for (const Late& late : random_prices(random, false)) {
            std::vector<std::int64_t> before;
            for (int i = 0; i <= kDays; ++i) before.push_back(entry.fen_on(day_of_number(i)));
            const auto placed = entry.place(late.version, day_of_number(late.today));
            for (int i = 0; i <= kDays; ++i) {
                const auto now = entry.fen_on(day_of_number(i));
                const auto was = before[static_cast<std::size_t>(i)];
                ASSERT_LE(now, was) << seed << " day " << i;
                if (i <= late.today) {
                    ASSERT_EQ(now, was) << seed << " day " << i;
                }
            }
            for (const Compensation& one : placed.compensations) {
                for (int i = 0; i <= kDays; ++i) {
                    const std::string day = day_of_number(i);
                    if (one.from <= day && day <= one.to) {
                        ASSERT_LE(i, late.today);
                        owed[i] += one.difference.micro_yuan() / kFen;
                    }
                }
            }
        }
        for (int i = 1; i <= kDays; ++i) {
            const std::string day = day_of_number(i);
            ASSERT_LE(entry.fen_on(day), entry.fen_on(day_of_number(i - 1)));
            // What was paid and what is owed back make what was due.
            ASSERT_EQ(entry.fen_on(day) - owed[i], due_on(entry.versions, day)->micro_yuan() / kFen)
                << seed << " day " << day;
        }
    }
}

TEST(PriceLineProperties, TheOrderOfRecordingDoesNotMatterToWhatIsPaidOrDue) {
    for (int seed = 0; seed < kCases; ++seed) {
        std::mt19937 random(static_cast<std::uint32_t>(seed));
        std::vector<Late> prices = random_prices(random, true);
        std::vector<std::vector<std::int64_t>> outcomes;
        for (int order = 0; order < 3; ++order) {
            Entry entry(1000, "2026-01-01");
            std::map<int, std::int64_t> owed;
            for (const Late& late : prices) {
                const auto placed = entry.place(late.version, day_of_number(late.today));
                for (const Compensation& one : placed.compensations) {
                    for (int i = 0; i <= kDays; ++i) {
                        const std::string day = day_of_number(i);
                        if (one.from <= day && day <= one.to) {
                            owed[i] += one.difference.micro_yuan();
                        }
                    }
                }
            }
            std::vector<std::int64_t> outcome;
            for (int i = 0; i <= kDays; ++i) {
                outcome.push_back(entry.fen_on(day_of_number(i)));
                outcome.push_back(owed[i]);
            }
            outcomes.push_back(std::move(outcome));
            std::shuffle(prices.begin(), prices.end(), random);
        }
        ASSERT_EQ(outcomes[0], outcomes[1]) << seed;
        ASSERT_EQ(outcomes[0], outcomes[2]) << seed;
    }
}

}  // namespace
}  // namespace jicai::listing
