#include <engine/catalogue/kinds.h>
#include <web/server/catalogue_rows.h>
#include <web/server/people_rows.h>
#include <web/server/schema.h>

namespace jicai::web {

using decision::Json;

const std::map<std::string, std::string>& hospital_members_of_columns() {
    static const std::map<std::string, std::string> names{{"group_lead", "lead"}};
    return names;
}

const std::string& CatalogueRows::region_name(const std::string& code) {
    const auto known = regions_.find(code);
    if (known != regions_.end()) return known->second;
    std::string name = web::region_name(services_, request_, code);
    const bool chinese = request_.language == catalogs::Language::zh;
    if (chinese || name == code) {
        if (const auto stored = transaction_.catalogue().region(code)) name = stored->name;
    }
    return regions_.emplace(code, std::move(name)).first->second;
}

std::string CatalogueRows::institution_name(const std::string& code) {
    if (code.empty()) return {};
    const auto known = institutions_.find(code);
    if (known != institutions_.end()) return known->second;
    const auto found = transaction_.catalogue().institution_by_code(code);
    return institutions_.emplace(code, found ? found->name : code).first->second;
}

Json::Object CatalogueRows::row(const ports::Institution& institution) {
    const std::string kind(catalogue::name_of(institution.kind));
    const std::string duty(catalogue::name_of(institution.duty));
    const std::string level(catalogue::name_of(institution.level));
    return {
        {"organisation", institution.organisation},
        {"code", institution.code},
        {"name", institution.name},
        {"initials", institution.initials},
        {"region", institution.region},
        {"region_text", region_name(institution.region)},
        {"kind", kind},
        {"kind_text", word(services_, request_, "institution_kind", kind)},
        {"duty", duty},
        {"duty_text", word(services_, request_, "duty", duty)},
        {"level", level},
        {"level_text", word(services_, request_, "institution_level", level)},
        {"lead", institution.lead_code},
        {"lead_name", institution_name(institution.lead_code)},
        {"buys_through", institution.buys_through},
        {"buys_through_name", institution_name(institution.buys_through)},
        {"expires", institution.expires},
        {"active", institution.active},
        {"active_text", word(services_, request_, "active", institution.active ? "yes" : "no")},
        {"version", institution.version}};
}

Json::Object CatalogueRows::row(const ports::Product& product) const {
    const std::string kind(catalogue::name_of(product.kind));
    return {
        {"code", product.code},
        {"national_code", product.national_code},
        {"name", product.name},
        {"initials", product.initials},
        {"spec", product.spec},
        {"form", product.form},
        {"pack_units", std::to_string(product.pack_units)},
        {"supplier", product.supplier},
        {"price", product.price ? product.price->text() : std::string()},
        {"kind", kind},
        {"kind_text", word(services_, request_, "product_kind", kind)},
        {"active", product.active},
        {"active_text", word(services_, request_, "active", product.active ? "yes" : "no")},
        {"version", product.version}};
}

Json::Object CatalogueRows::row(const ports::Region& region) {
    const std::string level(catalogue::name_of(region.level));
    std::string path;
    for (std::string at = region.parent; !at.empty() && at != "000000";
         at = catalogue::parent_of_region(at)) {
        path = region_name(at) + " / " + path;
    }
    return {
        {"code", region.code},
        {"name", region.name},
        {"initials", region.initials},
        {"level", level},
        {"level_text", word(services_, request_, "region_level", level)},
        {"parent", region.parent},
        {"path_text", path + region.name},
        {"own", region.own},
        {"own_text", word(services_, request_, "region_origin", region.own ? "own" : "shipped")}};
}

Json::Object hospital_members() {
    return {{"organisation", schema::number()}, {"code", schema::text()},
            {"name", schema::text(500)},        {"initials", schema::text(500)},
            {"region", schema::text()},         {"region_text", schema::text()},
            {"kind", schema::text()},           {"kind_text", schema::text()},
            {"duty", schema::text()},           {"duty_text", schema::text()},
            {"level", schema::text()},          {"level_text", schema::text()},
            {"lead", schema::text()},           {"lead_name", schema::text(500)},
            {"buys_through", schema::text()},   {"buys_through_name", schema::text(500)},
            {"expires", schema::text()},        {"active", schema::flag()},
            {"active_text", schema::text()},    {"version", schema::number()}};
}

Json::Object product_members() {
    return {
        {"code", schema::text()},
        {"national_code", schema::text()},
        {"name", schema::text(500)},
        {"initials", schema::text(500)},
        {"spec", schema::text(500)},
        {"form", schema::text(500)},
        {"pack_units", schema::text()},
        {"supplier", schema::text(500)},
        {"price", schema::text()},
        {"kind", schema::text()},
        {"kind_text", schema::text()},
        {"active", schema::flag()},
        {"active_text", schema::text()},
        {"version", schema::number()}};
}

Json::Object region_members() {
    return {
        {"code", schema::text()},
        {"name", schema::text()},
        {"initials", schema::text()},
        {"level", schema::text()},
        {"level_text", schema::text()},
        {"parent", schema::text()},
        {"path_text", schema::text(700)},
        {"own", schema::flag()},
        {"own_text", schema::text()}};
}

}  // namespace jicai::web
