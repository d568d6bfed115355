#include <engine/catalogue/kinds.h>
#include <engine/catalogue/products.h>
#include <engine/catalogue/row_comparison.h>
#include <engine/ports/refused.h>

#include <algorithm>
#include <map>
#include <utility>

namespace jicai::catalogue {
namespace {

using ports::Product;
using Column = ProductsTarget::Column;

void read_row(const TableRow& row, Product& wanted) {
    const auto& values = row.values;
    wanted.code = values[Column::code].text;
    wanted.national_code = values[Column::national_code].text;
    wanted.name = values[Column::name].text;
    wanted.spec = values[Column::spec].text;
    wanted.form = values[Column::form].text;
    wanted.pack_units = values[Column::pack_units].number;
    wanted.supplier = values[Column::supplier].text;
    wanted.price.reset();
    if (values[Column::price].given) wanted.price = money::Price(values[Column::price].number);
    const bool given = values[Column::kind].given;
    wanted.kind =
        given ? *find_product_kind(values[Column::kind].text) : kinds_of_code(wanted.code).front();
}

}  // namespace

const std::vector<std::string>& product_columns() {
    static const std::vector<std::string> names{
        "code", "national_code", "name", "spec", "form", "pack_units", "supplier", "price", "kind"};
    return names;
}

std::vector<std::string> texts_of(const Product& product) {
    std::vector<std::string> texts(Column::column_count);
    texts[Column::code] = product.code;
    texts[Column::national_code] = product.national_code;
    texts[Column::name] = product.name;
    texts[Column::spec] = product.spec;
    texts[Column::form] = product.form;
    texts[Column::pack_units] = std::to_string(product.pack_units);
    texts[Column::supplier] = product.supplier;
    if (product.price) texts[Column::price] = product.price->text();
    texts[Column::kind] = name_of(product.kind);
    return texts;
}

struct ProductsTarget::Plan {
    Comparison comparison;
    std::vector<Product> added;
    std::vector<Product> changed;
};

ProductsTarget::Plan ProductsTarget::plan(
    ports::Transaction& transaction, const TableContext& context, const std::vector<TableRow>& rows
) const {
    std::vector<std::string> codes;
    for (const TableRow& row : rows) codes.push_back(row.values[Column::code].text);
    std::map<std::string, Product> all;
    RowComparison result;
    for (Product& one : transaction.catalogue().products_by_code(codes)) {
        result.compared_with(one.code, one.version);
        std::string one_code = one.code;
        all.emplace(std::move(one_code), std::move(one));
    }
    Plan made;
    for (const TableRow& row : rows) {
        const auto there = all.find(row.values[Column::code].text);
        const Product* const stored = there == all.end() ? nullptr : &there->second;
        Product wanted = stored == nullptr ? Product{} : *stored;
        read_row(row, wanted);
        wanted.initials = initials_(wanted.name);
        const auto kinds = kinds_of_code(wanted.code);
        if (std::find(kinds.begin(), kinds.end(), wanted.kind) == kinds.end()) {
            result.fault(
                row,
                Column::kind,
                {"catalogue.product_kind",
                 {{"code", wanted.code}, {"product_kind", std::string(name_of(kinds.front()))}}}
            );
        }
        if (context.form && context.form->adds && stored != nullptr) {
            result.fault(
                row,
                Column::code,
                {"catalogue.code_taken", {{"value", wanted.code}, {"name", stored->name}}}
            );
        }
        if (context.form && !context.form->adds &&
            (stored == nullptr || stored->version != context.form->version)) {
            throw ports::Refused({"people.changed", {{"name", wanted.name}}});
        }
        if (stored == nullptr) {
            result.add(row, wanted.code, texts_of(wanted));
            made.added.push_back(std::move(wanted));
        } else if (result.change(row, wanted.code, texts_of(*stored), texts_of(wanted))) {
            made.changed.push_back(std::move(wanted));
        }
    }
    made.comparison = result.take();
    return made;
}

std::vector<std::vector<std::string>> ProductsTarget::prefilled(
    ports::Transaction& transaction, const TableContext& /*context*/
) const {
    ports::ProductQuery query;
    query.active = true;
    query.page.size = kRowsPrefilled;
    std::vector<std::vector<std::string>> rows;
    for (const Product& one : transaction.catalogue().products(query).rows) {
        rows.push_back(texts_of(one));
    }
    return rows;
}

Comparison ProductsTarget::compare(
    ports::Transaction& transaction, const TableContext& context, const std::vector<TableRow>& rows
) const {
    return plan(transaction, context, rows).comparison;
}

std::vector<ports::AuditEntry> ProductsTarget::apply(
    ports::Transaction& transaction,
    const TableContext& context,
    const std::vector<TableRow>& rows,
    const Comparison& comparison
) const {
    const Plan wanted = plan(transaction, context, rows);
    if (!wanted.comparison.faults.empty() || wanted.comparison.base != comparison.base) {
        throw ports::Refused({"import.overtaken", {}});
    }
    transaction.catalogue().add(wanted.added);
    for (const Product& one : wanted.changed) {
        if (!transaction.catalogue().save(one)) throw ports::Refused({"import.overtaken", {}});
    }
    return {entry_of("product", comparison, product_columns())};
}

}  // namespace jicai::catalogue
