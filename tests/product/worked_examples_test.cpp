#include <engine/product/price_ratio.h>
#include <engine/product/price_ratio_articles.h>

#include <gtest/gtest.h>

#include "price_ratio_fixture.h"
#include <optional>
#include <string>
#include <vector>

namespace jicai::product {
namespace {

using money::RoundingMode;

constexpr std::int64_t kMl = kNanolitresPerMillilitre;

enum class Under { rule, tender };

struct Example {
    int number;
    std::string price;
    Presentation source;
    Presentation target;
    Under under;
    std::string factor;  // price factor to 8 decimals, or of the unrounded result: empty when the
                         // chain has adders
    std::string six_decimals;  // unrounded, to the 6 decimals a price carries
    int decimals;
    std::string rounded;
};

Presentation injection(
    std::string_view name, std::string_view content, std::int64_t ml, std::string_view material = ""
) {
    Presentation presentation = pack(name, content, 1);
    presentation.fill_nl = ml * kMl;
    presentation.material = material;
    return presentation;
}

Presentation daily(std::string_view name, Annex annex) {
    Presentation presentation;
    presentation.form = form(name, annex);
    presentation.treatment_units = Ratio{1, 1};
    return presentation;
}

Presentation chronic(std::int64_t units) {
    Presentation presentation = pack("普通片", "10", units);
    presentation.daily_units = Ratio{1, 1};
    return presentation;
}

Presentation bottle(std::int64_t fill_ml) {
    Presentation presentation = pack("口服溶液", "1", 1);
    presentation.fill_nl = fill_ml * kMl;
    presentation.fill_curve = true;
    return presentation;
}

Presentation tablet(std::string_view content, std::int64_t units) {
    return pack("普通片", content, units);
}

// The worked examples of the rule's description, by number; 33 is a factor alone.
std::vector<Example> first_examples() {
    const Under t = Under::tender;
    // One example a line.
    // clang-format off
    return {
        {1, "1.68", tablet("10", 14), tablet("20", 14), t, "1.70000000", "2.856", 2, "2.86"},
        {2, "4.41", tablet("10", 14), tablet("20", 7), t, "0.87179487", "3.844615", 2, "3.84"},
        {3, "34.12", tablet("75", 14), tablet("75", 30), t, "", "71.107011", 2, "71.11"},
        {4, "623", pack("硬胶囊", "100", 60), pack("硬胶囊", "100", 12), t, "0.21210968", "132.14433", 2, "132.14"},
        {5, "798", pack("注射剂", "100", 1), pack("注射剂", "500", 1), t, "3.42835531", "2735.827536", 2, "2735.83"},
        {6, "5.42", tablet("50", 30), tablet("50", 45), t, "1.47794874", "8.010482", 2, "8.01"},
        {7, "5.42", tablet("50", 30), tablet("100", 30), t, "1.70000000", "9.214", 2, "9.21"},
        {8, "57.50", tablet("0.25", 30), tablet("1", 30), t, "2.89000000", "166.175", 2, "166.18"},
        {9, "2.30", pack("小容量注射液", "15", 10), pack("小容量注射液", "30", 5), t, "0.85000000", "1.955", 2, "1.96"},
        {10, "14.09", pack("散剂", "10", 15), pack("散剂", "10", 20), t, "1.33333333", "18.786667", 2, "18.79"},
        {11, "1.73", pack("硬胶囊", "0.25", 24), pack("硬胶囊", "0.25", 1), t, "0.04679529", "0.080956", 4, "0.081"},
        {12, "2.16", pack("硬胶囊", "0.25", 30), pack("硬胶囊", "0.25", 1), t, "0.03774261", "0.081524", 4, "0.0815"},
        {13, "25.38", tablet("100", 14), tablet("100", 1), t, "0.07865662", "1.996305", 4, "1.9963"},
        {14, "52.99", tablet("100", 30), tablet("100", 1), t, "0.03774261", "1.999981", 4, "2"},
        {15, "5.11", pack("硬胶囊", "0.25", 60), pack("硬胶囊", "0.25", 1), t, "0.01935518", "0.098905", 4, "0.0989"},
        {16, "11.94", tablet("0.15", 60), tablet("0.15", 1), t, "0.01935518", "0.231101", 4, "0.2311"},
    };
    // clang-format on
}

std::vector<Example> further_examples() {
    const Under t = Under::tender;
    const Under r = Under::rule;
    const Annex tcm = Annex::traditional;
    const Presentation dispersible = pack("分散片", "0.25", 10);
    // One example a line.
    // clang-format off
    return {
        {17, "22.52", pack("硬胶囊", "0.75", 30), pack("硬胶囊", "0.25", 1), t, "", "0.366562", 4, "0.3666"},
        {18, "8.64", dispersible, tablet("0.25", 1), t, "", "0.783174", 4, "0.7832"},
        {19, "8.95", tablet("0.25", 12), tablet("0.25", 1), t, "0.09125082", "0.816695", 4, "0.8167"},
        {20, "1502.12", pack("注射剂", "1", 1), pack("注射剂", "3.5", 1), t, "2.60917370", "3919.291999", 4, "3919.292"},
        {21, "139.65", pack("乳状注射液", "100", 1), pack("乳状注射液", "250", 1), t, "2.01667959", "281.629305", 4, "281.6293"},
        {22, "200.47", pack("乳状注射液", "1440", 1), pack("乳状注射液", "900", 1), t, "", "139.890574", 4, "139.8906"},
        {23, "11.80", tablet("10", 14), tablet("10", 21), t, "1.47794874", "17.439795", 2, "17.44"},
        {24, "5.66", tablet("75", 28), tablet("150", 12), t, "", "4.253332", 2, "4.25"},
        {25, "10.00", chronic(7), chronic(3), r, "", "3.978381", 2, "3.98"},
        {26, "0.50", tablet("1", 1), pack("干混悬剂", "1", 1), r, "1.32000000", "0.66", 2, "0.66"},
        {27, "2.00", bottle(10), bottle(100), r, "8.43333629", "16.866673", 2, "16.87"},
        {28, "3.00", pack("小容量注射液", "0.1", 1), pack("冻干粉针", "0.2", 1), r, "", "7.6", 2, "7.6"},
        {29, "7.60", pack("冻干粉针", "0.2", 1), pack("小容量注射液", "0.1", 1), r, "", "3", 2, "3"},
        {30, "3.00", injection("小容量注射液", "0.1", 10), injection("大容量注射液", "0.2", 100, "软袋"), r, "", "13.85", 2, "13.85"},
        {31, "0.30", pack("注射剂", "2", 1), pack("注射剂", "1", 1), r, "", "0.2", 2, "0.2"},
        {32, "0.15", pack("注射剂", "2", 1), pack("注射剂", "1", 1), r, "", "0.15", 2, "0.15"},
        {33, "1", tablet("92.5", 1), tablet("172.5", 1), r, "1.61135030", "1.61135", 6, "1.61135"},
        {34, "2.00", daily("糖衣片", tcm), daily("口服液(无糖型)", tcm), r, "1.23750000", "2.475", 2, "2.48"},
    };
    // clang-format on
}

std::vector<Example> examples() {
    std::vector<Example> all = first_examples();
    const std::vector<Example> further = further_examples();
    all.insert(all.end(), further.begin(), further.end());
    return all;
}

TEST(WorkedExamples, All) {
    const PriceRatioRule& rule = drug_2012();
    ConversionCache by_rule(rule, no_overrides(rule));
    ConversionCache by_tender(rule, tender_overrides());
    int checked = 0;
    for (const Example& e : examples()) {
        SCOPED_TRACE("example " + std::to_string(e.number));
        ConversionCache& cache = e.under == Under::rule ? by_rule : by_tender;
        const auto result = cache.between(e.source, e.target);
        ASSERT_TRUE(result.conversion != nullptr);
        const Conversion& conversion = *result.conversion;
        if (!e.factor.empty()) {
            EXPECT_EQ(conversion.factor_text(), e.factor);
        }
        const auto fine = conversion.convert(yuan(e.price), {RoundingMode::half_up, 6});
        const auto rounded = conversion.convert(yuan(e.price), {RoundingMode::half_up, e.decimals});
        ASSERT_TRUE(fine && rounded);
        EXPECT_EQ(fine->text(), e.six_decimals);
        EXPECT_EQ(rounded->text(), e.rounded);
        EXPECT_EQ(
            conversion.convert_wide(yuan(e.price), {RoundingMode::half_up, e.decimals}, 16), rounded
        );
        ++checked;
    }
    EXPECT_EQ(checked, 34);
}

// Example 34 is priced by Art. 19, example 25 stands beside the same pack without the factor.
TEST(WorkedExamples, WhatTheyAreSetAgainst) {
    const PriceRatioRule& rule = drug_2012();
    EXPECT_EQ(round_retail(yuan("2.475"), rule), yuan("2.5"));
    ConversionCache without_factor(rule, tender_overrides());
    const auto plain = without_factor.between(chronic(7), chronic(3)).conversion;
    EXPECT_EQ(plain->convert(yuan("10"), {RoundingMode::half_up, 2}), yuan("4.42"));
    // Example 10 by the curve would be 18.59029292; batch 5 lot 27 is linear too.
    ConversionCache tender(rule, tender_overrides());
    const auto tablets =
        tender.between(pack("普通片", "1", 15), pack("普通片", "1", 20)).conversion;
    EXPECT_EQ(tablets->convert(yuan("14.09"), {RoundingMode::half_up, 6}), yuan("18.590293"));
    const auto sachets = tender.between(pack("颗粒剂", "1", 1), pack("颗粒剂", "1", 40)).conversion;
    EXPECT_EQ(sachets->convert(yuan("3.14375"), {RoundingMode::half_up, 4}), yuan("125.75"));
}

TEST(RetailRounding, Article19) {
    struct Case {
        std::string price;
        std::string rounded;
    };
    const std::vector<Case> cases{
        {"0.874", "0.87"},   {"0.875", "0.88"},    {"0.994", "0.99"}, {"0.995", "1"},
        {"0.999999", "1"},   {"1", "1"},           {"1.049999", "1"}, {"1.05", "1.1"},
        {"1.050001", "1.1"}, {"2.475", "2.5"},     {"99.94", "99.9"}, {"99.949999", "99.9"},
        {"99.95", "100"},    {"99.999999", "100"}, {"100", "100"},    {"100.499999", "100"},
        {"100.5", "101"},    {"101.49", "101"},    {"0", "0"},
    };
    for (const Case& c : cases) {
        EXPECT_EQ(round_retail(yuan(c.price), drug_2012()), yuan(c.rounded)) << c.price;
    }
}

}  // namespace
}  // namespace jicai::product
