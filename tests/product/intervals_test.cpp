#include <engine/money/check.h>
#include <engine/product/curve_sum.h>
#include <engine/product/fixed_interval.h>
#include <engine/product/price_ratio.h>

#include <gtest/gtest.h>

#include "price_ratio_fixture.h"
#include <cstdint>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

namespace jicai::product {
namespace {

using money::Rounding;
using money::RoundingMode;

// floor(value x 10^100), from published tables of the constants.
const char* const kLn2 =
    "6931471805599453094172321214581765680755001343602552541206800094933936219696947156058633269964"
    "186875";
const char* const kLn3 =
    "1098612288668109691395245236922525704647490557822749451734694333637494293218608966873615754813"
    "7320887";
const char* const kE =
    "2718281828459045235360287471352662497757247093699959574966967627724076630353547594571382178525"
    "1664274";

// Whether lower / 2^bits <= digits x 10^-100 and (digits + 1) x 10^-100 <= upper / 2^bits, to what
// 100 decimals can tell.
void expect_around(const FixedInterval& interval, int bits, const char* digits) {
    const BigInt scale = boost::multiprecision::pow(BigInt(10), 100);
    EXPECT_LE(interval.lower * scale, (BigInt(digits) + 1) << bits);
    EXPECT_GE(interval.upper * scale, BigInt(digits) << bits);
}

TEST(FixedInterval, ContainsKnownConstants) {
    for (const int bits : {16, 64, 128, 256, 320}) {
        LogTable logs(bits);
        expect_around(logs.ln2(), bits, kLn2);
        expect_around(logs.ln(3), bits, kLn3);
        const FixedInterval one{BigInt(1) << bits, BigInt(1) << bits};
        const ScaledExp e = exp_interval(one, logs);
        ASSERT_EQ(e.exponent, 1);
        expect_around({e.mantissa.lower * 2, e.mantissa.upper * 2}, bits, kE);
    }
}

TEST(FixedInterval, IsNarrow) {
    for (const int bits : {128, 256, 512}) {
        LogTable logs(bits);
        EXPECT_LE(logs.ln2().upper - logs.ln2().lower, 2 * bits);
        EXPECT_LE(logs.ln(999'983).upper - logs.ln(999'983).lower, 64 * bits);
        const ScaledExp e = exp_interval(logs.ln(7), logs);
        EXPECT_LE(e.mantissa.upper - e.mantissa.lower, BigInt(1) << 30);
    }
}

TEST(FixedInterval, ExpOfLnContainsTheNumber) {
    LogTable logs(128);
    for (const std::int64_t n :
         {std::int64_t{1},
          std::int64_t{2},
          std::int64_t{3},
          std::int64_t{5},
          std::int64_t{1000},
          std::int64_t{999'983},
          std::int64_t{4'611'686'018'427'387'903}}) {
        const ScaledExp e = exp_interval(logs.ln(n), logs);
        const BigInt lower = e.mantissa.lower
                             << static_cast<unsigned>(e.exponent < 0 ? 0 : e.exponent);
        const BigInt upper = e.mantissa.upper
                             << static_cast<unsigned>(e.exponent < 0 ? 0 : e.exponent);
        const BigInt exactly = BigInt(n)
                               << (128 + (e.exponent < 0 ? static_cast<int>(-e.exponent) : 0));
        EXPECT_LE(lower, exactly) << n;
        EXPECT_GE(upper, exactly) << n;
    }
}

TEST(FixedInterval, ExpOfNegativeAndOfNothing) {
    LogTable logs(128);
    const ScaledExp one = exp_interval({0, 0}, logs);
    EXPECT_EQ(one.exponent, 0);
    EXPECT_EQ(one.mantissa.lower, BigInt(1) << 128);
    const FixedInterval ln3 = logs.ln(3);
    const ScaledExp third = exp_interval({-ln3.upper, -ln3.lower}, logs);
    // 1/3 = 4/3 x 2^-2.
    ASSERT_EQ(third.exponent, -2);
    EXPECT_LE(third.mantissa.lower * 3, BigInt(4) << 128);
    EXPECT_GE(third.mantissa.upper * 3, BigInt(4) << 128);
}

TEST(CoprimeBasis, IsPairwiseCoprimeAndOdd) {
    std::uint64_t state = 3;
    const auto next = [&state](std::uint64_t below) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::int64_t>((state >> 33U) % below) + 1;
    };
    for (int round = 0; round < 300; ++round) {
        CoprimeBasis basis;
        std::vector<Curve> curves;
        for (int i = 0; i < 3; ++i) {
            curves.push_back({Ratio{next(5000), next(5000)}, Ratio{next(400), next(400)}});
            basis.add(curves.back());
        }
        const std::vector<std::int64_t>& numbers = basis.numbers();
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            EXPECT_GT(numbers[i], 1);
            EXPECT_EQ(numbers[i] % 2, 1);
            for (std::size_t k = i + 1; k < numbers.size(); ++k)
                EXPECT_EQ(std::gcd(numbers[i], numbers[k]), 1);
        }
        for (const Curve& curve : curves) EXPECT_NO_THROW(static_cast<void>(split(curve, basis)));
    }
}

SplitCurve split_alone(const Curve& curve) {
    CoprimeBasis basis;
    basis.add(curve);
    return split(curve, basis);
}

TEST(SplitCurve, PowersOfTwoAreRational) {
    const SplitCurve four = split_alone({Ratio{4, 1}, Ratio{17, 10}});
    EXPECT_TRUE(four.form.empty());
    EXPECT_EQ(four.rational, BigRational(BigInt(289), BigInt(100)));
    const SplitCurve half = split_alone({Ratio{1, 2}, Ratio{39, 20}});
    EXPECT_TRUE(half.form.empty());
    EXPECT_EQ(half.rational, BigRational(BigInt(20), BigInt(39)));
    const SplitCurve linear = split_alone({Ratio{7, 3}, Ratio{2, 1}});
    EXPECT_TRUE(linear.form.empty());
    EXPECT_EQ(linear.rational, BigRational(BigInt(7), BigInt(3)));
    const SplitCurve square = split_alone({Ratio{7, 3}, Ratio{4, 1}});
    EXPECT_TRUE(square.form.empty());
    EXPECT_EQ(square.rational, BigRational(BigInt(49), BigInt(9)));
    EXPECT_FALSE(split_alone({Ratio{3, 1}, Ratio{17, 10}}).form.empty());
    EXPECT_FALSE(split_alone({Ratio{6, 1}, Ratio{3, 1}}).form.empty());
    EXPECT_TRUE(split_alone({Ratio{6, 1}, Ratio{1, 1}}).form.empty());
}

// 3^log2(5) = 5^log2(3): one curve up, the other down, and the product is 1.
TEST(SplitCurve, EqualFormsAreSeenAcrossBases) {
    CoprimeBasis basis;
    const Curve up{Ratio{5, 1}, Ratio{3, 1}};
    const Curve down{Ratio{1, 3}, Ratio{5, 1}};
    basis.add(up);
    basis.add(down);
    CurveSum sum;
    sum.scale(split(up, basis));
    EXPECT_FALSE(sum.rational());
    sum.scale(split(down, basis));
    EXPECT_TRUE(sum.rational());
    EXPECT_EQ(CurveValue(sum, 7).as_rational(), 7);
}

// What is taken off and what is left may be the same multiple of the same K: then nothing is left,
// exactly.
TEST(CurveValue, LikeTermsMeet) {
    CoprimeBasis basis;
    const Curve curve{Ratio{3, 1}, Ratio{17, 10}};
    basis.add(curve);
    CurveSum sum;
    sum.add(-5);
    sum.scale(split(curve, basis));
    EXPECT_TRUE(CurveValue(sum, 5).rational());
    EXPECT_EQ(CurveValue(sum, 5).as_rational(), 0);
    EXPECT_EQ(sign(CurveValue(sum, 5), basis.numbers(), nullptr), 0);
    EXPECT_EQ(
        sign(
            CurveValue(sum, BigRational(BigInt(5'000'000'001), BigInt(1'000'000'000))),
            basis.numbers(),
            nullptr
        ),
        1
    );
    EXPECT_EQ(
        sign(
            CurveValue(sum, BigRational(BigInt(4'999'999'999), BigInt(1'000'000'000))),
            basis.numbers(),
            nullptr
        ),
        -1
    );
}

TEST(WidenUntil, WidensAndStops) {
    CoprimeBasis basis;
    const Curve curve{Ratio{3, 1}, Ratio{17, 10}};
    basis.add(curve);
    CurveSum sum;
    sum.scale(split(curve, basis));
    const CurveValue value(sum, 1);
    std::vector<int> tried;
    widen_until(value, basis.numbers(), nullptr, 16, [&tried](const FixedInterval&, int bits) {
        tried.push_back(bits);
        return bits >= 512;
    });
    EXPECT_EQ(tried, (std::vector<int>{16, 32, 64, 128, 256, 512}));
    tried.clear();
    EXPECT_THROW(
        widen_until(
            value,
            basis.numbers(),
            nullptr,
            kBitsFirst,
            [&tried](const FixedInterval&, int bits) {
                tried.push_back(bits);
                return false;
            }
        ),
        BrokenInvariant
    );
    EXPECT_EQ(tried.back(), kBitsLast);
    EXPECT_THROW(
        widen_until(
            CurveValue(CurveSum(), 1),
            basis.numbers(),
            nullptr,
            kBitsFirst,
            [](const FixedInterval&, int) { return true; }
        ),
        BrokenInvariant
    );
}

// Each widening lies inside the one before.
TEST(WidenUntil, IntervalsAreNested) {
    CoprimeBasis basis;
    const Curve content{Ratio{10, 3}, Ratio{17, 10}};
    const Curve count{Ratio{1, 30}, Ratio{39, 20}};
    basis.add(content);
    basis.add(count);
    CurveSum sum;
    sum.scale(split(content, basis));
    sum.add(BigRational(-1, 7));
    sum.scale(split(count, basis));
    const CurveValue value(sum, 34'120'000);
    FixedInterval before{0, 0};
    int bits_before = 0;
    widen_until(value, basis.numbers(), nullptr, 16, [&](const FixedInterval& interval, int bits) {
        EXPECT_LT(interval.lower, interval.upper);
        if (bits_before > 0) {
            EXPECT_GE(interval.lower, before.lower << (bits - bits_before));
            EXPECT_LE(interval.upper, before.upper << (bits - bits_before));
        }
        before = interval;
        bits_before = bits;
        return bits >= 4096;
    });
    EXPECT_EQ(bits_before, 4096);
}

struct Pair {
    Presentation source;
    Presentation target;
};

std::vector<Pair> pairs() {
    Presentation bag = pack("大容量注射液", "7", 3);
    bag.fill_nl = 250 * kNanolitresPerMillilitre;
    return {
        {pack("普通片", "10", 14), pack("普通片", "25", 30)},
        {pack("普通片", "10", 14), pack("硬胶囊", "40", 7)},
        {pack("分散片", "3", 28), pack("颗粒剂", "7", 9)},
        {pack("小容量注射液", "3", 5), pack("冻干粉针", "10", 2)},
        {pack("冻干粉针", "3", 5), pack("小容量注射液", "10", 2)},
        {pack("小容量注射液", "4", 5), pack("大容量注射液", "1", 1)},
        {bag, pack("冻干粉针", "3", 2)},
    };
}

const std::vector<Rounding>& roundings() {
    static const std::vector<Rounding> list{
        {RoundingMode::half_up, 2},
        {RoundingMode::half_up, 4},
        {RoundingMode::half_up, 6},
        {RoundingMode::half_even, 2},
        {RoundingMode::down, 4},
        {RoundingMode::up, 4},
        {RoundingMode::up, 0},
    };
    return list;
}

// With few bits kept the quick path often cannot tell, and the wide path has to; starting the wide
// path at 16 bits makes it widen. All ways give one answer.
TEST(WidePath, AgreesWithTheQuickPathWhateverItsWidth) {
    TenderOverrides overrides = no_overrides(drug_2012());
    ConversionCache full(drug_2012(), overrides);
    ConversionCache narrow(drug_2012(), overrides, 20);
    ConversionCache narrowest(drug_2012(), overrides, 8);
    int compared = 0;
    for (const Pair& pair : pairs()) {
        const auto a = full.between(pair.source, pair.target).conversion;
        const auto b = narrow.between(pair.source, pair.target).conversion;
        const auto c = narrowest.between(pair.source, pair.target).conversion;
        std::uint64_t state = 11;
        for (int i = 0; i < 10; ++i) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            const Price price(
                static_cast<std::int64_t>(state >> (14U + state % 40U)) % Price::kMicroYuanMax
            );
            for (const Rounding& rounding : roundings()) {
                RatioRefusal why_a{};
                RatioRefusal why_w{};
                const auto quick = a->convert(price, rounding, &why_a);
                EXPECT_EQ(b->convert(price, rounding), quick);
                EXPECT_EQ(c->convert(price, rounding), quick);
                EXPECT_EQ(a->convert_wide(price, rounding, 16, &why_w), quick);
                EXPECT_EQ(why_a, why_w);
                EXPECT_EQ(a->convert_wide(price, rounding, 1024), quick);
                ++compared;
            }
        }
    }
    EXPECT_EQ(compared, 7 * 10 * 7);
}

// Prices at which the result is within a hair of a rounding boundary: the smallest price that
// rounds up to each of the first amounts, and the one before it.
TEST(WidePath, FindsTheStepOfTheStaircase) {
    ConversionCache full(drug_2012(), tender_overrides());
    ConversionCache narrow(drug_2012(), tender_overrides(), 8);
    const Presentation source = pack("普通片", "10", 14);
    const Presentation target = pack("普通片", "25", 30);
    const auto a = full.between(source, target).conversion;
    const auto b = narrow.between(source, target).conversion;
    const Rounding yuan_whole{RoundingMode::half_up, 0};
    for (std::int64_t amount = 1; amount <= 40; ++amount) {
        std::int64_t low = 0;
        std::int64_t high = 100 * money::kMicroYuanPerYuan;
        while (low + 1 < high) {
            const std::int64_t middle = (low + high) / 2;
            const auto result = a->convert_wide(Price(middle), yuan_whole, 16);
            (result->micro_yuan() >= amount * money::kMicroYuanPerYuan ? high : low) = middle;
        }
        EXPECT_EQ(
            a->convert(Price(low), yuan_whole), Price((amount - 1) * money::kMicroYuanPerYuan)
        );
        EXPECT_EQ(a->convert(Price(high), yuan_whole), Price(amount * money::kMicroYuanPerYuan));
        EXPECT_EQ(
            b->convert(Price(low), yuan_whole), Price((amount - 1) * money::kMicroYuanPerYuan)
        );
        EXPECT_EQ(b->convert(Price(high), yuan_whole), Price(amount * money::kMicroYuanPerYuan));
    }
}

TEST(WidePath, PreconditionsAreChecked) {
    ConversionCache cache(drug_2012(), tender_overrides());
    const auto conversion =
        cache.between(pack("普通片", "1", 3), pack("普通片", "1", 1)).conversion;
    EXPECT_THROW(
        static_cast<void>(conversion->convert_wide(Price(1), roundings()[0], 15)), BrokenInvariant
    );
    EXPECT_THROW(
        static_cast<void>(conversion->convert_wide(Price(1), roundings()[0], 4097)), BrokenInvariant
    );
    EXPECT_THROW(
        static_cast<void>(conversion->convert(Price(1), {RoundingMode::down, 7})), BrokenInvariant
    );
    EXPECT_THROW(ConversionCache(drug_2012(), tender_overrides(), 7), BrokenInvariant);
    EXPECT_THROW(ConversionCache(drug_2012(), tender_overrides(), 63), BrokenInvariant);
}

}  // namespace
}  // namespace jicai::product
