#include <engine/money/check.h>
#include <engine/money/price.h>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>

namespace jicai::money {
namespace {

constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kInt64Min = std::numeric_limits<std::int64_t>::min();
constexpr Rounding kHalfUp2{RoundingMode::half_up, 2};
constexpr Rounding kHalfUp4{RoundingMode::half_up, 4};

TEST(Price, HoldsUpToATHousandMillionYuan) {
    EXPECT_EQ(Price::kMicroYuanMax, 1'000'000'000'000'000);
    EXPECT_THROW(Price(-1), BrokenInvariant);
    EXPECT_NO_THROW(Price(0));
    EXPECT_EQ(Price(Price::kMicroYuanMax - 1).micro_yuan(), Price::kMicroYuanMax - 1);
    EXPECT_EQ(Price(Price::kMicroYuanMax).micro_yuan(), Price::kMicroYuanMax);
    EXPECT_THROW(Price(Price::kMicroYuanMax + 1), BrokenInvariant);
}

TEST(Price, Text) {
    EXPECT_EQ(Price(16'800'000).text(), "16.8");
    EXPECT_EQ(Price(16'800'000).text_fixed(2), "16.80");
    EXPECT_THROW(static_cast<void>(Price(16'801'000).text_fixed(2)), BrokenInvariant);
    EXPECT_EQ(Amount(-1'500'000).text(), "-1.5");
}

TEST(Amount, SumsAreChecked) {
    EXPECT_EQ(Amount(kInt64Max - 1) + Amount(1), Amount(kInt64Max));
    EXPECT_THROW(static_cast<void>(Amount(kInt64Max) + Amount(1)), BrokenInvariant);
    EXPECT_EQ(Amount(kInt64Min + 1) - Amount(1), Amount(kInt64Min));
    EXPECT_THROW(static_cast<void>(Amount(kInt64Min) - Amount(1)), BrokenInvariant);
    EXPECT_EQ(Amount(1) - Amount(3), Amount(-2));
}

TEST(Quantity, IsNeverNegativeAndSumsAreChecked) {
    EXPECT_THROW(Quantity(-1), BrokenInvariant);
    EXPECT_EQ(Quantity(0).units(), 0);
    EXPECT_EQ((Quantity(kInt64Max - 1) + Quantity(1)).units(), kInt64Max);
    EXPECT_THROW(static_cast<void>(Quantity(kInt64Max) + Quantity(1)), BrokenInvariant);
}

// Every fraction n/d with small terms, against the definition of each mode in words of whole
// numbers.
TEST(DivideRounded, ExhaustiveOverSmallFractions) {
    int checked = 0;
    for (std::int64_t denominator = 1; denominator <= 40; ++denominator) {
        for (std::int64_t numerator = 0; numerator <= 400; ++numerator) {
            const auto down =
                static_cast<std::int64_t>(divide_rounded(numerator, denominator, RoundingMode::down)
                );
            EXPECT_LE(down * denominator, numerator);
            EXPECT_GT((down + 1) * denominator, numerator);
            const auto up =
                static_cast<std::int64_t>(divide_rounded(numerator, denominator, RoundingMode::up));
            EXPECT_GE(up * denominator, numerator);
            EXPECT_LT((up - 1) * denominator, numerator);
            // Twice the distance to the lower neighbour, in units of 1/denominator.
            const std::int64_t twice = 2 * (numerator - down * denominator);
            const auto half_up = static_cast<std::int64_t>(
                divide_rounded(numerator, denominator, RoundingMode::half_up)
            );
            EXPECT_EQ(half_up, twice >= denominator ? down + 1 : down);
            const auto half_even = static_cast<std::int64_t>(
                divide_rounded(numerator, denominator, RoundingMode::half_even)
            );
            if (twice == denominator) {
                EXPECT_EQ(half_even % 2, 0);
                EXPECT_TRUE(half_even == down || half_even == down + 1);
            } else {
                EXPECT_EQ(half_even, half_up);
            }
            checked += 4;
        }
    }
    EXPECT_EQ(checked, 64'160);
}

TEST(DivideRounded, HoldsAtTheEndsOf128Bits) {
    const Int128 max = (Int128{1} << 126) + ((Int128{1} << 126) - 1);
    EXPECT_TRUE(divide_rounded(max, max, RoundingMode::up) == 1);
    EXPECT_TRUE(divide_rounded(max - 1, max, RoundingMode::half_up) == 1);
    EXPECT_TRUE(divide_rounded(max / 2, max, RoundingMode::half_up) == 0);
    EXPECT_TRUE(divide_rounded(max / 2 + 1, max, RoundingMode::half_up) == 1);
    EXPECT_TRUE(divide_rounded(max, 1, RoundingMode::half_even) == max);
    EXPECT_THROW(static_cast<void>(divide_rounded(-1, 1, RoundingMode::down)), BrokenInvariant);
    EXPECT_THROW(static_cast<void>(divide_rounded(1, 0, RoundingMode::down)), BrokenInvariant);
}

TEST(RoundPrice, BoundaryTriplet) {
    EXPECT_EQ(round_price(Price(1'954'999), kHalfUp2), Price(1'950'000));
    EXPECT_EQ(round_price(Price(1'955'000), kHalfUp2), Price(1'960'000));
    EXPECT_EQ(round_price(Price(1'955'001), kHalfUp2), Price(1'960'000));
    EXPECT_EQ(round_price(Price(1'955'000), {RoundingMode::down, 2}), Price(1'950'000));
    EXPECT_EQ(round_price(Price(1'945'000), {RoundingMode::half_even, 2}), Price(1'940'000));
    EXPECT_EQ(round_price(Price(1'950'001), {RoundingMode::up, 2}), Price(1'960'000));
    EXPECT_EQ(
        round_price(Price(Price::kMicroYuanMax), {RoundingMode::up, 0}), Price(Price::kMicroYuanMax)
    );
    EXPECT_EQ(
        round_price(Price(Price::kMicroYuanMax - 1), {RoundingMode::up, 0}),
        Price(Price::kMicroYuanMax)
    );
    EXPECT_EQ(round_price(Price(123'456), {RoundingMode::half_up, 6}), Price(123'456));
    EXPECT_THROW(
        static_cast<void>(round_price(Price(1), {RoundingMode::down, 7})), BrokenInvariant
    );
    EXPECT_THROW(
        static_cast<void>(round_price(Price(1), {RoundingMode::down, -1})), BrokenInvariant
    );
}

TEST(MultiplyRounded, PriceByRatio) {
    EXPECT_EQ(multiply_rounded(Price(57'500'000), Ratio(289, 100), kHalfUp2), Price(166'180'000));
    EXPECT_EQ(multiply_rounded(Price(1'000'000), Ratio(1, 3), kHalfUp4), Price(333'300));
    EXPECT_EQ(multiply_rounded(Price(0), Ratio(kInt64Max, 1), kHalfUp2), Price(0));
}

TEST(MultiplyRounded, NothingAboveTheLargestPrice) {
    const Price half(Price::kMicroYuanMax / 2);
    EXPECT_EQ(multiply_rounded(half, Ratio(2, 1), kHalfUp2), Price(Price::kMicroYuanMax));
    EXPECT_EQ(
        multiply_rounded(Price(half.micro_yuan() + 10'000), Ratio(2, 1), kHalfUp2), std::nullopt
    );
    EXPECT_EQ(
        multiply_rounded(Price(half.micro_yuan() - 10'000), Ratio(2, 1), kHalfUp2),
        Price(Price::kMicroYuanMax - 20'000)
    );
    EXPECT_EQ(
        multiply_rounded(Price(Price::kMicroYuanMax), Ratio(kInt64Max, 1), {RoundingMode::up, 0}),
        std::nullopt
    );
}

TEST(AtMost, IsExactAtTheBound) {
    const Ratio factor = *Ratio::parse("1.8");
    const Price lowest(34'800);
    for (const bool inclusive : {false, true}) {
        EXPECT_TRUE(at_most(Price(62'639), factor, lowest, inclusive));
        EXPECT_EQ(at_most(Price(62'640), factor, lowest, inclusive), inclusive);
        EXPECT_FALSE(at_most(Price(62'641), factor, lowest, inclusive));
    }
    // 1/3 has no decimal text: 0.333333 is below a third of one yuan, 0.333334 above.
    EXPECT_TRUE(at_most(Price(333'333), Ratio(1, 3), Price(1'000'000), true));
    EXPECT_FALSE(at_most(Price(333'334), Ratio(1, 3), Price(1'000'000), true));
}

TEST(MultiplyRounded, QuantityToSteps) {
    EXPECT_EQ(multiply_rounded(Quantity(149), Ratio(1, 2), 10, RoundingMode::half_up).units(), 70);
    EXPECT_EQ(multiply_rounded(Quantity(150), Ratio(1, 2), 10, RoundingMode::half_up).units(), 80);
    EXPECT_EQ(multiply_rounded(Quantity(151), Ratio(1, 2), 10, RoundingMode::half_up).units(), 80);
    EXPECT_EQ(
        multiply_rounded(Quantity(kInt64Max), Ratio(1, 1), 1, RoundingMode::down).units(), kInt64Max
    );
    EXPECT_THROW(
        static_cast<void>(multiply_rounded(Quantity(kInt64Max), Ratio(2, 1), 1, RoundingMode::down)
        ),
        BrokenInvariant
    );
    EXPECT_THROW(
        static_cast<void>(multiply_rounded(Quantity(1), Ratio(1, 1), 0, RoundingMode::down)),
        BrokenInvariant
    );
}

TEST(CutPercent, RoundsTheSize) {
    // 50.00 percent exactly, and one hundredth of a fen to either side.
    EXPECT_EQ(cut_percent_scaled(Price(500'000), Price(1'000'000), kHalfUp2), 5000);
    EXPECT_EQ(cut_percent_scaled(Price(500'050), Price(1'000'000), kHalfUp2), 5000);
    EXPECT_EQ(cut_percent_scaled(Price(500'051), Price(1'000'000), kHalfUp2), 4999);
    EXPECT_EQ(cut_percent_scaled(Price(1'000'000), Price(1'000'000), kHalfUp2), 0);
    EXPECT_EQ(cut_percent_scaled(Price(0), Price(1), kHalfUp2), 10'000);
    EXPECT_EQ(cut_percent_scaled(Price(1'000'050), Price(1'000'000), kHalfUp2), -1);
    EXPECT_EQ(cut_percent_scaled(Price(1'000'049), Price(1'000'000), kHalfUp2), 0);
    EXPECT_EQ(
        cut_percent_scaled(Price(Price::kMicroYuanMax), Price(1), {RoundingMode::half_up, 6}),
        -kInt64Max
    );
    EXPECT_THROW(
        static_cast<void>(cut_percent_scaled(Price(1), Price(0), kHalfUp2)), BrokenInvariant
    );
}

TEST(PriceTimesQuantity, IsExactAndChecked) {
    EXPECT_EQ(Price(34'800) * Quantity(1'000'000'000), Amount(34'800'000'000'000));
    EXPECT_EQ(Price(1) * Quantity(kInt64Max), Amount(kInt64Max));
    EXPECT_THROW(static_cast<void>(Price(2) * Quantity(kInt64Max / 2 + 1)), BrokenInvariant);
}

}  // namespace
}  // namespace jicai::money
