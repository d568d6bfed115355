#include <engine/money/check.h>
#include <sql/filter.h>
#include <sql/price_store.h>

#include <algorithm>
#include <map>

// Products as linkage sees them, purchases, and the columns of a source's files.

namespace jicai::sql {
namespace {

using ports::ColumnMapping;
using ports::LinkageProduct;

constexpr std::string_view kProduct =
    "SELECT p.id, p.code, p.national_code, p.name, p.spec, p.form, p.pack_units, p.supplier, "
    "p.price_micro_yuan, p.kind, p.initials, p.active, p.version, COALESCE(f.content_mg, ''), "
    "COALESCE(f.material, ''), COALESCE(f.maker, ''), COALESCE(f.variety, ''), "
    "COALESCE(f.evaluated, 0), COALESCE(f.originator, 0), COALESCE(f.replaces, ''), "
    "COALESCE(f.version, 0) FROM ";
const std::string kProductFrom = "products p LEFT JOIN price_products f ON f.product = p.id";

std::string product_select() {
    return std::string(kProduct) + kProductFrom;
}

LinkageProduct product_of(const Row& row) {
    LinkageProduct one;
    ports::Product& product = one.product;
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
    one.facts.product = product.id;
    one.facts.content_mg = row.text(13);
    one.facts.material = row.text(14);
    one.facts.maker = row.text(15);
    one.facts.variety = row.text(16);
    one.facts.evaluated = row.flag(17);
    one.facts.originator = row.flag(18);
    one.facts.replaces = row.text(19);
    one.facts.version = row.number(20);
    return one;
}

ports::StoredPurchase purchase_of(const Row& row) {
    return {
        .product = row.number(0),
        .month = static_cast<std::int32_t>(row.number(1)),
        .hospital = row.text(2),
        .packs = row.number(3)};
}

constexpr std::string_view kMapping =
    "SELECT c.table_name, c.source, c.at, c.version, COALESCE(u.login, '') FROM column_mappings c "
    "LEFT JOIN users u ON u.id = c.user";

ColumnMapping mapping_of(const Row& row) {
    ColumnMapping mapping;
    mapping.table = row.text(0);
    mapping.source = row.text(1);
    mapping.at = row.moment(2);
    mapping.version = row.number(3);
    mapping.login = row.text(4);
    return mapping;
}

void read_titles(Connection& connection, ColumnMapping& mapping) {
    for (const Row& row : connection.query(
             "SELECT title, column_name FROM column_mapping_titles WHERE table_name = ? AND "
             "source = ? ORDER BY position",
             {mapping.table, mapping.source}
         )) {
        mapping.columns.emplace_back(row.text(0), row.text(1));
    }
}

}  // namespace

// --- products

std::optional<LinkageProduct> SqlPriceStore::product(const std::string& code) {
    return one<LinkageProduct>(
        connection_.query(product_select() + " WHERE p.code = ?", {code}), product_of
    );
}

std::optional<LinkageProduct> SqlPriceStore::product_by_id(std::int64_t id) {
    return one<LinkageProduct>(
        connection_.query(product_select() + " WHERE p.id = ?", {id}), product_of
    );
}

std::vector<LinkageProduct> SqlPriceStore::products_by_code(const std::vector<std::string>& codes) {
    auto all =
        found_by_keys<LinkageProduct>(connection_, product_select(), "p.code", codes, product_of);
    std::sort(all.begin(), all.end(), [](const LinkageProduct& a, const LinkageProduct& b) {
        return a.product.code < b.product.code;
    });
    return all;
}

std::map<std::int64_t, std::int64_t> SqlPriceStore::pack_units(
    const std::vector<std::int64_t>& products
) {
    std::map<std::int64_t, std::int64_t> all;
    for (std::size_t begin = 0; begin < products.size(); begin += kRowsAtOnce) {
        const std::size_t end = std::min(products.size(), begin + kRowsAtOnce);
        const std::vector<Value> values(
            products.begin() + static_cast<std::ptrdiff_t>(begin),
            products.begin() + static_cast<std::ptrdiff_t>(end)
        );
        for (const Row& row : connection_.query(
                 "SELECT id, pack_units FROM products WHERE id IN " + marks(values.size()), values
             )) {
            all.emplace(row.number(0), row.number(1));
        }
    }
    return all;
}

void SqlPriceStore::each_product(const std::function<void(const LinkageProduct&)>& take) {
    connection_.stream(product_select() + " WHERE p.active = 1 ORDER BY p.id", [&](const Row& row) {
        take(product_of(row));
    });
}

ports::Found<LinkageProduct> SqlPriceStore::products(const ports::ProductQuery& query) {
    Filter filter;
    filter.add_text(
        {"p.code", "p.national_code", "p.name", "p.initials", "p.supplier"}, query.text
    );
    if (!query.supplier.empty()) filter.add("p.supplier = ?", {query.supplier});
    if (query.kind) filter.add("p.kind = ?", {static_cast<std::int64_t>(*query.kind)});
    filter.add("p.active = ?", {query.active.value_or(true)});
    return found<LinkageProduct>(
        connection_, product_select(), kProductFrom, "p.code", filter, query.page, product_of
    );
}

void SqlPriceStore::put(const std::vector<ports::ProductFacts>& facts) {
    std::vector<std::vector<Value>> rows;
    rows.reserve(facts.size());
    for (const ports::ProductFacts& one : facts) {
        rows.push_back(
            {one.product,
             one.content_mg,
             one.material,
             one.maker,
             one.variety,
             one.evaluated,
             one.originator,
             one.replaces,
             std::int64_t{1}}
        );
    }
    insert_many(
        connection_,
        "INSERT INTO price_products (product, content_mg, material, maker, variety, evaluated, "
        "originator, replaces, version) VALUES ",
        rows,
        " ON DUPLICATE KEY UPDATE content_mg = VALUES(content_mg), material = VALUES(material), "
        "maker = VALUES(maker), variety = VALUES(variety), evaluated = VALUES(evaluated), "
        "originator = VALUES(originator), replaces = VALUES(replaces), version = version + 1"
    );
}

// --- purchases

void SqlPriceStore::put(const std::vector<ports::StoredPurchase>& purchases) {
    std::vector<std::vector<Value>> rows;
    for (std::size_t begin = 0; begin < purchases.size(); begin += kRowsAtOnce) {
        const std::size_t end = std::min(purchases.size(), begin + kRowsAtOnce);
        rows.clear();
        for (std::size_t i = begin; i < end; ++i) {
            const ports::StoredPurchase& one = purchases[i];
            rows.push_back({one.product, std::int64_t{one.month}, one.hospital, one.packs});
        }
        insert_many(
            connection_,
            "INSERT INTO price_purchases (product, month, hospital, packs) VALUES ",
            rows,
            " ON DUPLICATE KEY UPDATE packs = VALUES(packs)"
        );
    }
}

std::vector<ports::StoredPurchase> SqlPriceStore::purchases(
    const std::vector<std::int64_t>& products, std::int32_t first_month, std::int32_t last_month
) {
    std::vector<ports::StoredPurchase> all;
    for (std::size_t begin = 0; begin < products.size(); begin += kRowsAtOnce) {
        const std::size_t end = std::min(products.size(), begin + kRowsAtOnce);
        std::vector<Value> values(
            products.begin() + static_cast<std::ptrdiff_t>(begin),
            products.begin() + static_cast<std::ptrdiff_t>(end)
        );
        const std::string in = marks(values.size());
        values.emplace_back(std::int64_t{first_month});
        values.emplace_back(std::int64_t{last_month});
        for (const Row& row : connection_.query(
                 "SELECT product, month, hospital, packs FROM price_purchases WHERE product IN " +
                     in + " AND month BETWEEN ? AND ? ORDER BY product, month, hospital",
                 values
             )) {
            all.push_back(purchase_of(row));
        }
    }
    return all;
}

std::vector<ports::PurchaseSum> SqlPriceStore::purchase_sums(
    std::int32_t first_month, std::int32_t last_month, bool by_hospital
) {
    std::vector<ports::PurchaseSum> all;
    const std::string hospital = by_hospital ? "hospital" : "''";
    const std::string group = by_hospital ? "product, hospital" : "product";
    for (const Row& row : connection_.query(
             "SELECT product, " + hospital +
                 ", CAST(SUM(packs) AS SIGNED) FROM price_purchases WHERE month BETWEEN ? AND ? "
                 "GROUP BY " +
                 group + " ORDER BY " + group,
             {std::int64_t{first_month}, std::int64_t{last_month}}
         )) {
        all.push_back({row.number(0), row.text(1), row.number(2)});
    }
    return all;
}

// --- column mappings

std::optional<ColumnMapping> SqlPriceStore::mapping(
    const std::string& table, const std::string& source
) {
    auto mapping = one<ColumnMapping>(
        connection_.query(
            std::string(kMapping) + " WHERE c.table_name = ? AND c.source = ?", {table, source}
        ),
        mapping_of
    );
    if (mapping) read_titles(connection_, *mapping);
    return mapping;
}

std::vector<ColumnMapping> SqlPriceStore::mappings(const std::string& table) {
    std::vector<ColumnMapping> all;
    for (const Row& row : connection_.query(
             std::string(kMapping) + " WHERE c.table_name = ? ORDER BY c.source", {table}
         )) {
        all.push_back(mapping_of(row));
    }
    for (ColumnMapping& mapping : all) read_titles(connection_, mapping);
    return all;
}

bool SqlPriceStore::save(const ColumnMapping& mapping, std::int64_t user) {
    std::int64_t changed = 0;
    if (mapping.version == 0) {
        changed = connection_.change(
            "INSERT IGNORE INTO column_mappings (table_name, source, user, at, version) "
            "VALUES (?, ?, ?, ?, 1)",
            {mapping.table, mapping.source, user, mapping.at}
        );
    } else {
        changed = connection_.change(
            "UPDATE column_mappings SET user = ?, at = ?, version = version + 1 "
            "WHERE table_name = ? AND source = ? AND version = ?",
            {user, mapping.at, mapping.table, mapping.source, mapping.version}
        );
    }
    if (changed != 1) return false;
    connection_.change(
        "DELETE FROM column_mapping_titles WHERE table_name = ? AND source = ?",
        {mapping.table, mapping.source}
    );
    std::vector<std::vector<Value>> rows;
    for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
        rows.push_back(
            {mapping.table,
             mapping.source,
             static_cast<std::int64_t>(i),
             mapping.columns[i].first,
             mapping.columns[i].second}
        );
    }
    insert_many(
        connection_,
        "INSERT INTO column_mapping_titles (table_name, source, position, title, column_name) "
        "VALUES ",
        rows
    );
    return true;
}

}  // namespace jicai::sql
