#include <engine/product/price_ratio.h>

#include <gtest/gtest.h>

#include "price_ratio_fixture.h"
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace jicai::product {
namespace {

using money::Rounding;
using money::RoundingMode;

constexpr Rounding kFine{RoundingMode::half_up, 6};
constexpr Rounding kFen{RoundingMode::half_up, 2};

class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::int64_t below(std::int64_t bound) {
        state_ = state_ * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::int64_t>((state_ >> 33U) % static_cast<std::uint64_t>(bound));
    }

private:
    std::uint64_t state_;
};

Presentation any_oral(Random& random) {
    constexpr std::array<std::string_view, 8> kForms{
        "普通片", "分散片", "泡腾片", "硬胶囊", "软胶囊", "颗粒剂", "散剂", "干混悬剂"};
    Presentation presentation =
        pack(kForms[static_cast<std::size_t>(random.below(8))], "1", random.below(100) + 1);
    presentation.content = Ratio{random.below(400) + 1, random.below(8) + 1};
    return presentation;
}

// A dearer pack never becomes a cheaper one.
TEST(Properties, MonotoneInThePrice) {
    ConversionCache cache(drug_2012(), tender_overrides());
    Random random(1);
    for (int i = 0; i < 300; ++i) {
        const auto conversion = cache.between(any_oral(random), any_oral(random)).conversion;
        std::int64_t price = random.below(1'000'000);
        Price before(0);
        for (int k = 0; k < 20; ++k) {
            price += random.below(3);
            const Price after = *conversion->convert(Price(price), kFine);
            EXPECT_GE(after, before);
            before = after;
        }
    }
}

// More content, more units: never cheaper (the bases are above 1).
TEST(Properties, MonotoneInContentAndCount) {
    ConversionCache cache(drug_2012(), tender_overrides());
    Random random(2);
    for (int i = 0; i < 300; ++i) {
        const Presentation source = any_oral(random);
        Presentation target = any_oral(random);
        const Price price(random.below(100'000'000) + 1);
        const Price before = *cache.between(source, target).conversion->convert(price, kFine);
        target.pack_units += 1;
        const Price more_units = *cache.between(source, target).conversion->convert(price, kFine);
        EXPECT_GE(more_units, before);
        target.content =
            Ratio{target.content.numerator() * 2 + 1, target.content.denominator() * 2};
        EXPECT_GE(*cache.between(source, target).conversion->convert(price, kFine), more_units);
    }
}

// There and back is the identity, before rounding: exactly the same order against every price.
TEST(Properties, ThereAndBackWithoutAdders) {
    ConversionCache cache(drug_2012(), tender_overrides());
    Random random(3);
    for (int i = 0; i < 200; ++i) {
        const Presentation source = any_oral(random);
        const Presentation target = any_oral(random);
        const auto there = cache.between(source, target).conversion;
        const auto back = cache.between(target, source).conversion;
        const Price price(random.below(100'000'000) + 1'000'000);
        const auto middle = there->convert(price, kFine);
        const auto again = back->convert(*middle, kFine);
        // One rounding of half a micro-yuan each way, stretched by the factor back.
        const std::int64_t miss = again->micro_yuan() - price.micro_yuan();
        const std::int64_t stretch =
            price.micro_yuan() / std::max<std::int64_t>(1, middle->micro_yuan()) + 2;
        EXPECT_LE(miss < 0 ? -miss : miss, stretch);
    }
}

// A to B to C and A to C are one factor: their unrounded results are equal, not merely close.
TEST(Properties, DetoursAreExactlyEqual) {
    ConversionCache cache(drug_2012(), tender_overrides());
    Random random(4);
    int irrational = 0;
    for (int i = 0; i < 100; ++i) {
        const Presentation a = any_oral(random);
        Presentation b = any_oral(random);
        // The same price for two presentations whose relation to the target differs only by what
        // cancels.
        b.form = a.form;
        b.content = a.content;
        b.pack_units = a.pack_units;
        const Presentation target = any_oral(random);
        const auto first = cache.between(a, target).conversion;
        const auto second = cache.between(b, target).conversion;
        const Price price(random.below(100'000'000) + 1);
        EXPECT_EQ(Conversion::compare_unrounded(*first, price, *second, price), 0);
        const Price more(price.micro_yuan() + 1);
        EXPECT_EQ(Conversion::compare_unrounded(*first, price, *second, more), -1);
        EXPECT_EQ(Conversion::compare_unrounded(*first, more, *second, price), 1);
        if (!first->exact()) ++irrational;
    }
    EXPECT_GT(irrational, 50);
}

// Two bids that tie after rounding stand in their exact order.
TEST(Properties, UnroundedOrderAgreesWithFineRounding) {
    ConversionCache cache(drug_2012(), tender_overrides());
    Random random(5);
    int ordered = 0;
    for (int i = 0; i < 400; ++i) {
        const Presentation target = any_oral(random);
        const auto a = cache.between(any_oral(random), target).conversion;
        const auto b = cache.between(any_oral(random), target).conversion;
        const Price p(random.below(50'000'000) + 1);
        const Price q(random.below(50'000'000) + 1);
        const int order = Conversion::compare_unrounded(*a, p, *b, q);
        EXPECT_EQ(Conversion::compare_unrounded(*b, q, *a, p), -order);
        const Price fine_a = *a->convert(p, kFine);
        const Price fine_b = *b->convert(q, kFine);
        if (fine_a < fine_b) {
            EXPECT_EQ(order, -1);
            ++ordered;
        }
        if (fine_a > fine_b) {
            EXPECT_EQ(order, 1);
            ++ordered;
        }
    }
    EXPECT_GT(ordered, 300);
}

// Official result of batch 3: 2.94 / 100 and 1.80 / 60 both give 0.0348.
TEST(Properties, TiesOfPublishedBidsAreOrderedExactly) {
    ConversionCache cache(drug_2012(), tender_overrides());
    const Presentation unit = pack("普通片", "1", 1);
    const auto hundred = cache.between(pack("普通片", "1", 100), unit).conversion;
    const auto sixty = cache.between(pack("普通片", "1", 60), unit).conversion;
    EXPECT_EQ(hundred->convert(yuan("2.94"), {RoundingMode::half_up, 4}), yuan("0.0348"));
    EXPECT_EQ(sixty->convert(yuan("1.80"), {RoundingMode::half_up, 4}), yuan("0.0348"));
    EXPECT_EQ(Conversion::compare_unrounded(*hundred, yuan("2.94"), *sixty, yuan("1.80")), -1);
}

TEST(Properties, UnroundedOrderSeesFloorAndCap) {
    ConversionCache cache(drug_2012(), no_overrides(drug_2012()));
    const Presentation strong = pack("注射剂", "3", 1);
    const Presentation weak = pack("注射剂", "1", 1);
    const auto down = cache.between(strong, weak).conversion;
    // Both computed below 0.20 and both lifted to it.
    EXPECT_EQ(Conversion::compare_unrounded(*down, yuan("0.3"), *down, yuan("0.25")), 0);
    // Both below the floor and held at the price of the representative.
    EXPECT_EQ(Conversion::compare_unrounded(*down, yuan("0.15"), *down, yuan("0.16")), -1);
    EXPECT_EQ(Conversion::compare_unrounded(*down, yuan("0.5"), *down, yuan("0.25")), 1);
}

// X = 2, 4, 8 and prices by the fen: every tie goes up. Whole numbers alone decide what is right.
TEST(Properties, ExactTiesRoundHalfUp) {
    ConversionCache cache(drug_2012(), tender_overrides());
    struct Power {
        std::int64_t x;
        std::int64_t numerator;
        std::int64_t denominator;
    };
    int ties = 0;
    for (const Power& power : {Power{2, 17, 10}, Power{4, 289, 100}, Power{8, 4913, 1000}}) {
        Presentation target = pack("普通片", "1", 1);
        target.content = Ratio{power.x, 1};
        const auto conversion = cache.between(pack("普通片", "1", 1), target).conversion;
        ASSERT_TRUE(conversion->exact());
        for (std::int64_t fen = 1; fen <= 20'000; fen += 1) {
            const std::int64_t twice = 2 * fen * power.numerator + power.denominator;
            const std::int64_t expected = twice / (2 * power.denominator);
            if (twice % (2 * power.denominator) == 0) ++ties;
            const auto result = conversion->convert(Price(fen * 10'000), kFen);
            ASSERT_EQ(result->micro_yuan(), expected * 10'000) << fen << " x " << power.x;
        }
    }
    // 2,000 for one decimal, 200 for two, 20 for three.
    EXPECT_EQ(ties, 2220);
}

// A curve up and the same curve down again is exact although each alone is not: content by 3
// against packs by 1/3 at one base.
TEST(Properties, CurvesOfOneBaseAreJoinedBeforeDeciding) {
    TenderOverrides overrides = tender_overrides();
    overrides.pack_base = overrides.content_base;
    ConversionCache cache(drug_2012(), overrides);
    const auto whole = cache.between(pack("普通片", "1", 3), pack("普通片", "3", 1)).conversion;
    EXPECT_TRUE(whole->exact());
    EXPECT_EQ(whole->convert(yuan("1.234567"), kFine), yuan("1.234567"));
    const auto doubled = cache.between(pack("普通片", "1", 3), pack("普通片", "6", 1)).conversion;
    EXPECT_TRUE(doubled->exact());
    EXPECT_EQ(doubled->convert(yuan("0.05"), kFen), yuan("0.09"));
    EXPECT_EQ(doubled->convert(yuan("0.049999"), kFen), yuan("0.08"));
    EXPECT_FALSE(cache.between(pack("普通片", "1", 3), pack("普通片", "5", 1)).conversion->exact());
}

}  // namespace
}  // namespace jicai::product
