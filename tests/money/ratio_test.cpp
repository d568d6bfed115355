#include <engine/money/check.h>
#include <engine/money/ratio.h>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string_view>

namespace jicai::money {
namespace {

constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();

TEST(Ratio, IsKeptInLowestTerms) {
    EXPECT_EQ(Ratio(18, 10).numerator(), 9);
    EXPECT_EQ(Ratio(18, 10).denominator(), 5);
    EXPECT_EQ(Ratio(0, 7), Ratio(0, 1));
    EXPECT_EQ(Ratio(kInt64Max, kInt64Max), Ratio(1, 1));
}

TEST(Ratio, ChecksItsTerms) {
    EXPECT_THROW(Ratio(-1, 1), BrokenInvariant);
    EXPECT_THROW(Ratio(1, 0), BrokenInvariant);
    EXPECT_THROW(Ratio(1, -1), BrokenInvariant);
    EXPECT_NO_THROW(Ratio(0, 1));
}

TEST(Ratio, ComparesExactly) {
    EXPECT_LT(Ratio(1, 3), Ratio(333'333'333'333, 999'999'999'998));
    EXPECT_LT(Ratio(kInt64Max, kInt64Max - 1), Ratio(kInt64Max - 1, kInt64Max - 2));
    EXPECT_LT(Ratio(kInt64Max - 1, kInt64Max), Ratio(1, 1));
    EXPECT_EQ(Ratio(2, 4) <=> Ratio(1, 2), std::strong_ordering::equal);
}

TEST(Ratio, ParsesDecimalsAndFractions) {
    EXPECT_EQ(Ratio::parse("1.8"), Ratio(9, 5));
    EXPECT_EQ(Ratio::parse("2/3"), Ratio(2, 3));
    EXPECT_EQ(Ratio::parse("4/6"), Ratio(2, 3));
    EXPECT_EQ(Ratio::parse("0"), Ratio(0, 1));
    EXPECT_EQ(Ratio::parse("12.50"), Ratio(25, 2));
    EXPECT_EQ(Ratio::parse("9223372036854775807"), Ratio(kInt64Max, 1));
    EXPECT_EQ(Ratio::parse("18446744073709551614/2"), Ratio(kInt64Max, 1));
}

TEST(Ratio, TwelveDecimalsAreTheMost) {
    EXPECT_EQ(Ratio::parse("0.00000000001"), Ratio(1, 100'000'000'000));
    EXPECT_EQ(Ratio::parse("0.000000000001"), Ratio(1, 1'000'000'000'000));
    EXPECT_EQ(Ratio::parse("0.0000000000010"), std::nullopt);
}

TEST(Ratio, RefusesEveryOtherText) {
    for (const std::string_view text :
         {"",
          "/",
          "1/",
          "/2",
          "1/0",
          "1/2/3",
          "1.",
          ".5",
          "-1",
          "+1",
          "1e3",
          " 1",
          "1 ",
          "1,5",
          "1.5/2",
          "9223372036854775808",
          "9223372036854775807.5",
          "１",
          "1/9223372036854775808",
          "99999999999999999999999999999999999999999999/1"}) {
        EXPECT_EQ(Ratio::parse(text), std::nullopt) << text;
    }
}

TEST(Ratio, TextIsReadBack) {
    EXPECT_EQ(Ratio(9, 5).text(), "1.8");
    EXPECT_EQ(Ratio(2, 3).text(), "2/3");
    EXPECT_EQ(Ratio(5, 1).text(), "5");
    EXPECT_EQ(Ratio(0, 5).text(), "0");
    EXPECT_EQ(Ratio(1, 1'000'000'000'000).text(), "0.000000000001");
    EXPECT_EQ(Ratio(1, 10'000'000'000'000).text(), "1/10000000000000");
    std::uint64_t state = 7;
    for (int i = 0; i < 20'000; ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        const auto numerator = static_cast<std::int64_t>(state >> (1U + state % 50U));
        const auto denominator =
            static_cast<std::int64_t>((state * 31U) >> (1U + (state / 64U) % 50U)) + 1;
        if (denominator < 1) continue;
        const Ratio ratio(numerator, denominator);
        EXPECT_EQ(Ratio::parse(ratio.text()), ratio) << ratio.text();
    }
}

}  // namespace
}  // namespace jicai::money
