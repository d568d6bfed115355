#include <engine/catalogue/row_comparison.h>
#include <engine/ports/price_store.h>
#include <engine/ports/refused.h>
#include <engine/prices/facts_target.h>

#include <map>
#include <utility>

namespace jicai::prices {
namespace {

using catalogue::Comparison;
using catalogue::RowTexts;
using catalogue::TableContext;
using catalogue::TableRow;
using Column = FactsTarget::Column;

constexpr const char* kYes = "yes";
constexpr const char* kNo = "no";

RowTexts texts_of(const std::string& code, const ports::ProductFacts& facts) {
    RowTexts texts(Column::column_count);
    texts[Column::product] = code;
    texts[Column::content_mg] = facts.content_mg;
    texts[Column::material] = facts.material;
    texts[Column::maker] = facts.maker;
    texts[Column::variety] = facts.variety;
    texts[Column::evaluated] = facts.evaluated ? kYes : kNo;
    texts[Column::originator] = facts.originator ? kYes : kNo;
    texts[Column::replaces] = facts.replaces;
    return texts;
}

ports::ProductFacts facts_of(const TableRow& row, std::int64_t product) {
    const auto& values = row.values;
    ports::ProductFacts facts;
    facts.product = product;
    facts.content_mg = values[Column::content_mg].text;
    facts.material = values[Column::material].text;
    facts.maker = values[Column::maker].text;
    facts.variety = values[Column::variety].text;
    facts.evaluated = values[Column::evaluated].text == kYes;
    facts.originator = values[Column::originator].text == kYes;
    facts.replaces = values[Column::replaces].text;
    return facts;
}

}  // namespace

struct FactsTarget::Plan {
    Comparison comparison;
    std::vector<ports::ProductFacts> changed;
};

FactsTarget::Plan FactsTarget::plan(
    ports::Transaction& transaction, const std::vector<TableRow>& rows
) {
    std::vector<std::string> codes;
    for (const TableRow& row : rows) codes.push_back(row.values[Column::product].text);
    std::map<std::string, ports::ProductFacts> known;
    catalogue::RowComparison result;
    for (auto& one : transaction.prices().products_by_code(codes)) {
        result.compared_with(one.product.code, one.facts.version);
        known.emplace(one.product.code, one.facts);
    }
    Plan made;
    for (const TableRow& row : rows) {
        const std::string& code = row.values[Column::product].text;
        const auto stored = known.find(code);
        if (stored == known.end()) {
            result.fault(row, Column::product, {"price.product_unknown", {{"code", code}}});
            continue;
        }
        ports::ProductFacts wanted = facts_of(row, stored->second.product);
        if (stored->second.version == 0) {
            result.add(row, code, texts_of(code, wanted));
        } else if (!result.change(
                       row, code, texts_of(code, stored->second), texts_of(code, wanted)
                   )) {
            continue;
        }
        made.changed.push_back(std::move(wanted));
    }
    made.comparison = result.take();
    return made;
}

std::vector<std::vector<std::string>> FactsTarget::prefilled(
    ports::Transaction& transaction, const TableContext& /*context*/
) const {
    ports::ProductQuery query;
    query.active = true;
    query.page.size = catalogue::kRowsPrefilled;
    std::vector<std::vector<std::string>> rows;
    for (const auto& one : transaction.prices().products(query).rows) {
        rows.push_back(texts_of(one.product.code, one.facts));
    }
    return rows;
}

Comparison FactsTarget::compare(
    ports::Transaction& transaction,
    const TableContext& /*context*/,
    const std::vector<TableRow>& rows
) const {
    return plan(transaction, rows).comparison;
}

std::vector<ports::AuditEntry> FactsTarget::apply(
    ports::Transaction& transaction,
    const TableContext& /*context*/,
    const std::vector<TableRow>& rows,
    const Comparison& comparison
) const {
    const Plan wanted = plan(transaction, rows);
    if (!wanted.comparison.faults.empty() || wanted.comparison.base != comparison.base) {
        throw ports::Refused({"import.overtaken", {{"name", ""}}});
    }
    transaction.prices().put(wanted.changed);
    static const std::vector<std::string> names{
        "product",
        "content_mg",
        "material",
        "maker",
        "variety",
        "evaluated",
        "originator",
        "replaces"};
    return {catalogue::entry_of("price_product", comparison, names)};
}

}  // namespace jicai::prices
