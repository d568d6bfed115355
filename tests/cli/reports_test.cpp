#include <engine/money/check.h>
#include <reports/award_tables.h>
#include <reports/certificate_difference.h>
#include <reports/table.h>
#include <reports/text_width.h>

#include <gtest/gtest.h>

namespace jicai::reports {
namespace {

using decision::Json;

std::string key_itself(const decision::Message& message) {
    return message.key;
}

TEST(TextWidth, EastAsianCharactersTakeTwoCells) {
    EXPECT_EQ(display_width("abc"), 3U);
    EXPECT_EQ(display_width("甲a乙"), 5U);
    EXPECT_EQ(display_width("（含）"), 6U);
    EXPECT_EQ(display_width("≤×"), 2U);
    EXPECT_EQ(display_width("e\u0301"), 1U);
    EXPECT_EQ(display_width("\xFF\xFE"), 2U);
    EXPECT_EQ(display_width(""), 0U);
}

TEST(TextWidth, Padding) {
    EXPECT_EQ(padded("甲", 4, Align::left), "甲  ");
    EXPECT_EQ(padded("甲", 4, Align::right), "  甲");
    EXPECT_EQ(padded("甲乙丙", 4, Align::left), "甲乙丙");
}

TEST(Table, TerminalIsAligned) {
    const Table table{"t", {{"a"}, {"b", ColumnKind::exact}}, {{"甲", "1.5"}, {"abcd", "20"}}};
    EXPECT_EQ(
        to_terminal(table, key_itself, {}),
        "column.a  column.b\n甲             1.5\nabcd            20\n"
    );
}

TEST(Table, CsvQuotesOnlyWhatNeedsIt) {
    const Table table{
        "t", {{"a"}, {"b"}}, {{"x,y", "say \"hi\""}, {"two\nlines", ""}, {" plain ", "甲"}}};
    EXPECT_EQ(to_csv(table), "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\n plain ,甲\n");
}

TEST(Table, JsonNumbersAreCountsOnly) {
    const Table table{
        "t",
        {{"name"}, {"price", ColumnKind::exact}, {"rank", ColumnKind::count}},
        {{"A", "1.50", "2"}, {"B", "", ""}}};
    EXPECT_EQ(
        to_json(table).canonical(),
        R"([{"name":"A","price":"1.50","rank":2},{"name":"B","price":"","rank":null}])"
    );
}

TEST(Table, ARowOfTheWrongLengthIsABrokenInvariant) {
    const Table table{"t", {{"a"}, {"b"}}, {{"1"}}};
    EXPECT_THROW((void)to_csv(table), BrokenInvariant);
    EXPECT_THROW((void)to_json(table), BrokenInvariant);
    EXPECT_THROW((void)to_terminal(table, key_itself, {}), BrokenInvariant);
}

TEST(AwardTables, PricesHaveFixedDecimalsAndLoseNone) {
    EXPECT_EQ(price_text(money::Price(20'000'000), 2), "20.00");
    EXPECT_EQ(price_text(money::Price(20'010'000), 2), "20.01");
    EXPECT_EQ(price_text(money::Price(20'011'000), 2), "20.011");
    EXPECT_EQ(price_text(money::Price(100'000), 4), "0.1000");
    EXPECT_EQ(price_text(money::Price(100'001), 4), "0.100001");
}

Json lots(Json bids) {
    return Json::Object{
        {"digest", "sha256:0"},
        {"lots", Json::Array{Json::Object{{"lot", "7"}, {"bids", std::move(bids)}}}}};
}

TEST(CertificateDifference, TheOwnDigestIsNotCompared) {
    Json left = lots(Json::Array{});
    left.object()["digest"] = "sha256:1";
    EXPECT_TRUE(describe_first_difference(left, lots(Json::Array{})).empty());
}

TEST(CertificateDifference, NamesLotBidAndStep) {
    const auto bid = [](const char* limit) {
        return Json::Array{Json::Object{
            {"supplier", "A"},
            {"steps",
             Json::Array{
                 Json::Object{{"code", "step.first"}},
                 Json::Object{
                     {"code", "step.second"},
                     {"values", Json::Object{{"limit", limit}, {"supplier", "someone else"}}}}}}}};
    };
    const auto messages = describe_first_difference(lots(bid("1")), lots(bid("2")));
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(
        messages[0],
        (decision::Message{
            "verify.at_bid_step",
            {{"lot", "7"},
             {"supplier", "A"},
             {"number", "2"},
             {"key", "step.second"},
             {"member", "values/limit"}}})
    );
    EXPECT_EQ(
        messages[1],
        (decision::Message{"verify.values", {{"claimed", "\"1\""}, {"recomputed", "\"2\""}}})
    );
}

TEST(CertificateDifference, AMissingBidIsNamedByItsSupplier) {
    const auto messages = describe_first_difference(
        lots(Json::Array{}), lots(Json::Array{Json::Object{{"supplier", "A"}}})
    );
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].key, "verify.at_bid");
    EXPECT_EQ(messages[0].arguments[1].second, "A");
    EXPECT_EQ(messages[1].arguments[0].second, "—");
}

TEST(CertificateDifference, LongValuesAreCutBetweenCharacters) {
    std::string text;
    for (int i = 0; i < 100; ++i) text += "价";
    const auto messages =
        describe_first_difference(Json::Object{{"a", text}}, Json::Object{{"a", "b"}});
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].key, "verify.at_other");
    const std::string& shown = messages[1].arguments[0].second;
    EXPECT_LE(shown.size(), 203U);
    EXPECT_EQ(display_width(shown) % 2, 0U) << shown;
}

}  // namespace
}  // namespace jicai::reports
