#include <engine/catalogue/row_comparison.h>
#include <engine/listing/enforce.h>
#include <engine/listing/listings_target.h>
#include <engine/listing/order_check.h>
#include <engine/ports/refused.h>

#include <map>
#include <utility>

namespace jicai::listing {
namespace {

using catalogue::Comparison;
using catalogue::RowTexts;
using catalogue::TableContext;
using catalogue::TableRow;
using ports::Listing;
using Column = ListingsTarget::Column;
using Key = std::pair<std::string, std::string>;  ///< region, product

const std::vector<std::string>& columns() {
    static const std::vector<std::string> names{
        "product", "region", "kind", "price", "effective", "holder", "clause"};
    return names;
}

Doer doer_of(const TableContext& context) {
    return {
        context.actor,
        {context.actor.user, context.actor.organisation, context.login, context.login},
        context.now};
}

std::string key_text(const TableRow& row) {
    return row.values[Column::product].text + " / " + row.values[Column::region].text;
}

}  // namespace

struct ListingsTarget::Plan {
    /// What an entry that is there takes from its row.
    struct Change {
        Listing entry;
        std::optional<PriceAsked> price;
        std::optional<Details> details;
    };
    Comparison comparison;
    std::vector<NewEntry> added;
    std::vector<Change> changed;
};

ListingsTarget::Plan ListingsTarget::plan(
    ports::Transaction& transaction, const TableContext& context, const std::vector<TableRow>& rows
) const {
    std::map<std::string, std::vector<std::string>> by_region;
    std::vector<std::string> codes;
    for (const TableRow& row : rows) {
        by_region[row.values[Column::region].text].push_back(row.values[Column::product].text);
        codes.push_back(row.values[Column::product].text);
    }
    std::map<std::string, ports::Product> products;
    for (ports::Product& one : transaction.catalogue().products_by_code(codes)) {
        std::string code = one.code;
        products.emplace(std::move(code), std::move(one));
    }
    std::map<Key, Listing> entries;
    std::vector<std::int64_t> ids;
    catalogue::RowComparison result;
    for (const auto& [region, of_region] : by_region) {
        for (Listing& one : transaction.listings().listings_of(region, of_region)) {
            result.compared_with(one.region + "/" + one.product, one.version);
            ids.push_back(one.id);
            Key key{one.region, one.product};
            entries.emplace(std::move(key), std::move(one));
        }
    }
    auto versions = transaction.listings().versions(ids);
    auto events = transaction.listings().events(ids);
    const std::string today = beijing_day(context.now);

    Plan made;
    for (const TableRow& row : rows) {
        const auto& values = row.values;
        const std::string& code = values[Column::product].text;
        const std::string& region = values[Column::region].text;
        const std::string& day = values[Column::effective].text;
        const money::Price price(values[Column::price].number);
        const ListingKind kind = *find_listing_kind(values[Column::kind].text);
        const auto product = products.find(code);
        if (product == products.end()) {
            result.fault(row, Column::product, {"catalogue.product_not_found", {{"code", code}}});
            continue;
        }
        if (province_of(region) != region) {
            result.fault(row, Column::region, {"listing.region_not_province", {{"value", region}}});
            continue;
        }
        if (!access::may(
                context.actor, access::Action::decide_listings, {.region = region, .stage = {}}
            )) {
            result.fault(row, Column::region, {"listing.region_not_yours", {{"value", region}}});
            continue;
        }
        if (!is_day(day)) {
            result.fault(row, Column::effective, {"listing.day_unknown", {{"value", day}}});
            continue;
        }
        RowTexts after{
            code,
            region,
            values[Column::kind].text,
            price.text(),
            day,
            values[Column::holder].text,
            values[Column::clause].text};
        const auto there = entries.find({region, code});
        if (there == entries.end()) {
            NewEntry entry;
            entry.product = code;
            entry.region = region;
            entry.kind = kind;
            entry.holder = values[Column::holder].given ? values[Column::holder].text
                                                        : product->second.supplier;
            entry.name = product->second.name;
            entry.pack_units = product->second.pack_units;
            entry.price = price;
            entry.effective = day;
            entry.clause = values[Column::clause].text;
            result.add(row, key_text(row), after);
            made.added.push_back(std::move(entry));
            continue;
        }
        const Listing& entry = there->second;
        if (entry.state == ListingState::delisted) {
            result.fault(row, Column::product, {"listing.is_delisted", {{"product", code}}});
            continue;
        }
        const auto& had = versions[entry.id];
        Plan::Change change;
        change.entry = entry;
        const EnforcedPrice enforced = price_on(had, day);
        // Without a holder or a clause of its own a row leaves those that are there.
        if (!values[Column::holder].given) after[Column::holder] = entry.holder;
        if (enforced.price == price) {
            after[Column::effective] = enforced.governs.from;
            after[Column::clause] = enforced.governs.clause;
        } else {
            PriceVersion asked;
            asked.price = price;
            asked.stated = day;
            asked.ground_kind = "declared";
            asked.recorded_at = context.now;
            Placement placed = place_price(had, events[entry.id], asked, today);
            if (!placed.refusal && !placed.there_already) {
                placed.refusal = against_cap(entry, price, placed.version.effective);
            }
            if (placed.refusal) {
                result.fault(row, Column::price, std::move(*placed.refusal));
                continue;
            }
            change.price = PriceAsked{price, day, "declared", "", values[Column::clause].text};
        }
        if (kind != entry.kind || after[Column::holder] != entry.holder) {
            change.details = Details{
                after[Column::holder],
                "",
                kind,
                values[Column::clause].given ? values[Column::clause].text : "—",
                values[Column::clause].text};
        }
        const RowTexts before{
            code,
            region,
            std::string(name_of(entry.kind)),
            enforced.price ? enforced.price->text() : std::string(),
            enforced.governs.from,
            entry.holder,
            enforced.governs.clause};
        if (result.change(row, key_text(row), before, after)) {
            made.changed.push_back(std::move(change));
        }
    }
    made.comparison = result.take();
    return made;
}

Comparison ListingsTarget::compare(
    ports::Transaction& transaction, const TableContext& context, const std::vector<TableRow>& rows
) const {
    return plan(transaction, context, rows).comparison;
}

std::vector<ports::AuditEntry> ListingsTarget::apply(
    ports::Transaction& transaction,
    const TableContext& context,
    const std::vector<TableRow>& rows,
    const Comparison& comparison
) const {
    const Plan wanted = plan(transaction, context, rows);
    if (!wanted.comparison.faults.empty() || wanted.comparison.base != comparison.base) {
        throw ports::Refused({"import.overtaken", {}});
    }
    const Doer doer = doer_of(context);
    open_entries(transaction, doer, wanted.added);
    for (const Plan::Change& change : wanted.changed) {
        Listing entry = change.entry;
        if (change.price) {
            (void)set_price(transaction, doer, entry, *change.price);
            ++entry.version;
        }
        if (change.details) change_details(transaction, doer, entry, *change.details);
    }
    return {catalogue::entry_of("listing", comparison, columns())};
}

}  // namespace jicai::listing
