#include <reports/table_files.h>

#include <gtest/gtest.h>

namespace jicai::reports {
namespace {

Table cells(ColumnKind kind, const std::vector<std::string>& values) {
    Table table{"t", {{"a", kind}}, {}};
    for (const std::string& value : values) table.rows.push_back({value});
    return table;
}

std::string csv(const Table& table) {
    const std::string text = to_csv_file(table, {"题"}, CsvEncoding::utf8_with_mark);
    EXPECT_EQ(text.substr(0, 3), "\xEF\xBB\xBF");
    const std::string heading = "题\r\n";
    EXPECT_EQ(text.substr(3, heading.size()), heading);
    return text.substr(3 + heading.size());
}

TEST(CsvFile, FormulasAreMarkedAsText) {
    for (const std::string cell : {"=1+1", "+86", "-5", "@A1", "\tx"}) {
        EXPECT_EQ(csv(cells(ColumnKind::text, {cell})), "'" + cell + "\r\n");
    }
    EXPECT_EQ(csv(cells(ColumnKind::text, {"\rx"})), "\"'\rx\"\r\n");
    EXPECT_EQ(csv(cells(ColumnKind::text, {"a=1", "5-6"})), "a=1\r\n5-6\r\n");
}

TEST(CsvFile, NumbersOfNumberColumnsStayNumbers) {
    EXPECT_EQ(csv(cells(ColumnKind::exact, {"-5.30", "+1", "-0"})), "-5.30\r\n+1\r\n-0\r\n");
    EXPECT_EQ(
        csv(cells(ColumnKind::exact, {"-1+cmd|x", "-", "-1.2.3", "=2"})),
        "'-1+cmd|x\r\n'-\r\n'-1.2.3\r\n'=2\r\n"
    );
}

TEST(CsvFile, CommasQuotesAndLineEndsAreQuoted) {
    EXPECT_EQ(
        csv(cells(ColumnKind::text, {"a,b", "a\"b", "a\nb"})),
        "\"a,b\"\r\n\"a\"\"b\"\r\n\"a\nb\"\r\n"
    );
}

TEST(CsvFile, Gb18030HoldsEveryCharacter) {
    // 𠮷 lies beyond the basic plane and takes four bytes.
    const std::string bytes =
        to_csv_file(cells(ColumnKind::text, {"阿", "𠮷"}), {"a"}, CsvEncoding::gb18030);
    EXPECT_EQ(bytes.substr(0, 7), "a\r\n\xB0\xA2\r\n");
    EXPECT_EQ(bytes.size(), 7U + 4U + 2U);
}

TEST(IsNumber, DigitsWithOneSignAndOnePoint) {
    for (const char* yes : {"0", "12", "-1.50", "+3", "0.0001"}) EXPECT_TRUE(is_number(yes)) << yes;
    for (const char* no : {"", "-", "1.", ".5", "1e5", "--1", "1,000", "1 ", "１"}) {
        EXPECT_FALSE(is_number(no)) << no;
    }
}

TEST(Xlsx, EqualTablesAreEqualBytes) {
    Table table{"t", {{"code"}, {"price", ColumnKind::exact}, {"n", ColumnKind::count}}, {}};
    table.rows = {{"0012", "9.40", "3"}, {"=1+1", "123456789012345.67", ""}};
    const std::vector<std::string> titles{"编码", "价格", "数"};
    const std::string once = to_xlsx(table, titles, "表");
    EXPECT_EQ(once.substr(0, 4), "PK\x03\x04");
    EXPECT_EQ(once, to_xlsx(table, titles, "表"));
}

TEST(Xlsx, NamesThatSheetsMayNotHaveAreMended) {
    const Table table{"t", {{"a"}}, {{"x"}}};
    EXPECT_NO_THROW((void
    )to_xlsx(table, {"a"}, "a/b[c]:*?\\' 很长很长很长很长很长很长很长很长很长很长很长很长"));
    EXPECT_NO_THROW((void)to_xlsx(table, {"a"}, ""));
}

TEST(Xlsx, TooLongACellIsRefused) {
    EXPECT_THROW(
        (void)to_xlsx(cells(ColumnKind::text, {std::string(32768, 'x')}), {"a"}, "s"), NoSuchFile
    );
}

TEST(Kinds, HaveTheWordsOfTheApi) {
    EXPECT_EQ(kind_text(ColumnKind::text), "text");
    EXPECT_EQ(kind_text(ColumnKind::exact), "exact");
    EXPECT_EQ(kind_text(ColumnKind::count), "count");
}

}  // namespace
}  // namespace jicai::reports
