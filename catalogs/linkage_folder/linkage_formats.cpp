#include <catalogs/linkage_folder/linkage_formats.h>
#include <catalogs/linkage_folder/load_linkage_folder.h>
#include <catalogs/round_folder/load_round_folder.h>

namespace jicai::catalogs::linkage_folder {

using namespace round_folder;

namespace {

constexpr CellRule kPriceRequired{CellKind::number, false, kMicroScale, 4, kPriceYuanMax, false};
constexpr CellRule kPacks{CellKind::number, false, 0, 0, kQuantityMax, true};

}  // namespace

const TableFormat& products_format() {
    static const TableFormat format{
        "products.csv",
        {{"product", true, kCode},
         {"name", true, kFreeTextRequired},
         {"form", true, kCodeOptional},
         {"spec", true, kFreeText},
         {"content_mg", true, kContentOptional},
         {"pack_units", true, kPackUnits},
         {"material", true, kFreeText},
         {"maker", true, kFreeTextRequired},
         {"code", false, kCodeOptional},
         {"variety", false, kCodeOptional},
         {"evaluated", false, kFlag},
         {"originator", false, kFlag},
         {"replaces", false, kCodeOptional}},
        {"product"},
        kObservationsBytesMax};
    return format;
}

const TableFormat& observations_format() {
    static const TableFormat format{
        "observations.csv",
        {{"observation", true, kCode},
         {"product", true, kCode},
         {"region", true, kCode},
         {"source", true, kCode},
         {"pack_price", true, kPriceRequired},
         {"pack_units", true, kPackUnits},
         {"effective_from", true, kCode},
         {"effective_to", false, kCodeOptional},
         {"content_mg", false, kContentOptional},
         {"document", false, kFreeText},
         {"status", false, kCodeOptional},
         {"evaluated", false, kFlag},
         {"recorded", false, kCodeOptional},
         {"entered_by", false, kFreeText}},
        {"observation"},
        kObservationsBytesMax};
    return format;
}

const TableFormat& listings_format() {
    static const TableFormat format{
        "listings.csv",
        {{"product", true, kCode}, {"price", true, kPriceRequired}},
        {"product"},
        kObservationsBytesMax};
    return format;
}

const TableFormat& winners_format() {
    static const TableFormat format{
        "winners.csv",
        {{"product", true, kCode}, {"price", true, kPriceRequired}, {"regions", true, kCode}},
        {"product"},
        kTableBytesMax};
    return format;
}

const TableFormat& volumes_format() {
    static const TableFormat format{
        "volumes.csv",
        {{"product", true, kCode}, {"packs", true, kPacks}},
        {"product"},
        kObservationsBytesMax};
    return format;
}

const TableFormat& purchases_format() {
    static const TableFormat format{
        "purchases.csv",
        {{"product", true, kCode},
         {"month", true, kCode},
         {"packs", true, kPacks},
         {"hospital", false, kCodeOptional}},
        {"product", "month", "hospital"},
        kObservationsBytesMax};
    return format;
}

const TableFormat& link_events_format() {
    static const TableFormat format{
        "events.csv",
        {{"seq", true, kSequence},
         {"event", true, kCode},
         {"product", true, kCodeOptional},
         {"observation", true, kCodeOptional},
         {"reason", true, kFreeTextRequired},
         {"who", true, kFreeTextRequired},
         {"at", true, kCode}},
        {"seq"},
        kTableBytesMax};
    return format;
}

const TableFormat& holidays_format() {
    static const TableFormat format{
        "holidays.csv", {{"day", true, kCode}, {"works", true, kFlag}}, {"day"}, kTableBytesMax};
    return format;
}

}  // namespace jicai::catalogs::linkage_folder
