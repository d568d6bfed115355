// Columns of targets against their forms, kinds of codes, levels of regions, holidays somebody
// enters.
#include <catalogs/product_kinds/product_kinds.h>
#include <catalogs/sheet/code_forms.h>
#include <catalogs/table_form/table_form.h>
#include <engine/catalogue/holidays.h>
#include <engine/catalogue/institutions.h>
#include <engine/catalogue/kinds.h>
#include <engine/catalogue/organisations.h>
#include <engine/catalogue/products.h>
#include <engine/catalogue/regions.h>
#include <engine/catalogue/row_comparison.h>
#include <engine/ports/refused.h>

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace jicai::catalogue {
namespace {

std::vector<std::string> names_of(const char* table) {
    std::vector<std::string> names;
    for (const auto& column : catalogs::table_form::find_form(table)->columns) {
        names.push_back(column.name);
    }
    return names;
}

TEST(Targets, ColumnsAreThoseOfTheForms) {
    EXPECT_EQ(institution_columns(), names_of("hospitals"));
    EXPECT_EQ(product_columns(), names_of("products"));
    EXPECT_EQ(region_columns(), names_of("regions"));
    EXPECT_EQ(organisation_columns(), names_of("organisations"));
    EXPECT_EQ(names_of("holidays"), (std::vector<std::string>{"day", "kind", "name", "notice"}));
}

TEST(Targets, ChoicesAreTheWordsOfTheKinds) {
    const auto& form = *catalogs::table_form::find_form("hospitals");
    for (const std::string& word : form.columns[InstitutionsTarget::kind].choices) {
        EXPECT_TRUE(find_institution_kind(word)) << word;
    }
    for (const std::string& word : form.columns[InstitutionsTarget::duty].choices) {
        EXPECT_TRUE(find_duty(word)) << word;
    }
    for (const std::string& word : form.columns[InstitutionsTarget::level].choices) {
        EXPECT_TRUE(find_institution_level(word)) << word;
    }
    const auto& products = *catalogs::table_form::find_form("products");
    std::vector<std::string> kinds;
    for (const auto kind : all_product_kinds()) kinds.emplace_back(name_of(kind));
    EXPECT_EQ(products.columns[ProductsTarget::kind].choices, kinds);
    EXPECT_FALSE(find_product_kind("drug"));
}

TEST(Kinds, OfRealCodes) {
    using ports::ProductKind;
    const std::vector<std::pair<const char*, ProductKind>> cases{
        {"XA06ADF336P001010105816", ProductKind::western},
        {"XL02BBA326A001010102180", ProductKind::western},
        {"ZA01AAX0558010100166", ProductKind::tcm_patent},
        {"C0101010011303807555", ProductKind::consumable},
        {"T000100001", ProductKind::tcm_pieces},
        {"HRB-0001", ProductKind::hospital_preparation}};
    for (const auto& [code, kind] : cases) {
        EXPECT_EQ(kinds_of_code(code).front(), kind) << code;
        const auto judged =
            catalogs::sheet::judge_code(code, catalogs::table_form::CodeForm::product);
        EXPECT_EQ(judged.verdict, catalogs::sheet::CodeVerdict::sound) << code;
    }
    for (const char* code :
         {"XA06ADF336P00101010581",
          "ZA01AAX055801010016",
          "C010101001130380755",
          "T00010000",
          "xa06adf336p001010105816",
          "C01010100113038075A5",
          "123456",
          "AB",
          ""}) {
        const auto judged =
            catalogs::sheet::judge_code(code, catalogs::table_form::CodeForm::product);
        EXPECT_NE(judged.verdict, catalogs::sheet::CodeVerdict::sound) << code;
    }
}

TEST(Kinds, EveryKindSaysWhatCounts) {
    const auto& kinds = catalogs::product_kinds();
    ASSERT_EQ(kinds.size(), all_product_kinds().size());
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        EXPECT_EQ(kinds[i].name, name_of(all_product_kinds()[i]));
        EXPECT_EQ(kinds[i].policies.size(), 6U);
    }
}

TEST(Regions, LevelAndParentByTheDigits) {
    EXPECT_EQ(level_of_region("000000"), ports::RegionLevel::country);
    EXPECT_EQ(level_of_region("230000"), ports::RegionLevel::province);
    EXPECT_EQ(level_of_region("230100"), ports::RegionLevel::city);
    EXPECT_EQ(level_of_region("230102"), ports::RegionLevel::county);
    EXPECT_EQ(parent_of_region("230102"), "230100");
    EXPECT_EQ(parent_of_region("230100"), "230000");
    EXPECT_EQ(parent_of_region("230000"), "000000");
    EXPECT_EQ(parent_of_region("000000"), "");
}

TEST(Comparison, CountsAllAndShowsTheFirst) {
    RowComparison all;
    for (std::uint64_t i = 1; i <= 2 * kChangedRowsShown; ++i) {
        const TableRow row{i, {TableValue{.text = std::to_string(i), .given = true}}};
        all.add(row, std::to_string(i), {std::to_string(i)});
    }
    const TableRow last{999, {TableValue{.text = "x", .given = true}}};
    EXPECT_FALSE(all.change(last, "x", {"a"}, {"a"}));
    EXPECT_TRUE(all.change(last, "x", {"a"}, {"b"}));
    EXPECT_TRUE(all.sound());
    all.fault(last, 0, {"catalogue.code_taken", {}});
    EXPECT_FALSE(all.sound());
    const Comparison result = all.take();
    EXPECT_EQ(result.added, std::int64_t{2 * kChangedRowsShown});
    EXPECT_EQ(result.same, 1);
    EXPECT_EQ(result.changed, 1);
    EXPECT_EQ(result.shown.size(), kChangedRowsShown);
    EXPECT_THROW(refuse_faults(result, {"code"}), ports::Refused);
    EXPECT_EQ(entry_of("product", result, {"code"}).action, "product.imported");
}

ports::StoredYear year_2030() {
    ports::StoredYear year;
    year.year = 2030;
    year.notices = {{"n1", "t", "2029-11-01", "official"}};
    year.holidays = {{"元旦", "New Year's Day", "2029-12-30", "2030-01-01", {"2030-01-05"}, 0}};
    return year;
}

std::string first_fault(const ports::StoredYear& year) {
    const auto faults = faults_of_year(year, {});
    return faults.empty() ? "" : faults.front().message.key + " " + faults.front().field;
}

TEST(Years, WhatSomebodyEnters) {
    EXPECT_EQ(first_fault(year_2030()), "");
    ports::StoredYear year = year_2030();
    year.holidays[0].make_up = {"2030-01-07"};
    EXPECT_EQ(first_fault(year), "catalogue.make_up_weekday /holidays/0/make_up");
    year = year_2030();
    year.holidays[0].make_up = {"2030-01-05", "2030-01-05"};
    EXPECT_EQ(first_fault(year), "catalogue.holiday_twice /holidays/0/make_up");
    year = year_2030();
    year.holidays[0].first = "2029-11-30";
    EXPECT_EQ(first_fault(year), "catalogue.holiday_order /holidays/0/to");
    year = year_2030();
    year.holidays[0].first = "2030-02-29";
    EXPECT_EQ(first_fault(year), "catalogue.holiday_day /holidays/0/from");
    year = year_2030();
    year.notices[0].evidence = "sure";
    EXPECT_EQ(first_fault(year), "catalogue.notice_evidence /notices/0/evidence");
    year = year_2030();
    year.holidays[0].notice = 1;
    EXPECT_EQ(first_fault(year), "catalogue.holiday_notice /holidays/0/notice");
    year = year_2030();
    year.holidays.clear();
    EXPECT_EQ(first_fault(year), "catalogue.year_empty /holidays");
}

TEST(Years, NeighboursMustAgree) {
    ports::StoredYear before = year_2030();
    before.year = 2029;
    before.holidays = {{"x", "x", "2029-10-01", "2029-10-01", {"2029-12-30"}, 0}};
    const auto faults = faults_of_year(year_2030(), {year_of(before)});
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].message.key, "catalogue.year_contradicts");
    EXPECT_EQ(faults[0].value, "2029-12-30");
}

}  // namespace
}  // namespace jicai::catalogue
