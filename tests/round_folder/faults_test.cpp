#include <catalogs/builtin/builtin.h>
#include <catalogs/messages/fault_text.h>
#include <catalogs/messages/message_catalog.h>
#include <catalogs/round_folder/check_against_rulebook.h>
#include <catalogs/text_table/fault_list.h>
#include <catalogs/rulebook_file/rulebook_file.h>

#include <gtest/gtest.h>
#include <tests/round_folder/small_round.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>

namespace jicai::test {
namespace {

using catalogs::Encoding;
using catalogs::LoadedRound;
using catalogs::LoadOptions;
using catalogs::MessageCatalog;
using catalogs::round_folder::fault_key;
using catalogs::round_folder::FaultKind;

/// Runs of one deed: what is loaded, and all faults it must have, as `listed` prints them.
struct Case {
    std::string name;
    std::function<LoadedRound()> loading;
    std::string faults;
};

Case edit(std::string file, std::string from, std::string to, std::string faults) {
    const std::string name = file + " " + from + " -> " + to;
    return {name, [=] { return load(edited(file, from, to)); }, std::move(faults)};
}

Case whole(std::string file, std::string text, std::string faults, LoadOptions options = {}) {
    return {
        file + " whole: " + text.substr(0, 40),
        [=] {
            Files files = small_round();
            if (options.encoding == Encoding::gb18030) files = gb18030_files(std::move(files));
            files[file] = text;
            return load(std::move(files), options);
        },
        std::move(faults)};
}

Case without(std::string file, std::string faults) {
    return {
        "without " + file,
        [=] {
            Files files = small_round();
            files.erase(file);
            return load(std::move(files));
        },
        std::move(faults)};
}

/// A folder on disk, gone at the end.
class DiskFolder {
public:
    DiskFolder()
        : path_(
              std::filesystem::temp_directory_path() /
              ("jicai_round_folder_test_" + std::to_string(::getpid()))
          ) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
        for (const auto& [name, text] : small_round()) {
            std::ofstream(path_ / name, std::ios::binary) << text;
        }
    }
    ~DiskFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    DiskFolder(const DiskFolder&) = delete;
    DiskFolder& operator=(const DiskFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

LoadOptions gb18030() {
    LoadOptions options;
    options.encoding = Encoding::gb18030;
    return options;
}

LoadOptions two_regions() {
    LoadOptions options;
    options.regions = {"上海", "天津"};
    return options;
}

// 甲 in GB18030 is BC D7, 药 D2 A9, 业 D2 B5.
constexpr const char* kGbBidders = "supplier,name\n\xBC\xD7,\xBC\xD7\n\xD2\xA9,\xD2\xA9\n";

std::string lines(std::size_t count, const std::string& line) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += line;
    return text;
}

// ---- files, encodings, shape ----

std::vector<Case> file_cases() {
    std::vector<Case> cases{
        without("lots.csv", "lots.csv:0  [] fault.file_missing\n"),
        without("specs.csv", "specs.csv:0  [] fault.file_missing\n"),
        without("demand.csv", "demand.csv:0  [] fault.file_missing\n"),
        without("bidders.csv", "bidders.csv:0  [] fault.file_missing\n"),
        without("bids.csv", "bids.csv:0  [] fault.file_missing\n"),
        without("round.toml", "round.toml:0  [] fault.file_missing\n"),
        whole("lots.csv", "", "lots.csv:0  [] fault.file_empty\n"),
        whole("lots.csv", "\xEF\xBB\xBF\n\n", "lots.csv:0  [] fault.file_empty\n"),
        whole("bids.csv", "PK\x03\x04zzzz", "bids.csv:0  [] fault.file_spreadsheet\n"),
        whole(
            "bids.csv",
            "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
            "bids.csv:0  [] fault.file_spreadsheet\n"
        ),
        whole("demand.csv", "PK\x03\x04zzzz", "demand.csv:0  [] fault.file_spreadsheet\n"),
        whole("bids.csv", "\xFF\xFEl", "bids.csv:0  [] fault.file_utf16\n"),
        whole("bids.csv", "\xFE\xFF", "bids.csv:0  [] fault.file_utf16\n"),
        edit(
            "bids.csv",
            "table",
            std::string("ta\0ble", 6),
            "bids.csv:2  [1,甲药业,50mg,50,普通片,30,5.42,bid,ta\\x00ble,,,5.4,,,12] "
            "fault.file_nul\n"
        ),
        edit(
            "demand.csv",
            "H02",
            std::string("H\0", 2),
            "demand.csv:3  [1,50mg,北京,500,H\\x00,] fault.file_nul\n"
        ),
        whole("bidders.csv", kGbBidders, "bidders.csv:2  [甲,甲] fault.encoding_looks_gb18030\n"),
        edit(
            "demand.csv",
            "1,100mg,上海",
            "1,100mg,\xC9\xCF\xBA\xA3",
            "demand.csv:4  [1,100mg,\\xC9Ϻ\\xA3,0,,] fault.encoding_mixed\n"
        ),
        edit(
            "bidders.csv",
            "丙药业,丙药业",
            "\xBC\xD7,\xBC\xD7",
            "bidders.csv:4  [\\xBC\\xD7,\\xBC\\xD7有限公司,,,] fault.encoding_mixed\n"
        ),
        whole(
            "bidders.csv",
            "supplier,name\na,b\n\xFF\xFF,x\n",
            "bidders.csv:3  [\\xFF\\xFF,x] fault.encoding_invalid\n"
        ),
        whole(
            "bidders.csv",
            "supplier,name\na,b\n\xFF\xFF,x\n",
            "bidders.csv:3  [\\xFF\\xFF,x] fault.encoding_not_gb18030\n",
            gb18030()
        ),
        whole(
            "bidders.csv",
            "supplier,name\na,b\n药,x\n",
            "bidders.csv:3  [药,x] fault.encoding_is_utf8\n",
            gb18030()
        ),
        edit(
            "bids.csv",
            "pack_units,pack_price",
            "units,price",
            "bids.csv:1 pack_units [] fault.column_missing\n"
            "bids.csv:1 pack_price [] fault.column_missing\n"
        ),
        edit(
            "demand.csv", "quantity", "Quantity", "demand.csv:1 quantity [] fault.column_missing\n"
        ),
        edit("bids.csv", "product,", "form,", "bids.csv:1 form [] fault.column_duplicated\n"),
        edit("hospitals.csv", "level", "level,", "hospitals.csv:1  [] fault.column_unnamed\n"),
        whole(
            "lots.csv", "lot" + lines(256, ",x") + "\n", "lots.csv:1  [] fault.columns_too_many\n"
        ),
        whole(
            "hospitals.csv",
            "hospital,name,region,level\rH01,一院,北京,三级\r",
            "hospitals.csv:1  [level\\r] fault.csv_bare_cr\n"
        ),
        edit("bids.csv", "table", "ta\"ble", "bids.csv:2  [ta\"] fault.csv_quote_in_field\n"),
        edit(
            "bids.csv",
            "table",
            "\"ta\"ble",
            "bids.csv:2  [\"ta\"ble,,,5.4,,,12] fault.csv_text_after_quote\n"
        ),
        edit(
            "hospitals.csv",
            "二院",
            "\"二院",
            "hospitals.csv:3  [\"二院,北京,] fault.csv_quote_unclosed\n"
        ),
        edit("lots.csv", "100,general,\n", "100\n", "lots.csv:2  [1] fault.fields_too_few\n"),
        edit("bids.csv", "5.42", "5,042", "bids.csv:2  [1] fault.fields_too_many\n"),
        edit("demand.csv", "500", "5,00", "demand.csv:3  [1] fault.fields_too_many\n"),
        edit("demand.csv", ",500,H02,", "", "demand.csv:3  [1] fault.fields_too_few\n"),
        whole("demand.csv", "lot,spec,region,quantity\n", "demand.csv:0  [] fault.rows_missing\n"),
        whole(
            "bids.csv",
            "lot,supplier,spec,content_mg,form,pack_units,pack_price,participation,evidence\n",
            "bids.csv:0  [] fault.rows_missing\n"
        ),
        whole(
            "hospitals.csv",
            "hospital;name;region;level\n",
            "hospitals.csv:1  [hospital;name;region;level] fault.separator_other\n"
        ),
        whole(
            "demand.csv",
            "lot\tspec\tregion\tquantity\n1\t50mg\t北京\t1\n",
            "demand.csv:1  [lot\\tspec\\tregion\\tquantity] fault.separator_other\n"
        ),
        edit(
            "demand.csv", "region", "地区", "demand.csv:1 region [地区] fault.column_in_chinese\n"
        ),
        edit(
            "demand.csv",
            "lot,spec",
            "品种,规格",
            "demand.csv:1 lot [品种] fault.column_in_chinese\n"
            "demand.csv:1 spec [规格] fault.column_in_chinese\n"
        ),
    };
    cases.push_back(
        {"folder missing",
         [] { return catalogs::load_round_folder(std::filesystem::path("/nonexistent/r")); },
         "/nonexistent/r:0  [] fault.folder_missing\n"}
    );
    cases.push_back(
        {"file unreadable",
         [] {
             const DiskFolder folder;
             std::filesystem::remove(folder.path() / "packs.csv");
             std::filesystem::create_directory(folder.path() / "packs.csv");
             return catalogs::load_round_folder(folder.path());
         },
         "packs.csv:0  [] fault.file_unreadable\n"}
    );
    cases.push_back(
        {"file too large",
         [] {
             const DiskFolder folder;
             std::filesystem::resize_file(folder.path() / "bids.csv", catalogs::kTableBytesMax + 1);
             std::filesystem::resize_file(
                 folder.path() / "demand.csv", catalogs::kDemandBytesMax + 1
             );
             return catalogs::load_round_folder(folder.path());
         },
         "demand.csv:0  [] fault.file_too_large\nbids.csv:0  [] fault.file_too_large\n"}
    );
    cases.push_back(
        {"misnamed",
         [] {
             Files files = small_round();
             files["Events.CSV"] = files.at("events.csv");
             files.erase("events.csv");
             files["lots.xlsx"] = files.at("lots.csv");
             files.erase("lots.csv");
             return load(std::move(files));
         },
         "lots.csv:0  [lots.xlsx] fault.file_misnamed\n"
         "events.csv:0  [Events.CSV] fault.file_misnamed\n"}
    );
    cases.push_back(
        {"nearly named",
         [] {
             Files files = small_round();
             files["bid.csv"] = files.at("bids.csv");
             files.erase("bids.csv");
             files["parameters.tom"] = files.at("parameters.toml");
             files.erase("parameters.toml");
             return load(std::move(files));
         },
         "bids.csv:0  [bid.csv] fault.file_misnamed\n"
         "parameters.toml:0  [parameters.tom] fault.file_misnamed\n"}
    );
    cases.push_back(
        {"reading stopped",
         [] {
             LoadedRound loaded = load(with_file(
                 "demand.csv", "lot,spec,region,quantity\n" + lines(100'100, "1,50mg,北京,x\n")
             ));
             loaded.faults.erase(loaded.faults.begin(), loaded.faults.end() - 1);
             return loaded;
         },
         "demand.csv:100002  [] fault.reading_stopped\n"}
    );
    cases.push_back(
        {"more",
         [] {
             return load(with_file(
                 "hospitals.csv", "hospital,name,region,level\n" + lines(1001, ",n,r,l\n")
             ));
         },
         [] {
             std::string all;
             for (int row = 2; row < 1002; ++row) {
                 all += "hospitals.csv:" + std::to_string(row) + " hospital [] fault.cell_empty\n";
             }
             return all;
         }() +
             "hospitals.csv:0  [] fault.more\n"}
    );
    return cases;
}

// ---- cells ----

std::vector<Case> cell_cases() {
    return {
        edit("lots.csv", "阿卡波糖", "", "lots.csv:2 name [] fault.cell_empty\n"),
        edit(
            "lots.csv",
            "1,阿卡波糖,general,普通片",
            "1,阿卡波糖,general,",
            "lots.csv:2 base_form [] fault.cell_empty\n"
        ),
        edit("demand.csv", ",500,", ",,", "demand.csv:3 quantity [] fault.cell_empty\n"),
        edit(
            "bids.csv", "50,普通片,30", ",普通片,30", "bids.csv:2 content_mg [] fault.cell_empty\n"
        ),
        edit("bids.csv", "普通片,30", ",30", "bids.csv:2 form [] fault.cell_empty\n"),
        edit("bids.csv", "普通片,30", "普通片,", "bids.csv:2 pack_units [] fault.cell_empty\n"),
        edit("events.csv", "断供", "", "events.csv:5 reason [] fault.cell_empty\n"),
        edit("lots.csv", "\n10,布", "\n 10,布", "lots.csv:4 lot [ 10] fault.cell_blanks\n"),
        edit(
            "demand.csv", "上海,0", "上海　,0", "demand.csv:4 region [上海　] fault.cell_blanks\n"
        ),
        edit("demand.csv", "H02", "H02 ", "demand.csv:3 hospital [H02 ] fault.cell_blanks\n"),
        edit(
            "demand.csv",
            "H02",
            "\xC2\xA0H02",
            "demand.csv:3 hospital [\xC2\xA0H02] fault.cell_blanks\n"
        ),
        edit(
            "bidders.csv",
            "国产",
            lines(4001, "x"),
            "bidders.csv:2 origin [" + lines(80, "x") + "…] fault.cell_too_long\n"
        ),
        edit(
            "demand.csv",
            "H02",
            "1.2E+19",
            "demand.csv:3 hospital [1.2E+19] fault.code_excel_exponent\n"
        ),
        edit(
            "bidders.csv", "C1", "4E+12", "bidders.csv:2 code [4E+12] fault.code_excel_exponent\n"
        ),
        edit("bidders.csv", "C1", "#N/A", "bidders.csv:2 code [#N/A] fault.cell_excel_error\n"),
        edit("demand.csv", "H02", "####", "demand.csv:3 hospital [####] fault.cell_excel_error\n"),
        edit(
            "demand.csv", "500", "#####", "demand.csv:3 quantity [#####] fault.cell_excel_error\n"
        ),
        edit(
            "demand.csv",
            "500",
            "1.2E+19",
            "demand.csv:3 quantity [1.2E+19] fault.number_exponent\n"
        ),
        edit("bids.csv", "5.42", "\"5,042\"", "bids.csv:2 pack_price [5,042] fault.number_comma\n"),
        edit(
            "demand.csv", "500", "\"1,500\"", "demand.csv:3 quantity [1,500] fault.number_comma\n"
        ),
        edit("bids.csv", "5.42", "¥5.42", "bids.csv:2 pack_price [¥5.42] fault.number_currency\n"),
        edit(
            "bids.csv", "5.42", "5.42元", "bids.csv:2 pack_price [5.42元] fault.number_currency\n"
        ),
        edit(
            "bids.csv", "5.42", "５.42", "bids.csv:2 pack_price [５.42] fault.number_full_width\n"
        ),
        edit("bids.csv", "5.42", " 5.42", "bids.csv:2 pack_price [ 5.42] fault.number_space\n"),
        edit("bids.csv", "5.42", "-5.42", "bids.csv:2 pack_price [-5.42] fault.number_sign\n"),
        edit("demand.csv", "500", "-500", "demand.csv:3 quantity [-500] fault.number_sign\n"),
        edit("bids.csv", "5.42", "5.4.2", "bids.csv:2 pack_price [5.4.2] fault.number_malformed\n"),
        edit("bids.csv", "5.42", ".42", "bids.csv:2 pack_price [.42] fault.number_malformed\n"),
        edit("demand.csv", "500", "many", "demand.csv:3 quantity [many] fault.number_malformed\n"),
        edit("bids.csv", "5.42", "5.421", "bids.csv:2 pack_price [5.421] fault.number_decimals\n"),
        edit(
            "specs.csv",
            "0.8353",
            "0.83531",
            "specs.csv:2 ceiling [0.83531] fault.number_decimals\n"
        ),
        edit(
            "specs.csv",
            "162.5,",
            "162.5000001,",
            "specs.csv:6 content_mg [162.5000001] fault.number_decimals\n"
        ),
        edit(
            "demand.csv", "500", "500.5", "demand.csv:3 quantity [500.5] fault.number_not_whole\n"
        ),
        edit(
            "bids.csv",
            "普通片,30",
            "普通片,30.5",
            "bids.csv:2 pack_units [30.5] fault.number_not_whole\n"
        ),
        edit(
            "bids.csv",
            "5.42",
            "100000000.01",
            "bids.csv:2 pack_price [100000000.01] fault.number_too_large\n"
        ),
        edit(
            "bids.csv",
            "5.42",
            "99999999999999999999",
            "bids.csv:2 pack_price [99999999999999999999] fault.number_too_large\n"
        ),
        edit(
            "demand.csv",
            "500",
            "1000000000001",
            "demand.csv:3 quantity [1000000000001] fault.number_too_large\n"
        ),
        edit(
            "bids.csv",
            "普通片,30",
            "普通片,1000001",
            "bids.csv:2 pack_units [1000001] fault.number_too_large\n"
        ),
        edit("bids.csv", "5.42", "0.00", "bids.csv:2 pack_price [0.00] fault.number_zero\n"),
        edit("bids.csv", "普通片,30", "普通片,0", "bids.csv:2 pack_units [0] fault.number_zero\n"),
        edit(
            "lots.csv",
            "restricted,注射液,1,",
            "restricted,注射液,0,",
            "lots.csv:3 quantity_step [0] fault.number_zero\n"
        ),
        edit("specs.csv", "是", "yes", "specs.csv:4 main_spec [yes] fault.flag_unknown\n"),
        edit(
            "events.csv",
            "2020-06-01",
            "2020-02-30",
            "events.csv:5 at [2020-02-30] fault.date_malformed\n"
        ),
        edit(
            "events.csv",
            "T10:30",
            "T24:30",
            "events.csv:2 at [2020-01-17T24:30] fault.date_malformed\n"
        ),
        edit(
            "round.toml",
            "2020-01-17",
            "\"2020-1-17\"",
            "round.toml:5 opening [2020-1-17] fault.date_malformed\n"
        ),
    };
}

// ---- rows against each other ----

std::vector<Case> reference_cases() {
    return {
        edit(
            "lots.csv",
            "\n10,布",
            "\n1,布",
            "lots.csv:4 lot [1] fault.key_duplicated\n"
            "specs.csv:6 lot [10] fault.lot_unknown\n"
            "demand.csv:6 lot [10] fault.lot_unknown\n"
        ),
        edit(
            "specs.csv",
            "1,100mg",
            "1,50mg",
            "specs.csv:3 lot, spec [1, 50mg] fault.key_duplicated\n"
            "demand.csv:4 spec [100mg] fault.spec_unknown\n"
        ),
        edit(
            "demand.csv",
            "500,H02",
            "500,H01",
            "demand.csv:3 lot, spec, region, hospital, supplier [1, 50mg, 北京, H01, ] "
            "fault.key_duplicated\n"
        ),
        edit(
            "bids.csv",
            "1,丙药业",
            "1,甲药业",
            "bids.csv:4 lot, supplier, product [1, 甲药业, ] fault.key_duplicated\n"
        ),
        edit(
            "packs.csv",
            "100mg,100,30,,铝塑,",
            "50mg,50.0,30,,铝塑,0.30",
            "packs.csv:3 lot, supplier, product, form, spec, content_mg, pack_units, fill_ml, "
            "material, daily_dose [1, 甲药业, 片, 普通片, 50mg, 50, 30, , 铝塑, 0.3] "
            "fault.key_duplicated\n"
        ),
        edit("events.csv", "\n5,1", "\n4,1", "events.csv:6 seq [4] fault.key_duplicated\n"),
        edit(
            "preferences.csv",
            "2,北京",
            "1,北京",
            "preferences.csv:3 lot, supplier, order [1, 甲药业, 1] fault.key_duplicated\n"
        ),
        edit(
            "hospitals.csv",
            "\nH02",
            "\nH01",
            "hospitals.csv:3 hospital [H01] fault.key_duplicated\n"
        ),
        edit("bids.csv", "\n2,甲", "\n3,甲", "bids.csv:5 lot [3] fault.lot_unknown\n"),
        edit("demand.csv", "\n2,0.2mg", "\n3,0.2mg", "demand.csv:5 lot [3] fault.lot_unknown\n"),
        edit("bids.csv", "50mg,50", "60mg,50", "bids.csv:2 spec [60mg] fault.spec_unknown\n"),
        edit(
            "demand.csv", "10,162.5mg", "10,162mg", "demand.csv:6 spec [162mg] fault.spec_unknown\n"
        ),
        edit(
            "bids.csv",
            "50mg,50",
            "162.5mg,162.5",
            "bids.csv:2 spec [162.5mg] fault.spec_of_other_lot\n"
        ),
        edit(
            "bids.csv",
            ",,100,",
            ",,75,",
            "bids.csv:3 content_mg [75] fault.spec_not_found_by_content\n"
        ),
        edit(
            "bids.csv",
            "2,甲药业,0.2mg,0.20",
            "2,甲药业,,0.20",
            "bids.csv:5 content_mg [0.20] fault.spec_ambiguous\n"
        ),
        edit(
            "bids.csv",
            "50mg,50",
            "50mg,50.1",
            "bids.csv:2 content_mg [50.1] fault.spec_content_differs\n"
        ),
        edit(
            "lots.csv",
            "10,布洛芬,general,普通片,100,,\n",
            "10,布洛芬,general,普通片,100,,\n11,新,general,普通片,100,,\n",
            "lots.csv:5 lot [11] fault.lot_without_spec\n"
        ),
        edit(
            "specs.csv",
            "1.4200,,",
            "1.4200,IU,",
            "specs.csv:3 content_unit [IU] fault.content_unit_differs\n"
        ),
        edit(
            "bids.csv",
            "1,丙药业",
            "1,丁药业",
            "bids.csv:4 supplier [丁药业] fault.supplier_unknown\n"
        ),
        edit(
            "packs.csv",
            "1,甲药业,片,普通片,100mg",
            "1,丁,片,普通片,100mg",
            "packs.csv:3 supplier [丁] fault.supplier_unknown\n"
        ),
        edit(
            "demand.csv",
            "H01,甲药业",
            "H01,丁",
            "demand.csv:5 supplier [丁] fault.supplier_unknown\n"
        ),
        edit(
            "events.csv",
            "乙药业|甲药业",
            "乙药业|丁",
            "events.csv:3 value [丁] fault.supplier_unknown\n"
        ),
        edit(
            "events.csv",
            "甲药业,北京",
            "甲药业,广东",
            "events.csv:4 value [广东] fault.region_unknown\n"
        ),
        edit(
            "preferences.csv",
            "2,北京",
            "2,广东",
            "preferences.csv:3 region [广东] fault.region_unknown\n"
        ),
        {"regions of the rulebook",
         [] {
             Files files = small_round();
             files.erase("events.csv");
             files.erase("preferences.csv");
             return load(std::move(files), two_regions());
         },
         "lots.csv:3 regions [北京] fault.region_unknown\n"
         "demand.csv:2 region [北京] fault.region_unknown\n"
         "demand.csv:3 region [北京] fault.region_unknown\n"
         "demand.csv:6 region [北京] fault.region_unknown\n"
         "bids.csv:3 regions [北京] fault.region_unknown\n"},
        edit(
            "lots.csv",
            "北京|上海",
            "北京|北京",
            "lots.csv:3 regions [北京] fault.region_repeated\n"
        ),
        edit(
            "preferences.csv",
            "2,北京",
            "2,上海",
            "preferences.csv:3 region [上海] fault.region_repeated\n"
        ),
        edit(
            "bids.csv",
            "5.42,bid",
            "5.42,yes",
            "bids.csv:2 participation [yes] fault.participation_unknown\n"
        ),
        edit(
            "bids.csv",
            "5.42,bid",
            "5.42,absent",
            "bids.csv:2 pack_price [5.42] fault.absent_with_price\n"
        ),
        edit(
            "events.csv",
            "substitute",
            "replace",
            "events.csv:6 event [replace] fault.event_unknown\n"
        ),
        edit(
            "events.csv",
            "requote,乙药业",
            "requote,",
            "events.csv:2 supplier [] fault.event_supplier_missing\n"
        ),
        edit(
            "events.csv",
            "region_pick,甲药业,北京",
            "region_pick,甲药业,",
            "events.csv:4 value [] fault.event_value_missing\n"
        ),
        edit(
            "events.csv",
            "乙药业|甲药业",
            "乙药业",
            "events.csv:3 value [乙药业] fault.event_value_missing\n"
        ),
        edit("events.csv", "5.40", "5.401", "events.csv:2 value [5.401] fault.number_decimals\n"),
        edit(
            "events.csv",
            "乙药业|甲药业",
            "乙药业|甲药业|乙药业",
            "events.csv:3 value [乙药业] fault.event_suppliers_repeated\n"
        ),
        edit(
            "events.csv",
            "execution",
            "later",
            "events.csv:5 value [later] fault.event_phase_unknown\n"
        ),
    };
}

Case sum_case() {
    std::string text = "lot,spec,region,quantity,hospital\n2,0.2mg,上海,1,\n10,162.5mg,上海,1,\n";
    for (int i = 0; i < 1001; ++i) {
        text += "1,50mg,北京,1000000000000,H" + std::to_string(i) + "\n";
    }
    return whole(
        "demand.csv",
        text,
        "demand.csv:0 quantity [> 1000000000000000] fault.demand_sum_too_large\n"
    );
}

// ---- against the rulebook ----

rules::Rulebook builtin_rulebook(const std::string& id) {
    auto loaded = catalogs::load_rulebook(*catalogs::find_rulebook(id), id);
    if (!loaded.rulebook) throw std::logic_error("not loaded: " + id);
    return *std::move(loaded.rulebook);
}

/// The small round as gy-yd2019-2 takes it: general classes only, all its tie keys given.
Files tied_round() {
    Files files = edited("lots.csv", "restricted,注射液,1,one_year", "general,注射液,1,general");
    std::string& bids = files.at("bids.csv");
    bids =
        replaced(bids, "supply_provinces", "supply_provinces,sales_volume,evaluation_date,own_api");
    bids = replaced(bids, ",12\n", ",12,100.5,2018-07-24,1\n");
    bids = replaced(bids, ",3\n", ",3,0,2020-02-29,否\n");
    bids = replaced(bids, "absent,,,,,,,\n", "absent,,,,,,,,,,\n");
    bids = replaced(bids, "0.5,,\n", "0.5,,,,,\n");
    return files;
}

LoadedRound checked(Files files, const std::vector<std::string>& rulebooks = {"gy-yd2019-2"}) {
    LoadedRound loaded = load(std::move(files));
    if (!loaded.round) return loaded;
    std::vector<rules::Rulebook> all;
    for (const std::string& id : rulebooks) all.push_back(builtin_rulebook(id));
    std::vector<const rules::Rulebook*> pointers;
    for (const rules::Rulebook& one : all) pointers.push_back(&one);
    loaded.faults = catalogs::check_against_rulebooks(*loaded.round, pointers);
    if (!loaded.faults.empty()) loaded.round.reset();
    return loaded;
}

Case against(std::string file, std::string from, std::string to, std::string faults) {
    const std::string name = file + " against the rulebook: " + from + " -> " + to;
    return {
        name,
        [=] {
            Files files = tied_round();
            files.at(file) = replaced(files.at(file), from, to);
            return checked(std::move(files));
        },
        std::move(faults)};
}

Case bad_tie(std::string from, std::string to, std::string column, std::string key) {
    std::string fault = "bids.csv:2 " + column + " [" + to + "] fault." + key + "\n";
    return against("bids.csv", "," + from, "," + to, std::move(fault));
}

std::vector<Case> rulebook_cases() {
    return {
        bad_tie("100.5", "1E3", "sales_volume", "number_exponent"),
        bad_tie("100.5", "-1", "sales_volume", "number_sign"),
        bad_tie("100.5", "many", "sales_volume", "number_malformed"),
        bad_tie("100.5", "1.1234567", "sales_volume", "number_decimals"),
        bad_tie("100.5", "1000000000000.1", "sales_volume", "number_too_large"),
        bad_tie("2018-07-24", "2019-02-30", "evaluation_date", "tie_date_malformed"),
        bad_tie("2018-07-24", "2019-02-29", "evaluation_date", "tie_date_malformed"),
        bad_tie("2018-07-24", "2018-99-99", "evaluation_date", "tie_date_malformed"),
        bad_tie("2018-07-24", "2019/5/1", "evaluation_date", "tie_date_malformed"),
        bad_tie("2018-07-24", "2018-07-24T09:30", "evaluation_date", "tie_date_malformed"),
        against(
            "bids.csv",
            "2018-07-24,1\n",
            "2018-07-24,yes\n",
            "bids.csv:2 own_api [yes] fault.tie_flag_unknown\n"
        ),
        against(
            "bids.csv",
            "2020-02-29,否\n",
            "2020-02-29,2\n",
            "bids.csv:3 own_api [2] fault.tie_flag_unknown\n"
        ),
        against(
            "bids.csv",
            "supply_provinces",
            "supply_province",
            "bids.csv:1 supply_province [supply_province] fault.tie_column_near\n"
        ),
        against(
            "bids.csv", "own_api", "Own_Api", "bids.csv:1 Own_Api [Own_Api] fault.tie_column_near\n"
        ),
        against(
            "bids.csv",
            "sales_volume",
            "2018年销量",
            "bids.csv:1 2018年销量 [2018年销量] fault.tie_column_near\n"
        ),
        against(
            "lots.csv",
            "阿卡波糖,general",
            "阿卡波糖,restricted",
            "lots.csv:2 volume_class [restricted] fault.volume_class_unknown\n"
        ),
        against(
            "lots.csv",
            "注射液,1,general",
            "注射液,1,one_year",
            "lots.csv:3 term_class [one_year] fault.term_class_unknown\n"
        ),
        {"all against the rulebook in one pass",
         [] {
             Files files = tied_round();
             std::string& lots = files.at("lots.csv");
             lots = replaced(lots, "布洛芬,general", "布洛芬,x");
             std::string& bids = files.at("bids.csv");
             bids = replaced(bids, "2018-07-24,1\n", "20180724,Y\n");
             bids = replaced(bids, ",3,0,", ",三,0,");
             return checked(std::move(files));
         },
         "lots.csv:4 volume_class [x] fault.volume_class_unknown\n"
         "bids.csv:2 evaluation_date [20180724] fault.tie_date_malformed\n"
         "bids.csv:2 own_api [Y] fault.tie_flag_unknown\n"
         "bids.csv:3 supply_provinces [三] fault.number_malformed\n"},
    };
}

// ---- TOML ----

std::vector<Case> toml_cases() {
    return {
        edit("round.toml", "id = ", "id == ", "round.toml:1  [] fault.round_toml_syntax\n"),
        edit(
            "round.toml",
            "id = \"T-1\"",
            "id = \"T-1\"\nid = \"T-2\"",
            "round.toml:2  [] fault.round_toml_syntax\n"
        ),
        edit(
            "round.toml",
            "opening",
            "open",
            "round.toml:0 opening [] fault.round_toml_key_missing\n"
            "round.toml:5 open [open] fault.round_toml_key_unknown\n"
        ),
        edit("round.toml", "\"试验\"", "5", "round.toml:2 title [] fault.round_toml_not_text\n"),
        edit("round.toml", "\"试验\"", "\"\"", "round.toml:2 title [] fault.round_toml_not_text\n"),
        edit("round.toml", "drug", "food", "round.toml:3 kind [food] fault.round_kind_unknown\n"),
        edit(
            "parameters.toml",
            "who",
            "whom",
            "parameters.toml:1 given.\"entry.max_entrants\".who [] fault.round_toml_key_missing\n"
            "parameters.toml:3 given.\"entry.max_entrants\".whom [whom] "
            "fault.round_toml_key_unknown\n"
        ),
        edit(
            "parameters.toml",
            "{ 2 = 1, 1 = 1, \"3+\" = 2 }",
            "1.8",
            "parameters.toml:2 given.\"entry.max_entrants\".value [1.8] "
            "fault.round_toml_inexact_number\n"
        ),
        edit(
            "parameters.toml",
            "[given.\"entry.max_entrants\"]",
            "[entry]",
            "parameters.toml:1 entry [entry] fault.round_toml_key_unknown\n"
        ),
    };
}

std::vector<Case> all_cases() {
    std::vector<Case> all = file_cases();
    for (auto& part : {cell_cases(), reference_cases(), rulebook_cases(), toml_cases()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    all.push_back(sum_case());
    return all;
}

TEST(Faults, SmallRoundIsSound) {
    const LoadedRound loaded = load(small_round());
    EXPECT_EQ(listed(loaded.faults), "");
    EXPECT_TRUE(loaded.round.has_value());
}

TEST(Faults, EachIsNamedByFileRowColumnAndValue) {
    for (const Case& one : all_cases()) {
        const LoadedRound loaded = one.loading();
        EXPECT_EQ(listed(loaded.faults), one.faults) << one.name;
        EXPECT_NE(loaded.round.has_value(), !loaded.faults.empty()) << one.name;
    }
}

TEST(Faults, EachKindHasACaseAndASentenceInBothLanguages) {
    std::set<std::string> met;
    for (const Case& one : all_cases()) {
        for (const catalogs::Fault& fault : one.loading().faults) {
            met.insert(fault.message.key);
            const std::string zh =
                catalogs::fault_text(MessageCatalog::builtin(), catalogs::Language::zh, fault);
            const std::string en =
                catalogs::fault_text(MessageCatalog::builtin(), catalogs::Language::en, fault);
            EXPECT_NE(zh, en) << fault.message.key;
        }
    }
    for (std::size_t i = 0; i < catalogs::round_folder::kFaultKinds; ++i) {
        if (catalogs::text_table::is_of_sheets(static_cast<FaultKind>(i))) continue;
        const std::string key(fault_key(static_cast<FaultKind>(i)));
        EXPECT_TRUE(met.contains(key)) << key;
        EXPECT_TRUE(MessageCatalog::builtin().contains(key)) << key;
    }
}

TEST(Faults, TieKeysAndClassesOfTheRulebookAreSound) {
    EXPECT_EQ(listed(checked(tied_round()).faults), "");
    for (const auto& [from, to] : std::vector<std::array<const char*, 2>>{
             {",100.5,", ",,"},
             {",100.5,", ",1.123456,"},
             {",100.5,", ",1000000000000,"},
             {",2018-07-24,", ",,"},
             {",2018-07-24,1\n", ",2018-07-24,true\n"},
             {",2018-07-24,1\n", ",2018-07-24,\n"},
             {"own_api", "own_factory"},
         }) {
        Files files = tied_round();
        files.at("bids.csv") = replaced(files.at("bids.csv"), from, to);
        EXPECT_EQ(listed(checked(std::move(files)).faults), "") << from << " -> " << to;
    }
}

TEST(Faults, AFormThePriceRatioRuleDoesNotKnowIsNoFault) {
    Files files = tied_round();
    files.at("lots.csv") =
        replaced(files.at("lots.csv"), "阿卡波糖,general,普通片", "阿卡波糖,general,糖");
    EXPECT_EQ(listed(checked(std::move(files)).faults), "");
}

TEST(Faults, OfTwoRulebooksEitherMayKnowAClassAndBothTheirKeys) {
    const std::vector<std::string> both{"gy-yd2019-2", "gy-yd2021-2"};
    Files files = tied_round();
    files.at("lots.csv") = replaced(files.at("lots.csv"), "阿卡波糖,general", "阿卡波糖,reduced");
    EXPECT_EQ(listed(checked(files, both).faults), "");
    files.at("bids.csv") = replaced(files.at("bids.csv"), "own_api", "credit_rate");
    EXPECT_EQ(
        listed(checked(files, both).faults),
        "bids.csv:1 credit_rate [credit_rate] fault.tie_column_near\n"
    );
}

TEST(Faults, OfAllFilesInOnePass) {
    Files files = small_round();
    files.at("bids.csv") = replaced(files.at("bids.csv"), "5.42", "5.421");
    files.at("bids.csv") = replaced(files.at("bids.csv"), "1,丙药业", "1,丁");
    files.at("events.csv") = replaced(files.at("events.csv"), "execution", "later");
    files.at("round.toml") = replaced(files.at("round.toml"), "drug", "food");
    EXPECT_EQ(
        listed(load(files).faults),
        "round.toml:3 kind [food] fault.round_kind_unknown\n"
        "bids.csv:2 pack_price [5.421] fault.number_decimals\n"
        "bids.csv:4 supplier [丁] fault.supplier_unknown\n"
        "events.csv:5 value [later] fault.event_phase_unknown\n"
    );
}

TEST(Faults, AFileThatCannotBeReadCausesNoFaultsElsewhere) {
    for (const char* file : {"lots.csv", "specs.csv", "bidders.csv", "demand.csv", "bids.csv"}) {
        Files files = small_round();
        files.at(file) = "x" + files.at(file);
        const LoadedRound loaded = load(std::move(files));
        ASSERT_EQ(loaded.faults.size(), 1U) << listed(loaded.faults);
        EXPECT_EQ(loaded.faults[0].message.key, "fault.column_missing");
        EXPECT_EQ(loaded.faults[0].file, file);
    }
}

TEST(Faults, BoundsThemselvesAreAllowed) {
    for (const auto& [file, from, to] : std::vector<std::array<const char*, 3>>{
             {"bids.csv", "5.42", "100000000.00"},
             {"bids.csv", "5.42", "0.01"},
             {"bids.csv", "5.42", "5.420000"},
             {"demand.csv", "500", "1000000000000"},
             {"demand.csv", "500", "0"},
             {"demand.csv", "500", "500.00"},
             {"bids.csv", "普通片,30", "普通片,1000000"},
             {"bids.csv", "普通片,30", "普通片,1"},
             {"specs.csv", "0.8353", "100000000"},
             {"specs.csv", "162.5,", "162.500000,"},
             {"bidders.csv", "国产", ""},
         }) {
        EXPECT_EQ(listed(load(edited(file, from, to)).faults), "") << from << " -> " << to;
    }
    EXPECT_EQ(listed(load(edited("bidders.csv", "国产", lines(4000, "x"))).faults), "");
}

TEST(Faults, GivenParametersAndTomlStandInCanonicalText) {
    const LoadedRound loaded = load(small_round());
    ASSERT_TRUE(loaded.round);
    ASSERT_EQ(loaded.round->given.size(), 1U);
    EXPECT_EQ(loaded.round->given[0].path, "entry.max_entrants");
    EXPECT_EQ(loaded.round->given[0].toml, "{ \"3+\" = 2, 1 = 1, 2 = 1 }");
    EXPECT_EQ(loaded.round->given[0].who, "张三");
}

TEST(Faults, TwoHundredMegabytesOfGarbageAreRefusedByTheirFirstFaults) {
    // Here 2 MB: the limits do not depend on the size.
    for (const std::string& line :
         {std::string("\x01\x02\xFF garbage\n"),
          std::string("a\n"),
          std::string("1,50mg,北京,x,y\n"),
          std::string("\"\n")}) {
        const std::string header = "lot,spec,region,quantity,hospital\n";
        const std::string garbage = lines(2'000'000 / line.size(), line);
        for (const std::string& text : {garbage, header + garbage}) {
            const LoadedRound loaded = load(with_file("demand.csv", text));
            EXPECT_FALSE(loaded.round);
            EXPECT_FALSE(loaded.faults.empty());
            EXPECT_LE(loaded.faults.size(), catalogs::kFaultsShownMax + 1) << line;
        }
    }
}

}  // namespace
}  // namespace jicai::test
