#include <catalogs/round_folder/formats.h>
#include <catalogs/round_folder/load_round_folder.h>

namespace jicai::catalogs::round_folder {

const TableFormat& lots_format() {
    static const TableFormat format{
        "lots.csv",
        {{"lot", true, kCode},
         {"name", true, kFreeTextRequired},
         {"volume_class", true, kCode},
         {"base_form", true, kCodeOptional},
         {"quantity_step", true, kQuantityStep},
         {"term_class", false, kCodeOptional},
         {"regions", false, kCodeOptional}},
        {"lot"},
        kTableBytesMax};
    return format;
}

const TableFormat& specs_format() {
    static const TableFormat format{
        "specs.csv",
        {{"lot", true, kCode},
         {"spec", true, kCode},
         {"content_mg", true, kContent},
         {"main_spec", true, kFlag},
         {"ceiling", true, kUnitPrice},
         {"content_unit", false, kCodeOptional},
         {"fill_ml", false, kFill}},
        {"lot", "spec"},
        kTableBytesMax};
    return format;
}

const TableFormat& demand_format() {
    static const TableFormat format{
        "demand.csv",
        {{"lot", true, kCode},
         {"spec", true, kCode},
         {"region", true, kCode},
         {"quantity", true, kQuantity},
         {"hospital", false, kCodeOptional},
         {"supplier", false, kCodeOptional}},
        {"lot", "spec", "region", "hospital", "supplier"},
        kDemandBytesMax};
    return format;
}

const TableFormat& bidders_format() {
    static const TableFormat format{
        "bidders.csv",
        {{"supplier", true, kCode},
         {"name", true, kFreeTextRequired},
         {"firm", false, kCodeOptional},
         {"code", false, kCodeOptional},
         {"origin", false, kFreeText}},
        {"supplier"},
        kTableBytesMax};
    return format;
}

const TableFormat& bids_format() {
    static const TableFormat format{
        "bids.csv",
        {{"lot", true, kCode},
         {"supplier", true, kCode},
         {"spec", true, kCodeOptional},
         {"content_mg", true, kContentOptional},
         {"form", true, kCodeOptional},
         {"pack_units", true, kPackUnitsOptional},
         {"pack_price", true, kPackPrice},
         {"participation", true, kCode},
         {"evidence", true, kFreeText},
         {"product", false, kCodeOptional},
         {"group", false, kCodeOptional},
         {"own_lowest_price", false, kUnitPrice},
         {"fill_ml", false, kFill},
         {"regions", false, kCodeOptional}},
        {"lot", "supplier", "product"},
        kTableBytesMax};
    return format;
}

const TableFormat& packs_format() {
    static const TableFormat format{
        "packs.csv",
        {{"lot", true, kCode},
         {"supplier", true, kCode},
         {"product", true, kCodeOptional},
         {"form", true, kCodeOptional},
         {"spec", true, kCodeOptional},
         {"content_mg", true, kContent},
         {"pack_units", true, kPackUnits},
         {"fill_ml", false, kFill},
         {"material", false, kCodeOptional},
         {"daily_dose", false, kContentOptional}},
        {"lot",
         "supplier",
         "product",
         "form",
         "spec",
         "content_mg",
         "pack_units",
         "fill_ml",
         "material",
         "daily_dose"},
        kTableBytesMax};
    return format;
}

const TableFormat& events_format() {
    static const TableFormat format{
        "events.csv",
        {{"seq", true, kSequence},
         {"lot", true, kCode},
         {"event", true, kCode},
         {"supplier", true, kCodeOptional},
         {"value", true, kFreeText},
         {"reason", true, kFreeText},
         {"who", true, kFreeTextRequired},
         {"at", true, kFreeTextRequired}},
        {"seq"},
        kTableBytesMax};
    return format;
}

const TableFormat& preferences_format() {
    static const TableFormat format{
        "preferences.csv",
        {{"lot", true, kCode},
         {"supplier", true, kCode},
         {"order", true, kSequence},
         {"region", true, kCode}},
        {"lot", "supplier", "order"},
        kTableBytesMax};
    return format;
}

const TableFormat& history_format() {
    static const TableFormat format{
        "history.csv",
        {{"hospital", true, kCode},
         {"lot", true, kCode},
         {"spec", true, kCode},
         {"year", true, kSequence},
         {"quantity", true, kQuantity},
         {"supplier", false, kCodeOptional}},
        {"hospital", "lot", "spec", "year", "supplier"},
        kTableBytesMax};
    return format;
}

const TableFormat& hospitals_format() {
    static const TableFormat format{
        "hospitals.csv",
        {{"hospital", true, kCode},
         {"name", true, kFreeTextRequired},
         {"region", true, kCode},
         {"level", true, kFreeText}},
        {"hospital"},
        kTableBytesMax};
    return format;
}

}  // namespace jicai::catalogs::round_folder
