// Every kind of fault, each with the exact row and column, from a workbook or a CSV file.
#include <catalogs/messages/fault_text.h>
#include <catalogs/sheet/import_table.h>
#include <catalogs/sheet/zip_parts.h>

#include <gtest/gtest.h>
#include <tests/sheet/xlsx_maker.h>

#include <set>

namespace jicai::sheet_test {
namespace {

using catalogs::Fault;
using catalogs::Language;
using catalogs::MessageCatalog;
using catalogs::sheet::import_table;
using catalogs::sheet::ImportedTable;
using catalogs::table_form::find_form;
using catalogs::table_form::TableForm;

const TableForm& report_form() {
    static const TableForm form = catalogs::table_form::with_allowed(
        catalogs::table_form::with_allowed(*find_form("volume_report"), "lot", {"1", "007"}),
        "spec",
        {"10mg", "20mg"}
    );
    return form;
}

const std::vector<std::string> kHeader{
    "定点医药机构代码", "品种编号", "规格", "厂牌", "报量（最小单位）", "原因", "说明"};
const std::vector<std::string> kSound{"H23010000001", "1", "10mg", "", "1200", "患者减少", ""};

std::vector<std::string> with(std::size_t column, const std::string& value) {
    std::vector<std::string> cells = kSound;
    cells[column] = value;
    return cells;
}

// A report of two rows; the second is given. Its row in the sheet is 3.
std::string report(const std::vector<std::string>& second, const std::string& after = {}) {
    std::vector<std::string> first = kSound;
    first[0] = "H23010000002";
    return workbook({{"报量表", row(1, kHeader) + row(2, first) + row(3, second), after}});
}

std::string described(const Fault& fault) {
    const std::string cell =
        fault.column_number == 0
            ? std::to_string(fault.row)
            : catalogs::sheet::column_letters(fault.column_number - 1) + std::to_string(fault.row);
    return cell + " " + fault.message.key.substr(6);
}

std::string all_of(const std::vector<Fault>& faults) {
    std::string text;
    for (const Fault& fault : faults) text += (text.empty() ? "" : "; ") + described(fault);
    return text;
}

struct Case {
    std::string bytes;
    std::string expected;
    const TableForm* form = &report_form();
};

std::string csv(const std::string& line) {
    return "code,name,kind,region,parent,expires\n" + line + "\n";
}

// A workbook of one sheet whose row 2 has one sound organisation but for `column`.
std::string organisation(std::size_t column, const std::string& value) {
    std::vector<std::string> cells{
        "91110000802100433B", "某某制药有限公司", "企业", "230100", "", ""};
    cells[column] = value;
    return workbook(
        {{"Sheet1",
          row(1, {"code", "name", "kind", "region", "parent", "expires"}) + row(2, cells)}}
    );
}

std::string product(
    const std::string& code, const std::string& national, const std::string& price
) {
    return workbook(
        {{"产品规格",
          row(1,
              {"国家医保药品代码",
               "药品本位码",
               "通用名",
               "规格",
               "剂型",
               "转换比",
               "企业",
               "包装价（元）"}) +
              row(2, {code, national, "散", "10mg", "散剂", "10", "某某公司", price})}}
    );
}

std::vector<Case> cases() {
    const TableForm* const organisations = find_form("organisations");
    const TableForm* const products = find_form("products");
    const TableForm* const holidays = find_form("holidays");
    const TableForm* const history = find_form("history");
    std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(600, '\0');
    std::string locked = ole;
    for (const char c : std::string("EncryptedPackage")) locked += std::string{c, '\0'};
    Parts binary = workbook_parts({{"x", ""}});
    binary["xl/workbook.bin"] = binary["xl/workbook.xml"];
    binary.erase("xl/workbook.xml");
    Parts doctype = workbook_parts({{"报量表", row(1, kHeader)}});
    doctype["xl/worksheets/sheet1.xml"] =
        "<!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;\">]><worksheet>&b;</worksheet>";
    Parts many;
    for (int i = 0; i < 4100; ++i) many["p" + std::to_string(i)] = "";
    std::string wide = "<row r=\"3\">";
    wide += "<c r=\"IW3\"><v>1</v></c></row>";
    return {
        // the file
        {ole, "0 workbook_old_xls"},
        {locked, "0 workbook_encrypted"},
        {zipped(binary), "0 workbook_other_kind"},
        {zipped({{"word/document.xml", "<x/>"}, {"xl/workbook.xml", "<x/>"}}),
         "0 workbook_other_kind"},
        {report(kSound).substr(0, 900), "0 workbook_damaged"},
        {zipped(doctype), "0 workbook_damaged"},
        {zipped(many), "0 workbook_parts_too_many"},
        {workbook({{"填写说明", ""}, {"x", "", "", true}}), "0 sheet_missing"},
        {workbook({{"甲", ""}, {"乙", ""}}), "0 sheet_ambiguous"},
        {workbook({{"甲", row(1, {"a", "b"}) + row(2, {"1", "2"})}}), "0 header_missing"},
        {"", "0 file_empty"},
        {workbook({{"甲", row(1, kHeader)}}), "1 rows_missing"},
        {workbook(
             {{"甲", row(1, {"定点医药机构代码", "品种编号", "报量（最小单位）"}) + row(2, {"x"})}}
         ),
         "1 column_missing"},
        {workbook({{"甲", row(1, {"定点医药机构代码", "品种编号", "规格", "品种编号", "quantity"})}}
         ),
         "D1 column_duplicated"},
        {report(
             kSound, "<mergeCells><mergeCell ref=\"B3:B4\"/><mergeCell ref=\"A1:B1\"/></mergeCells>"
         ),
         "B3 cells_merged"},
        {workbook({{"报量表", row(1, kHeader) + row(2, kSound) + wide}}), "3 columns_too_many"},
        // formulas and errors
        {report(with(4, "<c><f>SUM(A1)</f></c>")), "E3 formula_without_value"},
        {report(with(4, "<c><f>[1]Sheet1!A1</f><v>5</v></c>")), "E3 formula_other_file"},
        {report(with(4, "<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>")), "E3 cell_excel_error"},
        // codes
        {report(with(0, number("1.2345678901234501E+19"))), "A3 code_excel_exponent"},
        {report(with(0, "1.23457E+13")), "A3 code_excel_exponent"},
        {report(with(0, "Ｈ23010000003")), "A3 code_full_width"},
        {report(with(0, "'H23010000003")), "A3 code_apostrophe"},
        {report(with(0, "23010000003.0")), "A3 code_trailing_point"},
        {report(with(0, "H2301")), "A3 code_form"},
        {report(with(0, " H23010000003")), "A3 cell_blanks"},
        {report(with(
             0,
             "H2301000\xC2\xA0"
             "0003"
         )),
         "A3 cell_invisible"},
        {report(with(1, number("7"))), "B3 code_zeros_lost"},
        {report(with(1, "9")), "B3 value_not_allowed"},
        {report(with(1, "")), "B3 cell_empty"},
        {organisation(3, number("2301")), "D2 code_zeros_lost", organisations},
        {organisation(3, "999999"), "D2 code_form", organisations},
        {product("XA06ADF336P001010105816", "86905816001375", ""), "B2 code_check_digit", products},
        {product("XA06ADF336P00101010581", "", ""), "A2 code_form", products},
        // names and choices
        {report(with(2, number("46024", 2))), "C3 cell_became_date"},
        {report(with(2, "1月2日")), "C3 cell_became_date"},
        {report(with(2, "2-Jan")), "C3 cell_became_date"},
        {report(with(3, std::string(201, 'x'))), "D3 name_too_long"},
        {report(with(3, std::string(5000, 'x'))), "D3 cell_too_long"},
        {report(with(5, "不知道")), "F3 choice_unknown"},
        // numbers and dates
        {report(with(4, number("46024", 1))), "E3 cell_became_date"},
        {report(with(4, "1200.0")), "E3 number_trailing_point"},
        {report(with(4, "1200.5")), "E3 number_not_whole"},
        {report(with(4, "１２00")), "E3 number_full_width"},
        {report(with(4, "1,200")), "E3 number_comma"},
        {report(with(4, "-5")), "E3 number_sign"},
        {report(with(4, "1.2E+5")), "E3 number_exponent"},
        {report(with(4, "约1200")), "E3 number_malformed"},
        {report(with(4, number("1000000000001"))), "E3 number_too_large"},
        {report(with(4, "12 00")), "E3 number_space"},
        {product("XA06ADF336P001010105816", "86905816001374", "1.23456"),
         "H2 number_decimals",
         products},
        {product("XA06ADF336P001010105816", "86905816001374", "0"), "H2 number_zero", products},
        {product("XA06ADF336P001010105816", "86905816001374", "￥5"),
         "H2 number_currency",
         products},
        {organisation(5, "2026-02-30"), "F2 date_malformed", organisations},
        {organisation(5, number("45658.5", 1)), "F2 date_malformed", organisations},
        {csv("91110000802100433B,甲,bureau,2301,,"), "D2 code_zeros_lost", organisations},
        {csv("91110000802100433B,甲,bureau,230100,"), "2 fields", organisations},
        // rows
        {report({"合计", "", "", "", "2400"}), "A3 row_total"},
        {report({"H23010000002", "1", "10mg", "", "5"}), "A3 key_duplicated"},
        {workbook(
             {{"节假日",
               row(1, {"日期", "放假或上班", "假期"}) + row(2, {"2027-01-01", "放假", "元旦"}) +
                   row(3, {"2027-01-04", "调休上班", "元旦"})}}
         ),
         "A3 make_up_not_weekend",
         holidays},
        {workbook(
             {{"历史",
               row(1, {"hospital", "lot", "spec", "year", "quantity"}) +
                   row(2, {"H23010000001", "1", "10mg", "25", "9"})}}
         ),
         "D2 code_form",
         history},
    };
}

TEST(SheetFaults, EachAtItsCell) {
    for (const Case& one : cases()) {
        const ImportedTable table = import_table(one.bytes, "x.xlsx", *one.form);
        if (one.expected == "2 fields") {
            // A CSV line may be shorter than its header: what is missing is empty.
            EXPECT_TRUE(table.faults.empty()) << all_of(table.faults);
            continue;
        }
        EXPECT_EQ(all_of(table.faults), one.expected);
    }
}

TEST(SheetFaults, EachHasASentenceInBothLanguages) {
    std::set<std::string> met;
    std::vector<Fault> faults;
    for (const Case& one : cases()) {
        ImportedTable table = import_table(one.bytes, "x.xlsx", *one.form);
        faults.insert(faults.end(), table.faults.begin(), table.faults.end());
        faults.insert(faults.end(), table.warnings.begin(), table.warnings.end());
    }
    const std::string differs = organisation(0, "91350100M0001TGQXM");
    for (const std::string& bytes : {differs, organisation(4, "甲")}) {
        for (Fault& fault : import_table(bytes, "x", *find_form("organisations")).warnings) {
            faults.push_back(std::move(fault));
        }
    }
    for (Fault& fault :
         import_table(
             product("XA06ADF336P001010105817", "86905816001374", "1"), "x", *find_form("products")
         )
             .warnings) {
        faults.push_back(std::move(fault));
    }
    std::vector<std::string> unknown = kHeader;
    unknown[6] = "备用";
    for (Fault& fault :
         import_table(workbook({{"甲", row(1, unknown) + row(2, kSound)}}), "x", report_form())
             .warnings) {
        faults.push_back(std::move(fault));
    }
    for (const Fault& fault : faults) {
        met.insert(fault.message.key);
        const std::string zh = fault_text(MessageCatalog::builtin(), Language::zh, fault);
        const std::string en = fault_text(MessageCatalog::builtin(), Language::en, fault);
        EXPECT_NE(zh, en) << fault.message.key;
    }
    for (std::size_t i = 0; i < catalogs::text_table::kFaultKinds; ++i) {
        const auto kind = static_cast<catalogs::text_table::FaultKind>(i);
        // Met by the tests of bombs and of large files.
        const bool elsewhere = kind == catalogs::text_table::FaultKind::workbook_bomb ||
                               kind == catalogs::text_table::FaultKind::rows_too_many;
        if (!catalogs::text_table::is_of_sheets(kind)) continue;
        const std::string key(fault_key(kind));
        EXPECT_TRUE(MessageCatalog::builtin().contains(key)) << key;
        EXPECT_TRUE(met.contains(key) || elsewhere) << key;
    }
}

TEST(SheetFaults, WarningsRefuseNothing) {
    const ImportedTable table =
        import_table(organisation(0, "91350100M0001TGQXM"), "x", *find_form("organisations"));
    EXPECT_EQ(all_of(table.faults), "");
    EXPECT_EQ(all_of(table.warnings), "A2 code_check_digit_differs");
    EXPECT_EQ(table.rows.at(0).values.at(0).text, "91350100M0001TGQXM");
}

TEST(SheetFaults, AllInOnePass) {
    std::string rows = row(1, kHeader);
    rows += row(2, {"H2", "9", "1月2日", "", "x", "?", ""});
    rows += row(4, kSound);
    rows += row(5, kSound);
    rows += row(9, {"", "1", "10mg", "", "-1", "", ""});
    EXPECT_EQ(
        all_of(import_table(workbook({{"甲", rows}}), "x", report_form()).faults),
        "A2 code_form; B2 value_not_allowed; C2 cell_became_date; E2 number_malformed; F2 "
        "choice_unknown; "
        "A5 key_duplicated; A9 cell_empty; E9 number_sign"
    );
}

}  // namespace
}  // namespace jicai::sheet_test
