#include <engine/product/price_ratio.h>

#include <gtest/gtest.h>

#include "price_ratio_fixture.h"
#include <string>
#include <vector>

namespace jicai::product {
namespace {

struct Row {
    std::string x;
    std::string by_1_7;
    std::string by_1_9;
    std::string by_1_95;
};

// Printed with the formulas of Art. 9, 10 and 13.
const std::vector<Row>& rows() {
    static const std::vector<Row> table{
        {"0.1", "0.17157944", "0.11857703", "0.10877419"},
        {"0.2", "0.29168505", "0.22529636", "0.21210968"},
        {"0.25", "0.34602076", "0.27700831", "0.26298488"},
        {"0.5", "0.58823529", "0.52631579", "0.51282051"},
        {"2/3", "0.73315537", "0.68697289", "0.67661345"},
        {"0.75", "0.80233374", "0.76613765", "0.75792243"},
        {"1.25", "1.18628211", "1.22952854", "1.23985326"},
        {"1.5", "1.36396736", "1.45566153", "1.47794874"},
        {"2", "1.70000000", "1.90000000", "1.95000000"},
        {"2.5", "2.01667959", "2.33610423", "2.41771387"},
        {"3", "2.31874451", "2.76575690", "2.88200004"},
        {"3.5", "2.60917370", "3.19011760", "3.34345500"},
        {"4", "2.89000000", "3.61000000", "3.80250000"},
        {"5", "3.42835531", "4.43859805", "4.71454204"},
        {"6", "3.94186567", "5.25493811", "5.61990008"},
        {"8", "4.91300000", "6.85900000", "7.41487500"},
        {"10", "5.82820402", "8.43333629", "9.19335698"},
    };
    return table;
}

std::string content_factor(const std::string& base, const std::string& x) {
    TenderOverrides overrides = tender_overrides();
    overrides.content_base = ratio(base);
    ConversionCache cache(drug_2012(), overrides);
    return cache.between(pack("普通片", "1", 1), pack("普通片", x, 1)).conversion->factor_text();
}

TEST(CurveTable, ThreeBasesToEightDecimals) {
    for (const Row& row : rows()) {
        EXPECT_EQ(content_factor("1.7", row.x), row.by_1_7) << row.x;
        EXPECT_EQ(content_factor("1.9", row.x), row.by_1_9) << row.x;
        EXPECT_EQ(content_factor("1.95", row.x), row.by_1_95) << row.x;
    }
    EXPECT_EQ(rows().size(), 17U);
}

struct PackRow {
    std::int64_t units;
    std::string k;
    std::string k_times_units;  // what it is against plain division, 6 decimals
};

TEST(CurveTable, PackToOneUnit) {
    const std::vector<PackRow> table{
        {2, "0.51282051", "1.025641"},  {3, "0.34698126", "1.040944"},
        {5, "0.21210968", "1.060548"},  {6, "0.17793911", "1.067635"},
        {7, "0.15338041", "1.073663"},  {10, "0.10877419", "1.087742"},
        {12, "0.09125082", "1.095010"}, {14, "0.07865662", "1.101193"},
        {15, "0.07359808", "1.103971"}, {20, "0.05578164", "1.115633"},
        {21, "0.05322013", "1.117623"}, {24, "0.04679529", "1.123087"},
        {28, "0.04033673", "1.129428"}, {30, "0.03774261", "1.132278"},
        {36, "0.03166233", "1.139844"}, {48, "0.02399759", "1.151884"},
        {50, "0.02307206", "1.153603"}, {60, "0.01935518", "1.161311"},
        {84, "0.01399609", "1.175671"}, {100, "0.01183183", "1.183183"},
    };
    ConversionCache cache(drug_2012(), tender_overrides());
    for (const PackRow& row : table) {
        const auto conversion =
            cache.between(pack("普通片", "1", row.units), pack("普通片", "1", 1)).conversion;
        EXPECT_EQ(conversion->factor_text(), row.k) << row.units;
        const Price plain(row.units * money::kMicroYuanPerYuan);
        const auto against_division = conversion->convert(plain, {money::RoundingMode::half_up, 6});
        EXPECT_EQ(against_division->text_fixed(6), row.k_times_units) << row.units;
    }
}

// The base 2 makes a curve linear: lots whose contents relate so use it.
TEST(CurveTable, BaseTwoIsLinearAndExact) {
    TenderOverrides overrides = tender_overrides();
    overrides.content_base = ratio("2");
    ConversionCache cache(drug_2012(), overrides);
    const auto conversion =
        cache.between(pack("颗粒剂", "2.4275", 1), pack("颗粒剂", "97.1", 1)).conversion;
    EXPECT_TRUE(conversion->exact());
    EXPECT_EQ(
        conversion->convert(yuan("3.1438"), {money::RoundingMode::half_up, 4}), yuan("125.752")
    );
}

}  // namespace
}  // namespace jicai::product
