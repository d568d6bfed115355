#include <catalogs/sheet/import_table.h>
#include <reports/table_workbook.h>

#include <gtest/gtest.h>
#include <tests/sheet/xlsx_maker.h>

namespace jicai::sheet_test {
namespace {

using catalogs::Language;
using catalogs::MessageCatalog;
using catalogs::sheet::import_table;
using catalogs::sheet::ImportedTable;
using catalogs::table_form::find_form;

reports::SayMessage say() {
    return [](const decision::Message& message) {
        return MessageCatalog::builtin().render(Language::zh, message);
    };
}

std::string error_workbook(
    const ImportedTable& table, const catalogs::table_form::TableForm& form
) {
    return reports::to_error_workbook(form, table.uploaded, table.faults, say(), Language::zh);
}

TEST(TemplateWorkbook, EveryTableInBothLanguagesIsReadBackAsEmpty) {
    for (const auto& form : catalogs::table_form::all_forms()) {
        for (const Language language : {Language::zh, Language::en}) {
            const std::string bytes = reports::to_template_workbook(form, language);
            const ImportedTable table = import_table(bytes, "x", form);
            ASSERT_EQ(table.faults.size(), 1U) << form.name;
            EXPECT_EQ(table.faults[0].message.key, "fault.rows_missing") << form.name;
            EXPECT_TRUE(table.warnings.empty()) << form.name;
            EXPECT_EQ(bytes, reports::to_template_workbook(form, language));
        }
    }
}

// What was sent comes back in its order, with its unknown column; the same faults are found in it,
// a row higher where empty rows fell away.
TEST(ErrorWorkbook, SaysTheSameWhenSentAgain) {
    const std::string rows =
        row(1, {"规格", "quantity", "lot", "年度", "hospital", "本院备注", "厂牌"}) +
        row(2, {"10mg", "5", "1", "2025", "H23010000001", "好", ""}) +
        row(3, {"10mg", "-5", "1", "25", "H2301", "=1+1", ""}) +
        row(4, {"1月2日", "7", "2", "2025", "H23010000001", "", ""});
    const auto& form = *find_form("history");
    const ImportedTable sent = import_table(workbook({{"历史", rows}}), "x", form);
    ASSERT_EQ(sent.faults.size(), 4U);
    const ImportedTable again = import_table(error_workbook(sent, form), "x", form);
    EXPECT_EQ(again.uploaded.titles, sent.uploaded.titles);
    ASSERT_EQ(again.uploaded.rows.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        auto cells = again.uploaded.rows[i].cells;
        cells.resize(sent.uploaded.titles.size());
        EXPECT_EQ(cells, sent.uploaded.rows[i].cells);
    }
    ASSERT_EQ(again.faults.size(), sent.faults.size());
    for (std::size_t i = 0; i < sent.faults.size(); ++i) {
        EXPECT_EQ(again.faults[i].message, sent.faults[i].message);
    }
}

TEST(ErrorWorkbook, ASoundTableGoesThroughUnchanged) {
    const auto& form = *find_form("history");
    const std::string csv = "hospital,lot,spec,year,quantity\nH23010000001,1,10mg,2025,5\n";
    const ImportedTable sent = import_table(csv, "x", form);
    const ImportedTable again = import_table(error_workbook(sent, form), "x", form);
    EXPECT_TRUE(again.faults.empty());
    ASSERT_EQ(again.rows.size(), 1U);
    for (std::size_t i = 0; i < form.columns.size(); ++i) {
        EXPECT_EQ(again.rows[0].values[i].text, sent.rows[0].values[i].text);
    }
}

}  // namespace
}  // namespace jicai::sheet_test
