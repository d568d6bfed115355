#include <catalogs/sheet/cell_check.h>
#include <catalogs/table_form/table_form.h>
#include <catalogs/text_table/fault_list.h>
#include <engine/catalogue/row_comparison.h>
#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <web/server/form_row.h>
#include <web/server/schema.h>

#include <utility>
#include <vector>

namespace jicai::web {

using catalogs::table_form::Column;
using catalogs::table_form::TableForm;

namespace {

constexpr std::int64_t kCharactersMax = 500;

const TableForm& form_of(const std::string& table) {
    const TableForm* const form = catalogs::table_form::find_form(table);
    JICAI_CHECK(form != nullptr);
    return *form;
}

std::string member(const Column& column, const std::map<std::string, std::string>& member_of) {
    const auto at = member_of.find(column.name);
    return at == member_of.end() ? column.name : at->second;
}

}  // namespace

catalogue::TableRow form_row(
    const Request& request,
    const std::string& table,
    const std::map<std::string, std::string>& member_of
) {
    const TableForm& form = form_of(table);
    catalogue::TableRow row{1, {}};
    std::vector<ports::FieldFault> faults;
    for (const Column& column : form.columns) {
        const std::string name = member(column, member_of);
        catalogs::sheet::RawCell cell;
        cell.text = request.text(name);
        if (!cell.text.empty()) cell.type = catalogs::sheet::CellType::text;
        catalogs::text_table::FaultList found("");
        catalogs::text_table::FaultList warnings("");
        const auto value = catalogs::sheet::check_value(
            cell,
            column,
            catalogs::sheet::choice_words(form, column),
            {1, 0, catalogs::table_form::column_title(form, column, request.language)},
            found,
            warnings
        );
        std::vector<catalogs::Fault> all;
        found.move_to(all);
        for (const catalogs::Fault& fault : all) {
            faults.push_back({"/" + name, cell.text, fault.message});
        }
        row.values.push_back({value.text, value.number, value.given});
    }
    if (!faults.empty()) {
        const std::string count = std::to_string(faults.size());
        throw ports::Refused({"request.invalid", {{"count", count}}}, std::move(faults));
    }
    return row;
}

decision::Json form_schema(
    const std::string& table,
    const std::map<std::string, std::string>& member_of,
    const decision::Json::Object& more
) {
    decision::Json::Object members = more;
    std::vector<std::string> optional;
    for (const Column& column : form_of(table).columns) {
        const std::string name = member(column, member_of);
        members.emplace(name, schema::text(kCharactersMax));
        if (!column.required) optional.push_back(name);
    }
    return schema::object(members, optional);
}

std::vector<ports::AuditEntry> take_over(
    ports::Transaction& transaction,
    const catalogue::TableTarget& target,
    const catalogue::TableContext& context,
    const catalogue::TableRow& row,
    const std::map<std::string, std::string>& member_of
) {
    std::vector<std::string> names;
    for (const Column& column : form_of(target.table()).columns) {
        names.push_back(member(column, member_of));
    }
    const auto comparison = target.compare(transaction, context, {row});
    catalogue::refuse_faults(comparison, names);
    if (comparison.added + comparison.changed == 0) return {};
    return target.apply(transaction, context, {row}, comparison);
}

}  // namespace jicai::web
