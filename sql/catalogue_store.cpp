#include <engine/money/check.h>
#include <sql/catalogue_store.h>
#include <sql/filter.h>

#include <set>
#include <unordered_map>
#include <utility>

namespace jicai::sql {
namespace {

using ports::Institution;
using ports::Product;
using ports::Region;

constexpr auto kHospital = static_cast<std::int64_t>(ports::OrganisationKind::hospital);
constexpr auto kPharmacy = static_cast<std::int64_t>(ports::OrganisationKind::pharmacy);

constexpr std::string_view kInstitution =
    "SELECT o.id, o.code, o.name, o.region, o.kind, i.kind, i.duty, i.level, i.lead, l.code, "
    "b.code, i.expires, i.initials, o.active, o.version FROM ";
const std::string kInstitutionFrom =
    "organisations o LEFT JOIN institutions i ON i.organisation = o.id "
    "LEFT JOIN organisations l ON l.id = i.lead LEFT JOIN organisations b ON b.id = i.buys_through";
constexpr std::string_view kRegion = "SELECT code, level, name, parent, initials, own FROM regions";
constexpr std::string_view kProduct =
    "SELECT id, code, national_code, name, spec, form, pack_units, supplier, price_micro_yuan, "
    "kind, initials, active, version FROM products";

std::string institution_select() {
    return std::string(kInstitution) + kInstitutionFrom;
}

template <typename Kind>
Value number_of(Kind kind) {
    return static_cast<std::int64_t>(kind);
}

Institution institution_of(const Row& row) {
    Institution institution;
    institution.organisation = row.number(0);
    institution.code = row.text(1);
    institution.name = row.text(2);
    institution.region = row.text(3);
    institution.active = row.flag(13);
    institution.version = row.number(14);
    if (row.is_null(5)) {
        if (row.number(4) != kPharmacy) return institution;
        institution.kind = ports::InstitutionKind::pharmacy;
        institution.duty = ports::Duty::voluntary;
        return institution;
    }
    institution.kind = static_cast<ports::InstitutionKind>(row.number(5));
    institution.duty = static_cast<ports::Duty>(row.number(6));
    institution.level = static_cast<ports::InstitutionLevel>(row.number(7));
    institution.lead = row.number(8);
    institution.lead_code = row.text(9);
    institution.buys_through = row.text(10);
    institution.expires = row.text(11);
    institution.initials = row.text(12);
    return institution;
}

Filter institution_filter() {
    Filter filter;
    filter.add("o.kind IN (?, ?)", {kHospital, kPharmacy});
    return filter;
}

Value organisation_kind(const Institution& institution) {
    return institution.kind == ports::InstitutionKind::pharmacy ? kPharmacy : kHospital;
}

Region region_of(const Row& row) {
    return {
        .code = row.text(0),
        .level = static_cast<ports::RegionLevel>(row.number(1)),
        .name = row.text(2),
        .parent = row.text(3),
        .initials = row.text(4),
        .own = row.flag(5)};
}

Product product_of(const Row& row) {
    Product product;
    product.id = row.number(0);
    product.code = row.text(1);
    product.national_code = row.text(2);
    product.name = row.text(3);
    product.spec = row.text(4);
    product.form = row.text(5);
    product.pack_units = row.number(6);
    product.supplier = row.text(7);
    if (!row.is_null(8)) product.price = money::Price(row.number(8));
    product.kind = static_cast<ports::ProductKind>(row.number(9));
    product.initials = row.text(10);
    product.active = row.flag(11);
    product.version = row.number(12);
    return product;
}

std::vector<Value> values_of(const Product& product) {
    const Value price = product.price ? Value(product.price->micro_yuan()) : Value(std::nullopt);
    return {
        product.code,
        product.national_code,
        product.name,
        product.spec,
        product.form,
        product.pack_units,
        product.supplier,
        price,
        number_of(product.kind),
        product.initials,
        product.active};
}

template <typename Type>
void sort_by_code(std::vector<Type>& all) {
    std::sort(all.begin(), all.end(), [](const Type& a, const Type& b) { return a.code < b.code; });
}

}  // namespace

// --- institutions

ports::Found<Institution> SqlCatalogueStore::institutions(const ports::InstitutionQuery& query) {
    Filter filter = institution_filter();
    filter.add_text({"o.code", "o.name", "COALESCE(i.initials, '')"}, query.text);
    filter.add_region("o.region", query.within);
    if (query.kind) {
        const bool pharmacy = *query.kind == ports::InstitutionKind::pharmacy;
        filter.add(
            "COALESCE(i.kind, IF(o.kind = ?, ?, ?)) = ?",
            {kPharmacy,
             number_of(ports::InstitutionKind::pharmacy),
             number_of(ports::InstitutionKind::public_),
             number_of(pharmacy ? ports::InstitutionKind::pharmacy : *query.kind)}
        );
    }
    if (query.duty) {
        filter.add(
            "COALESCE(i.duty, IF(o.kind = ?, ?, ?)) = ?",
            {kPharmacy,
             number_of(ports::Duty::voluntary),
             number_of(ports::Duty::must),
             number_of(*query.duty)}
        );
    }
    if (query.active) filter.add("o.active = ?", {*query.active});
    if (query.lead != 0) filter.add("(i.lead = ? OR o.id = ?)", {query.lead, query.lead});
    if (query.only != 0) filter.add("o.id = ?", {query.only});
    return found<Institution>(
        connection_,
        institution_select(),
        kInstitutionFrom,
        "o.code",
        filter,
        query.page,
        institution_of
    );
}

std::optional<Institution> SqlCatalogueStore::institution(std::int64_t organisation) {
    Filter filter = institution_filter();
    filter.add("o.id = ?", {organisation});
    return one<Institution>(
        connection_.query(institution_select() + filter.where, filter.values), institution_of
    );
}

std::optional<Institution> SqlCatalogueStore::institution_by_code(const std::string& code) {
    auto all = institutions_by_code({code});
    if (all.empty()) return std::nullopt;
    return std::move(all.front());
}

std::vector<Institution> SqlCatalogueStore::institutions_by_code(
    const std::vector<std::string>& codes
) {
    const std::string kinds =
        "o.kind IN (" + std::to_string(kHospital) + ", " + std::to_string(kPharmacy) + ")";
    auto all = found_by_keys<Institution>(
        connection_, institution_select(), kinds + " AND o.code", codes, institution_of
    );
    sort_by_code(all);
    return all;
}

std::vector<Institution> SqlCatalogueStore::members_of(std::int64_t lead) {
    std::vector<Institution> all;
    for (const Row& row : connection_.query(
             institution_select() + " WHERE i.lead = ? OR o.id = ? ORDER BY o.code", {lead, lead}
         )) {
        all.push_back(institution_of(row));
    }
    const bool led = std::any_of(all.begin(), all.end(), [&](const Institution& one) {
        return one.lead == lead;
    });
    if (!led) all.clear();
    return all;
}

// What catalogues know of organisations that are there, by their codes.
void SqlCatalogueStore::describe(const std::vector<Institution>& institutions) {
    std::set<std::string> wanted;
    for (const Institution& one : institutions) {
        wanted.insert(one.code);
        if (!one.lead_code.empty()) wanted.insert(one.lead_code);
        if (!one.buys_through.empty()) wanted.insert(one.buys_through);
    }
    std::unordered_map<std::string, std::int64_t> ids;
    for (auto& [code, id] : found_by_keys<std::pair<std::string, std::int64_t>>(
             connection_,
             "SELECT code, id FROM organisations",
             "code",
             {wanted.begin(), wanted.end()},
             [](const Row& row) { return std::pair(row.text(0), row.number(1)); }
         )) {
        ids.emplace(std::move(code), id);
    }
    const auto id_of = [&](const std::string& code) -> Value {
        if (code.empty()) return std::nullopt;
        const auto at = ids.find(code);
        JICAI_CHECK(at != ids.end());
        return at->second;
    };
    std::vector<std::vector<Value>> rows;
    rows.reserve(institutions.size());
    for (const Institution& one : institutions) {
        rows.push_back(
            {id_of(one.code),
             number_of(one.kind),
             number_of(one.duty),
             number_of(one.level),
             id_of(one.lead_code),
             id_of(one.buys_through),
             one.expires,
             one.initials}
        );
    }
    insert_many(
        connection_,
        "INSERT INTO institutions (organisation, kind, duty, level, lead, buys_through, expires, "
        "initials) VALUES ",
        rows,
        " ON DUPLICATE KEY UPDATE kind = VALUES(kind), duty = VALUES(duty), level = VALUES(level), "
        "lead = VALUES(lead), buys_through = VALUES(buys_through), expires = VALUES(expires), "
        "initials = VALUES(initials)"
    );
}

void SqlCatalogueStore::add(const std::vector<Institution>& institutions) {
    std::vector<std::vector<Value>> rows;
    rows.reserve(institutions.size());
    for (const Institution& one : institutions) {
        rows.push_back(
            {one.code,
             one.name,
             organisation_kind(one),
             one.region,
             std::nullopt,
             one.active,
             std::int64_t{1}}
        );
    }
    insert_many(
        connection_,
        "INSERT INTO organisations (code, name, kind, region, parent, active, version) VALUES ",
        rows
    );
    describe(institutions);
}

bool SqlCatalogueStore::save(const Institution& institution) {
    std::int64_t changed = 0;
    try {
        changed = connection_.change(
            "UPDATE organisations SET code = ?, name = ?, kind = ?, region = ?, active = ?, "
            "version = version + 1 WHERE id = ? AND version = ?",
            {institution.code,
             institution.name,
             organisation_kind(institution),
             institution.region,
             institution.active,
             institution.organisation,
             institution.version}
        );
    } catch (const DatabaseError& error) {
        if (error.kind() != ErrorKind::duplicate) throw;
        throw ports::Conflict(error.what());
    }
    if (changed != 1) return false;
    describe({institution});
    return true;
}

std::vector<Institution> SqlCatalogueStore::expired(const std::string& day) {
    std::vector<Institution> all;
    for (const Row& row : connection_.query(
             institution_select() +
                 " WHERE o.active = 1 AND i.expires <> '' AND i.expires < ? ORDER BY o.code",
             {day}
         )) {
        all.push_back(institution_of(row));
    }
    return all;
}

// --- regions

ports::Found<Region> SqlCatalogueStore::regions(const ports::RegionQuery& query) {
    Filter filter;
    filter.add_text({"code", "name", "initials"}, query.text);
    if (!query.parent.empty()) filter.add("parent = ?", {query.parent});
    if (query.level) filter.add("level = ?", {number_of(*query.level)});
    return found<Region>(connection_, kRegion, "regions", "code", filter, query.page, region_of);
}

std::optional<Region> SqlCatalogueStore::region(const std::string& code) {
    return one<Region>(
        connection_.query(std::string(kRegion) + " WHERE code = ?", {code}), region_of
    );
}

std::vector<Region> SqlCatalogueStore::all_regions() {
    std::vector<Region> all;
    for (const Row& row : connection_.query(std::string(kRegion) + " ORDER BY code")) {
        all.push_back(region_of(row));
    }
    return all;
}

void SqlCatalogueStore::put(const std::vector<Region>& regions) {
    std::vector<std::vector<Value>> rows;
    rows.reserve(regions.size());
    for (const Region& one : regions) {
        rows.push_back({one.code, number_of(one.level), one.name, one.parent, one.initials, one.own}
        );
    }
    insert_many(
        connection_,
        "INSERT INTO regions (code, level, name, parent, initials, own) VALUES ",
        rows,
        " ON DUPLICATE KEY UPDATE level = VALUES(level), name = VALUES(name), "
        "parent = VALUES(parent), initials = VALUES(initials), own = VALUES(own)"
    );
}

// --- products

ports::Found<Product> SqlCatalogueStore::products(const ports::ProductQuery& query) {
    Filter filter;
    filter.add_text({"code", "national_code", "name", "initials", "supplier"}, query.text);
    if (!query.supplier.empty()) filter.add("supplier = ?", {query.supplier});
    if (query.kind) filter.add("kind = ?", {number_of(*query.kind)});
    if (query.active) filter.add("active = ?", {*query.active});
    return found<Product>(
        connection_, kProduct, "products", "code", filter, query.page, product_of
    );
}

std::optional<Product> SqlCatalogueStore::product(const std::string& code) {
    return one<Product>(
        connection_.query(std::string(kProduct) + " WHERE code = ?", {code}), product_of
    );
}

std::vector<Product> SqlCatalogueStore::products_by_code(const std::vector<std::string>& codes) {
    auto all = found_by_keys<Product>(connection_, kProduct, "code", codes, product_of);
    sort_by_code(all);
    return all;
}

void SqlCatalogueStore::add(const std::vector<Product>& products) {
    std::vector<std::vector<Value>> rows;
    rows.reserve(products.size());
    for (const Product& one : products) {
        rows.push_back(values_of(one));
        rows.back().emplace_back(std::int64_t{1});
    }
    insert_many(
        connection_,
        "INSERT INTO products (code, national_code, name, spec, form, pack_units, supplier, "
        "price_micro_yuan, kind, initials, active, version) VALUES ",
        rows
    );
}

bool SqlCatalogueStore::save(const Product& product) {
    std::vector<Value> values = values_of(product);
    values.emplace_back(product.id);
    values.emplace_back(product.version);
    try {
        return connection_.change(
                   "UPDATE products SET code = ?, national_code = ?, name = ?, spec = ?, "
                   "form = ?, pack_units = ?, supplier = ?, price_micro_yuan = ?, kind = ?, "
                   "initials = ?, active = ?, version = version + 1 WHERE id = ? AND version = ?",
                   values
               ) == 1;
    } catch (const DatabaseError& error) {
        if (error.kind() != ErrorKind::duplicate) throw;
        throw ports::Conflict(error.what());
    }
}

}  // namespace jicai::sql
