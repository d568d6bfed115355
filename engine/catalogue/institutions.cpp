#include <engine/access/code_check.h>
#include <engine/accounts/organisations.h>
#include <engine/catalogue/institutions.h>
#include <engine/catalogue/kinds.h>
#include <engine/catalogue/row_comparison.h>
#include <engine/money/check.h>
#include <engine/ports/refused.h>

#include <map>
#include <set>
#include <utility>

namespace jicai::catalogue {
namespace {

using ports::Institution;
using ports::InstitutionKind;
using Column = InstitutionsTarget::Column;

/// The day it is in Beijing: the first ten characters of the moment there.
std::string day_of(ports::Moment now) {
    return ports::beijing_text(now).substr(0, 10);
}

void read_row(const TableRow& row, Institution& wanted) {
    const auto& values = row.values;
    wanted.code = values[Column::code].text;
    wanted.name = values[Column::name].text;
    wanted.region = values[Column::region].text;
    wanted.kind = *find_institution_kind(values[Column::kind].text);
    wanted.duty = *find_duty(values[Column::duty].text);
    wanted.level = values[Column::level].given ? *find_institution_level(values[Column::level].text)
                                               : ports::InstitutionLevel::unrated;
    // The lead of a group may name itself.
    const std::string& lead = values[Column::group_lead].text;
    wanted.lead_code = lead == wanted.code ? std::string() : lead;
    wanted.expires = values[Column::expires].text;
    wanted.buys_through = values[Column::buys_through].text;
}

}  // namespace

const std::vector<std::string>& institution_columns() {
    static const std::vector<std::string> names{
        "code", "name", "region", "kind", "duty", "level", "group_lead", "expires", "buys_through"};
    return names;
}

std::vector<std::string> texts_of(const Institution& institution) {
    std::vector<std::string> texts(Column::column_count);
    texts[Column::code] = institution.code;
    texts[Column::name] = institution.name;
    texts[Column::region] = institution.region;
    texts[Column::kind] = name_of(institution.kind);
    texts[Column::duty] = name_of(institution.duty);
    texts[Column::level] = name_of(institution.level);
    texts[Column::group_lead] = institution.lead_code;
    texts[Column::expires] = institution.expires;
    texts[Column::buys_through] = institution.buys_through;
    return texts;
}

struct InstitutionsTarget::Plan {
    Comparison comparison;
    std::vector<Institution> added;
    std::vector<Institution> changed;
};

InstitutionsTarget::Plan InstitutionsTarget::plan(
    ports::Transaction& transaction, const TableContext& context, const std::vector<TableRow>& rows
) const {
    std::set<std::string> codes;
    for (const TableRow& row : rows) {
        for (const Column column : {Column::code, Column::group_lead, Column::buys_through}) {
            if (row.values[column].given) codes.insert(row.values[column].text);
        }
    }
    // As it will be: stored ones, then those of the file over them.
    std::map<std::string, Institution> all;
    for (Institution& one :
         transaction.catalogue().institutions_by_code({codes.begin(), codes.end()})) {
        std::string one_code = one.code;
        all.emplace(std::move(one_code), std::move(one));
    }
    std::set<std::string> regions;
    for (const ports::Region& one : transaction.catalogue().all_regions()) regions.insert(one.code);

    RowComparison result;
    for (const auto& [one_code, one] : all) result.compared_with(one_code, one.version);
    std::vector<std::pair<const TableRow*, std::optional<Institution>>> before;
    for (const TableRow& row : rows) {
        const std::string& row_code = row.values[Column::code].text;
        const auto there = all.find(row_code);
        std::optional<Institution> stored;
        if (there != all.end()) stored = there->second;
        before.emplace_back(&row, stored);
        Institution wanted = stored.value_or(Institution{});
        read_row(row, wanted);
        wanted.initials = initials_(wanted.name);
        all[row_code] = std::move(wanted);
    }
    const auto find = [&](const std::string& wanted) -> const Institution* {
        const auto at = all.find(wanted);
        return at == all.end() ? nullptr : &at->second;
    };
    std::set<std::string> leads;
    for (const auto& [one_code, one] : all) {
        if (!one.lead_code.empty()) leads.insert(one.lead_code);
    }
    // Whether somebody beyond the file is led by it, and stays so.
    const auto leads_others = [&](const std::optional<Institution>& stored) {
        if (!stored) return false;
        for (const Institution& member : transaction.catalogue().members_of(stored->organisation)) {
            if (member.lead == stored->organisation && !all.contains(member.code)) return true;
        }
        return false;
    };
    const std::string today = day_of(context.now);

    Plan made;
    for (const auto& [row_at, stored] : before) {
        const TableRow& row = *row_at;
        const Institution& wanted = all.at(row.values[Column::code].text);
        const auto named = [&](const std::string& key, const std::string& value) {
            return decision::Message{key, {{"value", value}, {"name", wanted.name}}};
        };
        const bool pharmacy = wanted.kind == InstitutionKind::pharmacy;
        const access::CodeCheck check = access::check_code(wanted.code);
        if (check.form == access::CodeForm::medical_institution &&
            (wanted.code[0] == 'P') != pharmacy) {
            result.fault(row, Column::kind, named("catalogue.code_kind", wanted.code));
        }
        const bool known = regions.empty() || regions.contains(wanted.region);
        if (!known && wanted.region != "000000") {
            result.fault(row, Column::region, named("catalogue.region_unknown", wanted.region));
        } else if (check.form == access::CodeForm::medical_institution && check.region != wanted.region) {
            result.warn(
                row,
                Column::region,
                {"catalogue.code_region_differs",
                 {{"value", wanted.region}, {"region", check.region}, {"code", wanted.code}}}
            );
        }
        if (!wanted.lead_code.empty()) {
            const Institution* const lead = find(wanted.lead_code);
            const char* key = lead == nullptr            ? "catalogue.lead_unknown"
                              : !lead->lead_code.empty() ? "catalogue.lead_is_member"
                              : leads.contains(wanted.code) || leads_others(stored)
                                  ? "catalogue.lead_has_members"
                                  : nullptr;
            if (key != nullptr) result.fault(row, Column::group_lead, named(key, wanted.lead_code));
        }
        if (wanted.kind == InstitutionKind::clinic) {
            const Institution* const township = find(wanted.buys_through);
            const char* key = wanted.buys_through.empty() ? "catalogue.township_missing"
                              : township == nullptr       ? "catalogue.township_unknown"
                              : township->kind == InstitutionKind::clinic
                                  ? "catalogue.township_is_clinic"
                                  : nullptr;
            if (key != nullptr) {
                result.fault(row, Column::buys_through, named(key, wanted.buys_through));
            }
        } else if (!wanted.buys_through.empty()) {
            result.fault(
                row,
                Column::buys_through,
                named("catalogue.township_not_clinic", wanted.buys_through)
            );
        }
        const bool other_end = !stored || stored->expires != wanted.expires;
        if (!wanted.expires.empty() && other_end && wanted.expires < today) {
            result.fault(
                row,
                Column::expires,
                {"catalogue.expires_past", {{"value", wanted.expires}, {"bound", today}}}
            );
        }
        if (context.form && context.form->adds && stored) {
            result.fault(
                row,
                Column::code,
                {"catalogue.code_taken", {{"value", wanted.code}, {"name", stored->name}}}
            );
        }
        if (context.form && !context.form->adds &&
            (!stored || stored->version != context.form->version)) {
            throw ports::Refused({"people.changed", {{"name", wanted.name}}});
        }
        if (!stored) {
            result.add(row, wanted.code, texts_of(wanted));
            made.added.push_back(wanted);
        } else if (result.change(row, wanted.code, texts_of(*stored), texts_of(wanted))) {
            made.changed.push_back(wanted);
        }
    }
    made.comparison = result.take();
    return made;
}

std::vector<std::vector<std::string>> InstitutionsTarget::prefilled(
    ports::Transaction& transaction, const TableContext& /*context*/
) const {
    ports::InstitutionQuery query;
    query.active = true;
    query.page.size = kRowsPrefilled;
    std::vector<std::vector<std::string>> rows;
    for (const Institution& one : transaction.catalogue().institutions(query).rows) {
        rows.push_back(texts_of(one));
    }
    return rows;
}

Comparison InstitutionsTarget::compare(
    ports::Transaction& transaction, const TableContext& context, const std::vector<TableRow>& rows
) const {
    return plan(transaction, context, rows).comparison;
}

std::vector<ports::AuditEntry> InstitutionsTarget::apply(
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
    for (const Institution& one : wanted.changed) {
        if (!transaction.catalogue().save(one)) throw ports::Refused({"import.overtaken", {}});
    }
    return {entry_of("institution", comparison, institution_columns())};
}

std::vector<ports::AuditEntry> close_expired(
    ports::Transaction& transaction, ports::Moment now, std::size_t institutions_max
) {
    std::vector<ports::AuditEntry> entries;
    for (const Institution& one : transaction.catalogue().expired(day_of(now))) {
        if (entries.size() >= institutions_max) break;
        auto organisation = transaction.people().organisation(one.organisation);
        JICAI_CHECK(organisation.has_value());
        organisation->active = false;
        auto closed = accounts::change_organisation(transaction, {}, *organisation);
        entries.insert(entries.end(), closed.audit.begin(), closed.audit.end());
    }
    return entries;
}

}  // namespace jicai::catalogue
