#include <catalogs/table_form/table_form.h>

namespace jicai::catalogs::table_form {
namespace {

constexpr std::int64_t kQuantityMax = 1'000'000'000'000;
constexpr std::int64_t kPackUnitsMax = 1'000'000;
constexpr std::int64_t kPriceYuanMax = 100'000'000;

Column code(std::string name, CodeForm form, std::string example, bool required = true) {
    Column column;
    column.name = std::move(name);
    column.kind = ColumnKind::code;
    column.form = form;
    column.required = required;
    column.example = std::move(example);
    return column;
}

Column words(std::string name, std::string example, bool required = true) {
    Column column;
    column.name = std::move(name);
    column.kind = ColumnKind::name;
    column.required = required;
    column.example = std::move(example);
    return column;
}

Column quantity(std::string name, std::int64_t most, bool zero_allowed, std::string example) {
    Column column;
    column.name = std::move(name);
    column.kind = ColumnKind::quantity;
    column.whole_max = most;
    column.zero_allowed = zero_allowed;
    column.example = std::move(example);
    return column;
}

Column price(std::string name, int decimals_max, std::string example) {
    Column column;
    column.name = std::move(name);
    column.kind = ColumnKind::price;
    column.required = false;
    column.decimals_max = decimals_max;
    column.whole_max = kPriceYuanMax;
    column.example = std::move(example);
    return column;
}

Column date(std::string name, bool required, std::string example) {
    Column column;
    column.name = std::move(name);
    column.kind = ColumnKind::date;
    column.required = required;
    column.example = std::move(example);
    return column;
}

Column choice(std::string name, std::vector<std::string> choices, bool required = true) {
    Column column;
    column.name = std::move(name);
    column.kind = ColumnKind::choice;
    column.required = required;
    column.choices = std::move(choices);
    return column;
}

TableForm organisations() {
    return {
        "organisations",
        {code("code", CodeForm::organisation, "91110000802100433B"),
         words("name", "某某制药有限公司"),
         choice(
             "kind",
             {"hospital",
              "pharmacy",
              "supplier",
              "distributor",
              "bureau",
              "procurement_office",
              "authority"}
         ),
         code("region", CodeForm::region, "230100"),
         code("parent", CodeForm::any, "", false),
         date("expires", false, "2027-12-31")},
        {0},
        RowCheck::none};
}

TableForm products() {
    return {
        "products",
        {code("code", CodeForm::product, "XA06ADF336P001010105816"),
         code("national_code", CodeForm::national_drug, "86905816001374", false),
         words("name", "复方聚乙二醇(3350)电解质散"),
         words("spec", "10mg"),
         words("form", "普通片"),
         quantity("pack_units", kPackUnitsMax, false, "30"),
         words("supplier", "某某制药有限公司"),
         price("price", 4, "12.50"),
         choice(
             "kind",
             {"western",
              "tcm_patent",
              "tcm_granules",
              "tcm_pieces",
              "hospital_preparation",
              "consumable",
              "reagent"},
             false
         )},
        {0},
        RowCheck::same_firm_in_codes};
}

TableForm hospitals() {
    return {
        "hospitals",
        {code("code", CodeForm::institution, "H23010000001"),
         words("name", "某某市第一医院"),
         code("region", CodeForm::region, "230100"),
         choice("kind", {"public", "military", "private_designated", "pharmacy", "clinic"}),
         choice("duty", {"must", "voluntary"}),
         choice("level", {"third", "second", "first", "unrated"}, false),
         code("group_lead", CodeForm::institution, "H23010000002", false),
         date("expires", false, "2027-12-31"),
         code("buys_through", CodeForm::institution, "", false)},
        {0},
        RowCheck::none};
}

TableForm regions() {
    return {
        "regions",
        {code("code", CodeForm::region, "230100"), words("name", "哈尔滨市")},
        {0},
        RowCheck::none};
}

TableForm history() {
    return {
        "history",
        {code("hospital", CodeForm::institution, "H23010000001"),
         code("lot", CodeForm::any, "1"),
         words("spec", "10mg"),
         words("brand", "某某制药有限公司", false),
         code("year", CodeForm::year, "2025"),
         quantity("quantity", kQuantityMax, true, "12000")},
        {0, 1, 2, 3, 4},
        RowCheck::none};
}

TableForm volume_report() {
    return {
        "volume_report",
        {code("hospital", CodeForm::institution, "H23010000001"),
         code("lot", CodeForm::any, "1"),
         words("spec", "10mg"),
         words("brand", "某某制药有限公司", false),
         quantity("quantity", kQuantityMax, true, "12000"),
         choice(
             "cause",
             {"clinical_change",
              "patients_fell",
              "patients_rose",
              "new_department",
              "substitute",
              "stock_left",
              "epidemic",
              "data_wrong",
              "other"},
             false
         ),
         words("remark", "", false)},
        {0, 1, 2, 3},
        RowCheck::none};
}

TableForm holidays() {
    return {
        "holidays",
        {date("day", true, "2027-01-01"),
         choice("kind", {"off", "worked"}),
         words("name", "元旦"),
         words("notice", "国办发明电〔2026〕×号", false)},
        {0},
        RowCheck::make_up_on_weekend};
}

constexpr std::size_t kLargeRowsMax = 1'000'000;
constexpr std::size_t kLargeBytesMax = 256U << 20U;
constexpr std::int64_t kContentMgMax = 1'000'000;

Column content(std::string name) {
    Column column = price(std::move(name), 6, "20");
    column.whole_max = kContentMgMax;
    return column;
}

Column required(Column column) {
    column.required = true;
    return column;
}

Column optional(Column column) {
    column.required = false;
    return column;
}

TableForm observations() {
    TableForm form{
        "observations",
        {code("product", CodeForm::any, "XA06ADF336P001010105816"),
         words("region", "湖南省"),
         choice(
             "source",
             {"province_listing",
              "province_award",
              "alliance_award",
              "national_award",
              "filed_purchase",
              "city_reference",
              "hospital_purchase",
              "firm_declared",
              "negotiated",
              "emergency"}
         ),
         required(price("pack_price", 4, "12.50")),
         optional(quantity("pack_units", kPackUnitsMax, false, "30")),
         date("effective_from", true, "2026-03-01"),
         date("effective_to", false, "2027-02-28"),
         content("content_mg"),
         words("document", "湘药采〔2026〕×号", false),
         choice("status", {"in_force", "suspended", "under_objection", "withdrawn"}, false),
         choice("evaluated", {"yes", "no"}, false),
         words("collected_by", "王敏", false),
         date("collected_on", false, "2026-03-05")},
        {},
        RowCheck::none};
    form.rows_max = kLargeRowsMax;
    form.bytes_max = kLargeBytesMax;
    return form;
}

TableForm price_products() {
    return {
        "price_products",
        {code("product", CodeForm::any, "XA06ADF336P001010105816"),
         content("content_mg"),
         words("material", "铝塑泡罩", false),
         words("maker", "某某制药有限公司", false),
         words("variety", "阿托伐他汀口服常释剂型", false),
         choice("evaluated", {"yes", "no"}, false),
         choice("originator", {"yes", "no"}, false),
         words("replaces", "", false)},
        {0},
        RowCheck::none};
}

TableForm purchases() {
    TableForm form{
        "purchases",
        {code("product", CodeForm::any, "XA06ADF336P001010105816"),
         code("month", CodeForm::any, "2026-03"),
         quantity("packs", kQuantityMax, true, "1200"),
         code("hospital", CodeForm::institution, "H23010000001", false)},
        {0, 1, 3},
        RowCheck::none};
    form.rows_max = kLargeRowsMax;
    form.bytes_max = kLargeBytesMax;
    return form;
}

}  // namespace

TableForm listings() {
    return {
        "listings",
        {code("product", CodeForm::product, "XA06ADF336P001010105816"),
         code("region", CodeForm::region, "230000"),
         choice(
             "kind",
             {"won_with_volume",
              "non_winning",
              "negotiated",
              "direct",
              "shortage",
              "filed",
              "emergency"}
         ),
         required(price("price", 4, "12.50")),
         date("effective", true, "2026-03-01"),
         words("holder", "某某制药有限公司", false),
         words("clause", "", false)},
        {0, 1},
        RowCheck::none};
}

const std::vector<TableForm>& all_forms() {
    static const std::vector<TableForm> forms{
        organisations(),
        products(),
        hospitals(),
        regions(),
        history(),
        volume_report(),
        holidays(),
        observations(),
        price_products(),
        purchases(),
        listings()};
    return forms;
}

}  // namespace jicai::catalogs::table_form
