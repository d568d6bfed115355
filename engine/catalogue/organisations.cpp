#include <engine/accounts/kinds.h>
#include <engine/accounts/organisations.h>
#include <engine/catalogue/organisations.h>
#include <engine/catalogue/row_comparison.h>
#include <engine/ports/refused.h>

#include <map>
#include <optional>
#include <utility>

namespace jicai::catalogue {
namespace {

using ports::Organisation;
using Column = OrganisationsTarget::Column;

/// One row: what is there, and what will be; the parent by its code, since it may be of the file.
struct Step {
    Organisation wanted;
    std::string parent;
    bool is_new = false;
};

RowTexts texts(const Organisation& organisation, const std::string& parent) {
    RowTexts row(Column::column_count);
    row[Column::code] = organisation.code;
    row[Column::name] = organisation.name;
    row[Column::kind] = accounts::name_of(organisation.kind);
    row[Column::region] = organisation.region;
    row[Column::parent] = parent;
    return row;
}

}  // namespace

const std::vector<std::string>& organisation_columns() {
    static const std::vector<std::string> names{
        "code", "name", "kind", "region", "parent", "expires"};
    return names;
}

struct OrganisationsTarget::Plan {
    Comparison comparison;
    std::vector<Step> steps;
};

OrganisationsTarget::Plan OrganisationsTarget::plan(
    ports::Transaction& transaction,
    const TableContext& /*context*/,
    const std::vector<TableRow>& rows
) const {
    std::map<std::string, std::optional<Organisation>> known;
    const auto look_up = [&](const std::string& wanted) -> const std::optional<Organisation>& {
        const auto at = known.find(wanted);
        if (at != known.end()) return at->second;
        return known.emplace(wanted, transaction.people().organisation_by_code(wanted))
            .first->second;
    };
    std::map<std::string, std::uint64_t> row_of;
    for (const TableRow& row : rows) row_of.emplace(row.values[Column::code].text, row.row);
    RowComparison result;
    Plan made;
    for (const TableRow& row : rows) {
        const auto& values = row.values;
        const std::optional<Organisation>& stored = look_up(values[Column::code].text);
        Step step;
        step.is_new = !stored;
        step.wanted = stored.value_or(Organisation{});
        step.wanted.code = values[Column::code].text;
        step.wanted.name = values[Column::name].text;
        step.wanted.kind = *accounts::find_kind(values[Column::kind].text);
        step.wanted.region = values[Column::region].text;
        step.parent = values[Column::parent].text;
        if (stored && stored->kind != step.wanted.kind) {
            result.fault(row, Column::kind, {"catalogue.kind_changed", {{"name", stored->name}}});
        }
        if (values[Column::expires].given) {
            result.fault(
                row,
                Column::expires,
                {"catalogue.expires_institution", {{"value", values[Column::expires].text}}}
            );
        }
        // A parent of the file stands above its children, so that it is there when they come.
        if (!step.parent.empty() && !look_up(step.parent)) {
            const auto at = row_of.find(step.parent);
            if (at == row_of.end() || at->second >= row.row) {
                result.fault(
                    row, Column::parent, {"catalogue.parent_unknown", {{"value", step.parent}}}
                );
            }
        }
        std::string parent_before;
        if (stored && stored->parent != 0) {
            const auto above = transaction.people().organisation(stored->parent);
            if (above) parent_before = above->code;
        }
        if (stored) {
            result.compared_with(stored->code, stored->version);
            if (!result.change(
                    row,
                    stored->code,
                    texts(*stored, parent_before),
                    texts(step.wanted, step.parent)
                )) {
                continue;
            }
        } else {
            result.add(row, step.wanted.code, texts(step.wanted, step.parent));
        }
        made.steps.push_back(std::move(step));
    }
    made.comparison = result.take();
    return made;
}

Comparison OrganisationsTarget::compare(
    ports::Transaction& transaction, const TableContext& context, const std::vector<TableRow>& rows
) const {
    return plan(transaction, context, rows).comparison;
}

std::vector<ports::AuditEntry> OrganisationsTarget::apply(
    ports::Transaction& transaction,
    const TableContext& context,
    const std::vector<TableRow>& rows,
    const Comparison& comparison
) const {
    Plan wanted = plan(transaction, context, rows);
    if (!wanted.comparison.faults.empty() || wanted.comparison.base != comparison.base) {
        throw ports::Refused({"import.overtaken", {}});
    }
    std::vector<ports::AuditEntry> entries;
    for (Step& step : wanted.steps) {
        step.wanted.parent = 0;
        if (!step.parent.empty()) {
            const auto above = transaction.people().organisation_by_code(step.parent);
            if (!above) throw ports::Refused({"import.overtaken", {}});
            step.wanted.parent = above->id;
        }
        auto changed = step.is_new
                           ? accounts::add_organisation(transaction, step.wanted)
                           : accounts::change_organisation(transaction, context.actor, step.wanted);
        entries.insert(entries.end(), changed.audit.begin(), changed.audit.end());
    }
    return entries;
}

}  // namespace jicai::catalogue
