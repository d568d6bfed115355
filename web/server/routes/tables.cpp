#include <web/server/answer.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/table_imports.h>
#include <web/server/table_targets.h>

namespace jicai::web {
namespace {

using catalogs::table_form::Column;
using catalogs::table_form::TableForm;
using decision::Json;

const char* word_of(catalogs::table_form::ColumnKind kind) {
    using Kind = catalogs::table_form::ColumnKind;
    switch (kind) {
        case Kind::code:
            return "code";
        case Kind::name:
            return "name";
        case Kind::quantity:
            return "quantity";
        case Kind::price:
            return "price";
        case Kind::date:
            return "date";
        case Kind::choice:
            break;
    }
    return "choice";
}

Json described(const TableForm& form, const Column& column, catalogs::Language language) {
    Json::Array choices;
    for (const std::string& choice : column.choices) {
        choices.emplace_back(Json::Object{
            {"word", choice},
            {"text", catalogs::table_form::choice_title(form, column, choice, language)}});
    }
    return Json::Object{
        {"name", column.name},
        {"title", catalogs::table_form::column_title(form, column, language)},
        {"kind", word_of(column.kind)},
        {"required", column.required},
        {"choices", std::move(choices)},
        {"note", catalogs::table_form::column_note(form, column, language)},
        {"example", column.example}};
}

/// Past use is entered by the bureaus of a region and by the office; a hospital would be refused.
bool is_offered(const Request& request, const catalogue::TableTarget& target) {
    if (!may_upload(request, target)) return false;
    const access::Reach reach = access::reach_of(request.actor, access::Action::upload_tables);
    return target.table() != "history" || reach != access::Reach::organisation;
}

Answer handle(const Request& request, Services& /*services*/) {
    Json::Array tables;
    for (const catalogue::TableTarget* target : table_targets()) {
        const TableForm* const form = catalogs::table_form::find_form(target->table());
        Json::Array columns;
        for (const Column& column : form->columns) {
            columns.push_back(described(*form, column, request.language));
        }
        tables.emplace_back(Json::Object{
            {"table", form->name},
            {"title", catalogs::table_form::table_title(*form, request.language)},
            {"columns", std::move(columns)},
            {"may_upload", is_offered(request, *target)}});
    }
    return json_answer(Json::Object{{"tables", std::move(tables)}});
}

Json answer_schema() {
    const Json column = schema::object(
        {{"name", schema::text()},
         {"title", schema::text()},
         {"kind", schema::choice({"code", "name", "quantity", "price", "date", "choice"})},
         {"required", schema::flag()},
         {"choices",
          schema::array(schema::object({{"word", schema::text()}, {"text", schema::text()}}))},
         {"note", schema::text(1000)},
         {"example", schema::text()}}
    );
    return schema::object(
        {{"tables",
          schema::array(schema::object(
              {{"table", schema::text()},
               {"title", schema::text()},
               {"columns", schema::array(column)},
               {"may_upload", schema::flag()}}
          ))}}
    );
}

}  // namespace

Route get_tables() {
    return {
        .path = "/api/tables",
        .name = "get_tables",
        .summary =
            "The tables people fill in, their columns, and which of them who asks may upload",
        .action = access::Action::see_catalogues,
        .answer_schema = answer_schema(),
        .handle = handle,
    };
}

}  // namespace jicai::web
