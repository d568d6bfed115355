#include <engine/catalogue/row_comparison.h>
#include <engine/ports/refused.h>

#include <algorithm>

namespace jicai::catalogue {

void RowComparison::fault(const TableRow& row, std::size_t column, decision::Message message) {
    comparison_.faults.push_back({row.row, column, row.values.at(column).text, std::move(message)});
}

void RowComparison::warn(const TableRow& row, std::size_t column, decision::Message message) {
    comparison_.warnings.push_back({row.row, column, row.values.at(column).text, std::move(message)}
    );
}

void RowComparison::show(
    std::uint64_t row,
    const std::string& key,
    RowChange change,
    const RowTexts& before,
    const RowTexts& after
) {
    if (comparison_.shown.size() >= kChangedRowsShown) return;
    ChangedRow shown{row, key, change, {}};
    const std::size_t count = std::max(before.size(), after.size());
    for (std::size_t i = 0; i < count; ++i) {
        const std::string was = i < before.size() ? before[i] : std::string();
        const std::string is = i < after.size() ? after[i] : std::string();
        if (was != is) shown.cells.push_back({i, was, is});
    }
    comparison_.shown.push_back(std::move(shown));
}

void RowComparison::add(const TableRow& row, const std::string& key, const RowTexts& after) {
    ++comparison_.added;
    show(row.row, key, RowChange::added, {}, after);
}

bool RowComparison::change(
    const TableRow& row, const std::string& key, const RowTexts& before, const RowTexts& after
) {
    if (before == after) {
        ++comparison_.same;
        return false;
    }
    ++comparison_.changed;
    show(row.row, key, RowChange::changed, before, after);
    return true;
}

void RowComparison::remove(const std::string& key, const RowTexts& before) {
    ++comparison_.removed;
    show(0, key, RowChange::removed, before, {});
}

void RowComparison::compared_with(const std::string& code, std::int64_t version) {
    comparison_.base += code + ":" + std::to_string(version) + "\n";
}

ports::AuditEntry entry_of(
    const std::string& action, const Comparison& comparison, const std::vector<std::string>& names
) {
    using decision::Json;
    ports::AuditEntry entry;
    entry.result = "done";
    const auto touched = comparison.added + comparison.changed + comparison.removed;
    if (touched == 1 && comparison.shown.size() == 1) {
        const ChangedRow& row = comparison.shown.front();
        Json::Object before;
        Json::Object after;
        for (const CellChange& cell : row.cells) {
            if (row.change != RowChange::added) before.emplace(names.at(cell.column), cell.before);
            if (row.change != RowChange::removed) after.emplace(names.at(cell.column), cell.after);
        }
        entry.action = action + (row.change == RowChange::added     ? ".created"
                                 : row.change == RowChange::changed ? ".changed"
                                                                    : ".removed");
        entry.object = action + ":" + row.key;
        if (!before.empty()) entry.before = Json(std::move(before)).canonical();
        if (!after.empty()) entry.after = Json(std::move(after)).canonical();
        return entry;
    }
    entry.action = action + ".imported";
    entry.after = Json(Json::Object{
                           {"added", comparison.added},
                           {"changed", comparison.changed},
                           {"removed", comparison.removed},
                           {"same", comparison.same}}
    ).canonical();
    return entry;
}

void refuse_faults(const Comparison& comparison, const std::vector<std::string>& names) {
    if (comparison.faults.empty()) return;
    std::vector<ports::FieldFault> faults;
    for (const RowFault& fault : comparison.faults) {
        faults.push_back({"/" + names.at(fault.column), fault.value, fault.message});
    }
    throw ports::Refused(comparison.faults.front().message, std::move(faults));
}

}  // namespace jicai::catalogue
