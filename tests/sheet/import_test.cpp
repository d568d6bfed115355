#include <catalogs/sheet/import_table.h>
#include <catalogs/sheet/zip_parts.h>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <tests/sheet/xlsx_maker.h>

namespace jicai::sheet_test {
namespace {

using catalogs::sheet::import_table;
using catalogs::sheet::ImportedTable;
using catalogs::table_form::find_form;

const std::vector<std::string> kHeader{"hospital", "lot", "spec", "brand", "year", "quantity"};

std::string texts_of(const ImportedTable& table) {
    std::string text;
    for (const auto& fault : table.faults) text += "! " + fault.message.key + "\n";
    for (const auto& row : table.rows) {
        text += std::to_string(row.row) + ":";
        for (const auto& value : row.values) text += " [" + value.text + "]";
        text += "\n";
    }
    return text;
}

ImportedTable history(const std::string& bytes) {
    return import_table(bytes, "x", *find_form("history"));
}

const std::string kLine = "H23010000001,1,10mg,甲厂,2025,12000\n";
const std::string kRead = "2: [H23010000001] [1] [10mg] [甲厂] [2025] [12000]\n";
const std::string kCsv = "hospital,lot,spec,brand,year,quantity\n" + kLine;

TEST(SheetImport, CsvInUtf8AndGb18030) {
    EXPECT_EQ(texts_of(history(kCsv)), kRead);
    EXPECT_EQ(texts_of(history("\xEF\xBB\xBF" + kCsv)), kRead);
    std::string gb = kCsv;
    gb.replace(gb.find("甲厂"), 6, "\xBC\xD7\xB3\xA7");
    EXPECT_EQ(texts_of(history(gb)), kRead);
    EXPECT_EQ(texts_of(history(gb + kLine)), "! fault.encoding_mixed\n");
}

TEST(SheetImport, SharedInlineAndNumberCells) {
    const std::string shared = "<c t=\"s\"><v>0</v></c>";
    const std::string rows = row(1, kHeader) + row(2,
                                                   {"H23010000001",
                                                    number("1"),
                                                    shared,
                                                    "<c t=\"str\"><f>A1&amp;B1</f><v>甲厂</v></c>",
                                                    number("2025"),
                                                    number("1.2E4")});
    EXPECT_EQ(texts_of(history(workbook({{"任意", rows}}, {"10mg"}))), kRead);
}

TEST(SheetImport, TitlesInAnyOrderAndLanguageBelowAHeading) {
    const std::string rows =
        row(1, {"某某医院历史采购量"}) +
        row(3, {"年度*", "采购量(最小单位)", "Lot", " 规格 ", "厂 牌", "hospital code"}) +
        row(4, {"2025", "12000", "1", "10mg", "甲厂", "H23010000001"});
    EXPECT_EQ(texts_of(history(workbook({{"任意", rows}}))), "4" + kRead.substr(1));
}

TEST(SheetImport, TheSheetOfTheTableWhateverElseIsThere) {
    const std::string data =
        row(1, kHeader) + row(2, {"H23010000001", "1", "10mg", "甲厂", "2025", "12000"});
    EXPECT_EQ(
        texts_of(history(workbook({{"封面", "x"}, {"历史采购量", data}, {"其他", ""}}))), kRead
    );
    EXPECT_EQ(
        texts_of(history(workbook({{"下拉列表", "", "", true}, {"随便", data}, {"填写说明", ""}}))),
        kRead
    );
    // A sheet is hidden and has the name: still the one that is meant.
    EXPECT_EQ(texts_of(history(workbook({{"封面", ""}, {"history", data, "", true}}))), kRead);
}

TEST(SheetImport, DatesAsSerialsAndAsWritten) {
    const auto days = [](const std::string& cell) {
        const std::string rows =
            row(1, {"日期", "放假或上班", "假期"}) + row(2, {cell, "off", "元旦"});
        return texts_of(import_table(workbook({{"节假日", rows}}), "x", *find_form("holidays")));
    };
    const std::string read = "2: [2027-01-01] [off] [元旦] []\n";
    EXPECT_EQ(days(number("46388", 1)), read);
    for (const char* written :
         {"2027-01-01", "2027/1/1", "2027.1.1", "2027年1月1日", "2027/01/01"}) {
        EXPECT_EQ(days(written), read) << written;
    }
    for (const char* written :
         {"27-1-1", "2027-1-1", "1/1/2027", "2027年1月", "2027/1/1 ", "20270101", "46388"}) {
        EXPECT_NE(days(written), read) << written;
    }
}

TEST(SheetImport, EmptyRowsArePassedOver) {
    const std::string rows = row(1, kHeader) + "<row r=\"2\"><c r=\"A2\" s=\"1\"/></row>" +
                             row(7, {"H23010000001", "1", "10mg", "甲厂", "2025", "0"});
    EXPECT_EQ(
        texts_of(history(workbook({{"x", rows}}))),
        "7: [H23010000001] [1] [10mg] [甲厂] [2025] [0]\n"
    );
}

TEST(SheetImport, ARowTooManyIsRefused) {
    std::string text = "hospital,lot,spec,brand,year,quantity\n";
    for (int i = 0; i < 100'000; ++i)
        text += "H23010000001," + std::to_string(i) + ",10mg,,2025,1\n";
    EXPECT_EQ(history(text).faults.size(), 0U);
    text += "H23010000001,x,10mg,,2025,1\n";
    const ImportedTable table = history(text);
    ASSERT_EQ(table.faults.size(), 1U);
    EXPECT_EQ(table.faults[0].message.key, "fault.rows_too_many");
    EXPECT_EQ(table.faults[0].row, 100'002U);
}

TEST(SheetImport, ManyFaultsAreCounted) {
    std::string text = "hospital,lot,spec,brand,year,quantity\n";
    for (int i = 0; i < 30'000; ++i)
        text += "H23010000001," + std::to_string(i) + ",10mg,,2025,x\n";
    const ImportedTable table = history(text);
    ASSERT_EQ(table.faults.size(), catalogs::sheet::kFaultsDescribedMax + 1);
    EXPECT_EQ(table.faults.back().message.key, "fault.more");
    EXPECT_EQ(table.faults.back().message.arguments.back().second, "10000");
}

std::uint64_t peak_bytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

// A bomb of 100 MB in 100 kB: refused, in memory that has nothing to do with its size.
TEST(SheetImport, BombsAreRefusedInBoundedMemory) {
    Parts parts = workbook_parts({{"历史采购量", row(1, kHeader)}});
    parts["xl/worksheets/sheet1.xml"] += std::string(100U << 20U, ' ');
    const std::string bytes = zipped(parts);
    parts.clear();
    ASSERT_LT(bytes.size(), 2U << 20U);
    const std::uint64_t before = peak_bytes();
    EXPECT_EQ(texts_of(history(bytes)), "! fault.workbook_bomb\n");
    EXPECT_LT(peak_bytes() - before, 16U << 20U);
}

TEST(SheetImport, LargeFilesAreRefusedUnread) {
    const std::string bytes = "PK\x03\x04" + std::string(catalogs::sheet::kFileBytesMax, 'x');
    EXPECT_EQ(texts_of(history(bytes)), "! fault.file_too_large\n");
}

// Cut anywhere, a workbook is a fault and never a crash or half a table.
TEST(SheetImport, CutAnywhere) {
    const std::string rows =
        row(1, kHeader) + row(2, {"H23010000001", "1", "10mg", "甲厂", "2025", "12000"});
    const std::string bytes = workbook({{"历史采购量", rows}});
    ASSERT_EQ(texts_of(history(bytes)), kRead);
    for (std::size_t length = 0; length < bytes.size(); length += 7) {
        const ImportedTable table = history(bytes.substr(0, length));
        ASSERT_FALSE(table.faults.empty()) << length;
    }
}

}  // namespace
}  // namespace jicai::sheet_test
