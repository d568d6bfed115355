#include <engine/linkage/bands.h>
#include <engine/linkage/enforced_prices.h>
#include <engine/linkage/observation_columns.h>

#include <tests/linkage/world.h>

namespace jicai::linkage::testing {
namespace {

TEST(Days, TextAndBack) {
    for (const char* text :
         {"2000-01-01", "2000-02-29", "2026-03-01", "2100-02-28", "2179-06-05"}) {
        ASSERT_TRUE(Day::parse(text).has_value()) << text;
        EXPECT_EQ(Day::parse(text)->text(), text);
    }
    for (const char* text :
         {"1999-12-31",
          "2100-02-29",
          "2026-13-01",
          "2026-00-01",
          "2026-04-31",
          "2179-06-06",
          "26-1-1"}) {
        EXPECT_FALSE(Day::parse(text).has_value()) << text;
    }
    EXPECT_EQ(day("2000-01-01").number(), 0);
    EXPECT_EQ(day("2001-01-01").number(), 366);
    for (std::uint16_t number = 0; number < 60000;
         number = static_cast<std::uint16_t>(number + 7)) {
        EXPECT_EQ(day(Day(number).text().c_str()).number(), number);
    }
}

TEST(Days, MonthsEndAtTheLastDayOrBeginTheNext) {
    EXPECT_EQ(day("2026-01-31").plus_months(1, true).text(), "2026-02-28");
    EXPECT_EQ(day("2026-01-31").plus_months(1, false).text(), "2026-03-01");
    EXPECT_EQ(day("2026-01-28").plus_months(1, false).text(), "2026-02-28");
    EXPECT_EQ(day("2027-12-31").plus_months(2, true).text(), "2028-02-29");
    EXPECT_EQ(day("2026-03-01").plus_months(24, true).text(), "2028-03-01");
}

TEST(Days, WorkingDaysNeedAPublishedYear) {
    campaign::WorkingDays days;
    EXPECT_FALSE(days.after(day("2026-03-02"), 1).has_value());
    days.add(day("2026-03-07"), true);
    days.add(day("2026-03-09"), false);
    EXPECT_EQ(days.after(day("2026-03-06"), 1)->text(), "2026-03-07");
    EXPECT_EQ(days.after(day("2026-03-06"), 2)->text(), "2026-03-10");
    EXPECT_FALSE(days.after(day("2026-12-31"), 1).has_value());
}

TEST(Bands, AreReadAsWritten) {
    const auto band = parse_band("(2..3] = 10");
    ASSERT_TRUE(band.has_value());
    EXPECT_FALSE(band->holds(money::Ratio(2, 1)));
    EXPECT_TRUE(band->holds(money::Ratio(200001, 100000)));
    EXPECT_TRUE(band->holds(money::Ratio(3, 1)));
    EXPECT_FALSE(band->holds(money::Ratio(300001, 100000)));
    EXPECT_TRUE(parse_band("[10..) = red_3")->holds(money::Ratio(10, 1)));
    for (const char* text :
         {"2..3 = 10",
          "(2..3] =",
          "(3..2] = 10",
          "(2..2] = 10",
          "(2..] = 10",
          "(2,3] = 10",
          "( ..3] = 1",
          ""}) {
        EXPECT_FALSE(parse_band(text).has_value()) << text;
    }
    EXPECT_FALSE(unsound_band({"(1..2] = 1", "(2..3] = 2"}).has_value());
    EXPECT_EQ(unsound_band({"(1..2] = 1", "[2..3] = 2"}), "[2..3] = 2");
    EXPECT_EQ(unsound_band({"(2..3] = 1", "(1..2] = 2"}), "(1..2] = 2");
    EXPECT_EQ(unsound_band({"(2..) = 1", "(3..4] = 2"}), "(3..4] = 2");
}

TEST(EnforcedPrices, HoldFromTheirDayOn) {
    EnforcedPrices prices;
    prices.publish(7, 1, {day("2026-03-01"), yuan("12.00"), "6.1", "HN-1"});
    prices.publish(7, 1, {day("2026-05-01"), std::nullopt, "7", "HN-2"});
    prices.publish(7, 1, {day("2026-04-01"), yuan("10.00"), "6.1", "HN-1"});
    EXPECT_EQ(prices.check(7, 1, day("2026-02-28"), yuan("1")).check, OrderCheck::not_listed);
    EXPECT_EQ(prices.check(7, 2, day("2026-03-01"), yuan("1")).check, OrderCheck::not_listed);
    EXPECT_EQ(prices.check(7, 1, day("2026-03-31"), yuan("12.00")).check, OrderCheck::allowed);
    EXPECT_EQ(prices.check(7, 1, day("2026-04-01"), yuan("10.00")).check, OrderCheck::allowed);
    const CheckedOrder above = prices.check(7, 1, day("2026-04-01"), yuan("10.000001"));
    EXPECT_EQ(above.check, OrderCheck::above_price);
    EXPECT_EQ(above.in_force->clause, "6.1");
    EXPECT_EQ(prices.check(7, 1, day("2026-05-01"), yuan("1")).check, OrderCheck::suspended);
    // A later publication for the same day holds.
    prices.publish(7, 1, {day("2026-04-01"), yuan("9.00"), "6.1", "HN-3"});
    EXPECT_EQ(text_of(prices.on(7, 1, day("2026-04-02"))->price), "9");
}

TEST(Columns, AFewBytesForEachObservation) {
    std::vector<ObservationRow> rows(1000);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].product = static_cast<std::uint32_t>(i % 100);
        rows[i].id = static_cast<std::uint32_t>(i);
    }
    const ObservationColumns columns(100, rows);
    EXPECT_LE(columns.bytes(), 24 * rows.size());
}

TEST(Columns, KeepEveryFieldAtItsBounds) {
    ObservationRow row;
    row.product = 1;
    row.id = UINT32_MAX;
    row.pack_price_micro_yuan = kPackPriceMicroYuanMax;
    row.pack_units = static_cast<std::uint32_t>(campaign::kPackUnitsMax);
    row.strength = 4095;
    row.region = 254;
    row.source = campaign::SourceClass::emergency;
    row.status = campaign::ObservationStatus::withdrawn;
    row.evaluated = false;
    row.from = Day(Day::kLast);
    row.to = Day(3);
    row.recorded = Day(5);
    ObservationColumns columns(2, std::vector<ObservationRow>{row});
    const Row at = columns.add(row);
    for (const Row each : {Row{0}, at}) {
        EXPECT_EQ(columns.price(each), kPackPriceMicroYuanMax);
        EXPECT_EQ(columns.units(each), row.pack_units);
        EXPECT_EQ(columns.strength(each), 4095U);
        EXPECT_EQ(columns.region(each), 254);
        EXPECT_EQ(columns.source(each), 9U);
        EXPECT_EQ(columns.state(each), 3U);
        EXPECT_EQ(columns.from(each), Day::kLast);
        EXPECT_EQ(columns.to(each), 3);
        EXPECT_EQ(columns.recorded(each), 5);
        EXPECT_EQ(columns.id(each), UINT32_MAX);
    }
    row.pack_price_micro_yuan += 1;
    EXPECT_THROW(columns.add(row), BrokenInvariant);
}

}  // namespace
}  // namespace jicai::linkage::testing
