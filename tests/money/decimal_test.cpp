#include <engine/money/check.h>
#include <engine/money/decimal.h>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace jicai::money {
namespace {

constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kInt64Min = std::numeric_limits<std::int64_t>::min();

struct FaultCase {
    std::string_view text;
    DecimalFault fault;
};

TEST(ParseScaled, NamesEachFault) {
    const std::vector<FaultCase> cases{
        {"", DecimalFault::empty},
        {"1.2E+19", DecimalFault::exponent},
        {"1e5", DecimalFault::exponent},
        {"12E-3", DecimalFault::exponent},
        {"1.E5", DecimalFault::exponent},
        {"1,234.50", DecimalFault::thousands_comma},
        {"12,5", DecimalFault::thousands_comma},
        {"¥12", DecimalFault::currency_sign},
        {"￥12", DecimalFault::currency_sign},
        {"12元", DecimalFault::currency_sign},
        {"$12", DecimalFault::currency_sign},
        {"１２．５", DecimalFault::full_width},
        {"12．5", DecimalFault::full_width},
        {"1，234", DecimalFault::full_width},
        {"－5", DecimalFault::full_width},
        {" 12", DecimalFault::surrounding_space},
        {"12 ", DecimalFault::surrounding_space},
        {"1 2", DecimalFault::surrounding_space},
        {"12\t", DecimalFault::surrounding_space},
        {"12\r", DecimalFault::surrounding_space},
        {"12\xE3\x80\x80", DecimalFault::surrounding_space},
        {"\xC2\xA0"
         "12",
         DecimalFault::surrounding_space},
        {" ", DecimalFault::surrounding_space},
        {"+5", DecimalFault::sign},
        {"-5", DecimalFault::sign},
        {"\xE2\x88\x92"
         "5",
         DecimalFault::sign},
        {"-", DecimalFault::sign},
        {".", DecimalFault::not_a_number},
        {"5.", DecimalFault::not_a_number},
        {".5", DecimalFault::not_a_number},
        {"1.2.3", DecimalFault::not_a_number},
        {"abc", DecimalFault::not_a_number},
        {"0x10", DecimalFault::not_a_number},
        {"1e", DecimalFault::not_a_number},
        {"e5", DecimalFault::not_a_number},
        {",5", DecimalFault::not_a_number},
        {"5-", DecimalFault::not_a_number},
        {"nan", DecimalFault::not_a_number},
        {"inf", DecimalFault::not_a_number},
        {"12\xEF\xBC", DecimalFault::not_a_number},
        {std::string_view(
             "1\0"
             "2",
             3
         ),
         DecimalFault::not_a_number},
        {"1.2345671", DecimalFault::too_many_decimals},
        {"9223372036854.775808", DecimalFault::too_large},
        {"99999999999999999999999999999999999999999999", DecimalFault::too_large},
    };
    for (const FaultCase& c : cases) {
        const ScaledDecimal parsed = parse_scaled(c.text, 6, 6);
        ASSERT_TRUE(parsed.fault.has_value()) << c.text;
        EXPECT_EQ(static_cast<int>(*parsed.fault), static_cast<int>(c.fault)) << c.text;
        EXPECT_EQ(parsed.scaled, 0) << c.text;
    }
}

// Each text has the fault of its line and one of a later line: the earlier one is named.
TEST(ParseScaled, NamesTheFirstFaultInPrecedence) {
    const std::vector<FaultCase> cases{
        {"1,200E5", DecimalFault::exponent},
        {"¥1,200", DecimalFault::thousands_comma},
        {"￥１２", DecimalFault::currency_sign},
        {"１ ２", DecimalFault::full_width},
        {" -5", DecimalFault::surrounding_space},
        {"-abc", DecimalFault::sign},
        {"abc.1234567", DecimalFault::not_a_number},
        {"99999999999999999999.1234567", DecimalFault::too_many_decimals},
    };
    for (const FaultCase& c : cases) {
        const ScaledDecimal parsed = parse_scaled(c.text, 6, 6);
        ASSERT_TRUE(parsed.fault.has_value()) << c.text;
        EXPECT_EQ(static_cast<int>(*parsed.fault), static_cast<int>(c.fault)) << c.text;
    }
}

struct ValueCase {
    std::string_view text;
    int scale;
    int decimals_max;
    std::int64_t scaled;
};

TEST(ParseScaled, ReadsExactly) {
    const std::vector<ValueCase> cases{
        {"0", 6, 2, 0},
        {"0.00", 6, 2, 0},
        {"007", 6, 2, 7'000'000},
        {"1.68", 6, 2, 1'680'000},
        {"10086.00", 6, 0, 10'086'000'000},
        {"0.000001", 6, 6, 1},
        {"1.500000000000000000000000", 6, 1, 1'500'000},
        {"12", 0, 0, 12},
        {"9223372036854.775807", 6, 6, kInt64Max},
        {"9223372036854775807", 0, 0, kInt64Max},
        {"9.223372036854775807", 18, 18, kInt64Max},
    };
    for (const ValueCase& c : cases) {
        const ScaledDecimal parsed = parse_scaled(c.text, c.scale, c.decimals_max);
        EXPECT_FALSE(parsed.fault.has_value()) << c.text;
        EXPECT_EQ(parsed.scaled, c.scaled) << c.text;
    }
}

TEST(ParseScaled, DecimalsBoundary) {
    EXPECT_FALSE(parse_scaled("1.2", 6, 2).fault);
    EXPECT_FALSE(parse_scaled("1.23", 6, 2).fault);
    EXPECT_FALSE(parse_scaled("1.230", 6, 2).fault);
    EXPECT_EQ(parse_scaled("1.231", 6, 2).fault, DecimalFault::too_many_decimals);
    EXPECT_FALSE(parse_scaled("5", 6, 0).fault);
    EXPECT_FALSE(parse_scaled("5.0", 6, 0).fault);
    EXPECT_EQ(parse_scaled("5.1", 6, 0).fault, DecimalFault::too_many_decimals);
}

TEST(ParseScaled, SizeBoundary) {
    EXPECT_EQ(parse_scaled("9223372036854775806", 0, 0).scaled, kInt64Max - 1);
    EXPECT_EQ(parse_scaled("9223372036854775807", 0, 0).scaled, kInt64Max);
    EXPECT_EQ(parse_scaled("9223372036854775808", 0, 0).fault, DecimalFault::too_large);
}

TEST(ParseScaled, PreconditionsAreChecked) {
    EXPECT_THROW(static_cast<void>(parse_scaled("1", 6, 7)), BrokenInvariant);
    EXPECT_THROW(static_cast<void>(parse_scaled("1", 19, 0)), BrokenInvariant);
    EXPECT_THROW(static_cast<void>(parse_scaled("1", 6, -1)), BrokenInvariant);
}

TEST(Format, Shortest) {
    EXPECT_EQ(format_shortest(3'600'000, 6), "3.6");
    EXPECT_EQ(format_shortest(34'800, 6), "0.0348");
    EXPECT_EQ(format_shortest(12'000'000, 6), "12");
    EXPECT_EQ(format_shortest(-1'500'000, 6), "-1.5");
    EXPECT_EQ(format_shortest(0, 6), "0");
    EXPECT_EQ(format_shortest(1, 6), "0.000001");
    EXPECT_EQ(format_shortest(-1, 18), "-0.000000000000000001");
    EXPECT_EQ(format_shortest(kInt64Min, 0), "-9223372036854775808");
    EXPECT_EQ(format_shortest(kInt64Max, 18), "9.223372036854775807");
}

TEST(Format, Fixed) {
    EXPECT_EQ(format_fixed(3'600'000, 6, 2), "3.60");
    EXPECT_EQ(format_fixed(3'600'000, 6, 1), "3.6");
    EXPECT_THROW(static_cast<void>(format_fixed(3'600'000, 6, 0)), BrokenInvariant);
    EXPECT_EQ(format_fixed(-500'000, 6, 2), "-0.50");
    EXPECT_EQ(format_fixed(12'000'000, 6, 0), "12");
    EXPECT_EQ(format_fixed(12, 0, 3), "12.000");
}

TEST(Format, ParseReadsBackWhatFormatWrites) {
    std::uint64_t state = 1;
    for (int i = 0; i < 20'000; ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        const auto scaled = static_cast<std::int64_t>(state >> (1U + state % 60U));
        const int scale = static_cast<int>(state % 19U);
        EXPECT_EQ(parse_scaled(format_shortest(scaled, scale), scale, scale).scaled, scaled);
        EXPECT_EQ(parse_scaled(format_fixed(scaled, scale, scale), scale, scale).scaled, scaled);
    }
}

}  // namespace
}  // namespace jicai::money
