#include <engine/catalogue/kinds.h>
#include <engine/catalogue/regions.h>
#include <engine/catalogue/row_comparison.h>
#include <engine/ports/refused.h>

#include <map>
#include <set>
#include <utility>

namespace jicai::catalogue {
namespace {

using ports::Region;
using Column = RegionsTarget::Column;

Region region(std::string code, std::string name, std::string initials, bool own) {
    Region made;
    made.level = level_of_region(code);
    made.parent = parent_of_region(code);
    made.code = std::move(code);
    made.name = std::move(name);
    made.initials = std::move(initials);
    made.own = own;
    return made;
}

}  // namespace

const std::vector<std::string>& region_columns() {
    static const std::vector<std::string> names{"code", "name"};
    return names;
}

struct RegionsTarget::Plan {
    Comparison comparison;
    std::vector<Region> put;
};

RegionsTarget::Plan RegionsTarget::plan(
    ports::Transaction& transaction,
    const TableContext& /*context*/,
    const std::vector<TableRow>& rows
) const {
    std::map<std::string, Region> all;
    for (Region& one : transaction.catalogue().all_regions()) {
        std::string one_code = one.code;
        all.emplace(std::move(one_code), std::move(one));
    }
    std::set<std::string> of_file;
    for (const TableRow& row : rows) of_file.insert(row.values[Column::code].text);
    RowComparison result;
    Plan made;
    for (const TableRow& row : rows) {
        const std::string& row_code = row.values[Column::code].text;
        const std::string& row_name = row.values[Column::name].text;
        const std::string parent = parent_of_region(row_code);
        if (parent.empty()) {
            result.fault(row, Column::code, {"catalogue.region_country", {{"value", row_code}}});
        } else if (parent != "000000" && !all.contains(parent) && !of_file.contains(parent)) {
            result.fault(
                row,
                Column::code,
                {"catalogue.region_parent", {{"value", row_code}, {"parent", parent}}}
            );
        }
        const auto there = all.find(row_code);
        if (there == all.end()) {
            result.add(row, row_code, {row_code, row_name});
        } else {
            result.compared_with(row_code + there->second.name, 0);
            if (!result.change(
                    row, row_code, {row_code, there->second.name}, {row_code, row_name}
                )) {
                continue;
            }
        }
        made.put.push_back(region(row_code, row_name, initials_(row_name), true));
    }
    made.comparison = result.take();
    return made;
}

std::vector<std::vector<std::string>> RegionsTarget::prefilled(
    ports::Transaction& transaction, const TableContext& /*context*/
) const {
    std::vector<std::vector<std::string>> rows;
    for (const Region& one : transaction.catalogue().all_regions()) {
        if (!one.parent.empty()) rows.push_back({one.code, one.name});
    }
    return rows;
}

Comparison RegionsTarget::compare(
    ports::Transaction& transaction, const TableContext& context, const std::vector<TableRow>& rows
) const {
    return plan(transaction, context, rows).comparison;
}

std::vector<ports::AuditEntry> RegionsTarget::apply(
    ports::Transaction& transaction,
    const TableContext& context,
    const std::vector<TableRow>& rows,
    const Comparison& comparison
) const {
    const Plan wanted = plan(transaction, context, rows);
    if (!wanted.comparison.faults.empty() || wanted.comparison.base != comparison.base) {
        throw ports::Refused({"import.overtaken", {}});
    }
    transaction.catalogue().put(wanted.put);
    return {entry_of("region", comparison, region_columns())};
}

std::size_t put_shipped_regions(ports::Transaction& transaction, std::vector<Region> regions) {
    std::map<std::string, Region> there;
    for (Region& one : transaction.catalogue().all_regions()) there.emplace(one.code, one);
    std::vector<Region> wanted;
    for (Region& one : regions) {
        Region made = region(one.code, std::move(one.name), std::move(one.initials), false);
        const auto at = there.find(made.code);
        if (at != there.end() && (at->second.own || at->second == made)) continue;
        wanted.push_back(std::move(made));
    }
    transaction.catalogue().put(wanted);
    return wanted.size();
}

}  // namespace jicai::catalogue
