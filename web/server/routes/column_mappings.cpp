#include <catalogs/table_form/table_form.h>
#include <engine/ports/price_store.h>
#include <engine/prices/column_mappings.h>
#include <web/server/answer.h>
#include <web/server/route.h>
#include <web/server/schema.h>
#include <web/server/table_imports.h>

namespace jicai::web {
namespace {

using catalogs::table_form::TableForm;
using decision::Json;

const TableForm& need_form(const Request& request) {
    return *catalogs::table_form::find_form(need_target(request, request.parameter("table")).table()
    );
}

Json page_of_mapping(
    const Request& request,
    ports::Transaction& transaction,
    const TableForm& form,
    const std::string& source
) {
    Json::Array sources;
    for (const auto& one : transaction.prices().mappings(form.name)) {
        sources.emplace_back(one.source);
    }
    ports::ColumnMapping mapping;
    if (auto found = transaction.prices().mapping(form.name, source)) mapping = std::move(*found);
    Json::Array columns;
    for (const auto& [title, name] : mapping.columns) {
        const auto column = catalogs::table_form::find_column(form, name);
        columns.emplace_back(Json::Object{
            {"title", title},
            {"column", name},
            {"column_title",
             column ? catalogs::table_form::column_title(
                          form, form.columns.at(*column), request.language
                      )
                    : name}});
    }
    return Json::Object{
        {"table", form.name},
        {"source", source},
        {"sources", std::move(sources)},
        {"columns", std::move(columns)},
        {"login", mapping.login},
        {"at", mapping.version == 0 ? std::string() : ports::beijing_text(mapping.at)},
        {"version", mapping.version}};
}

Json answer_schema() {
    return schema::object(
        {{"table", schema::text()},
         {"source", schema::text()},
         {"sources", schema::array(schema::text())},
         {"columns",
          schema::array(schema::object(
              {{"title", schema::text(500)},
               {"column", schema::text()},
               {"column_title", schema::text()}}
          ))},
         {"login", schema::text()},
         {"at", schema::text()},
         {"version", schema::number()}}
    );
}

Answer show(const Request& request, Services& services) {
    const TableForm& form = need_form(request);
    Json page;
    services.store.read([&](ports::Transaction& transaction) {
        page = page_of_mapping(request, transaction, form, request.parameter("source"));
    });
    return json_answer(page);
}

Answer change(const Request& request, Services& /*services*/, ports::Transaction& transaction) {
    const TableForm& form = need_form(request);
    ports::ColumnMapping mapping;
    mapping.table = form.name;
    mapping.source = request.parameter("source");
    mapping.at = request.wall;
    mapping.version = request.number("version");
    for (const Json& one : request.member("columns").array()) {
        mapping.columns.emplace_back(
            one.object().at("title").text(), one.object().at("column").text()
        );
    }
    std::vector<std::string> known;
    for (const auto& column : form.columns) known.push_back(column.name);
    prices::remember_columns(transaction, mapping, known, request.actor.user);
    Answer answer = json_answer(page_of_mapping(request, transaction, form, mapping.source));
    answer.audit.push_back(audited(
        "column_mapping.changed",
        "column_mapping:" + form.name + "/" + mapping.source,
        {},
        Json::Object{{"columns", request.member("columns")}}
    ));
    return answer;
}

std::vector<Parameter> parameters() {
    return {
        {.name = "table", .place = Parameter::Place::path},
        {.name = "source",
         .place = Parameter::Place::path,
         .description = "whose files: a platform, a province"}};
}

}  // namespace

Route get_column_mapping() {
    return {
        .path = "/api/column-mappings/{table}/{source}",
        .name = "get_column_mapping",
        .summary =
            "Which column of a table each title of a source's files fills; version 0: not "
            "set yet",
        .action = access::Action::upload_tables,
        .parameters = parameters(),
        .answer_schema = answer_schema(),
        .failures = {404},
        .handle = show,
    };
}

Route change_column_mapping() {
    return {
        .method = Method::put,
        .path = "/api/column-mappings/{table}/{source}",
        .name = "change_column_mapping",
        .summary = "Remembers which column each title of a source's files fills",
        .action = access::Action::upload_tables,
        .kind = Kind::write,
        .parameters = parameters(),
        .body_schema = schema::object(
            {{"columns",
              schema::array(
                  schema::object({{"title", schema::text(500)}, {"column", schema::text(64)}}), 256
              )},
             {"version", schema::number()}}
        ),
        .answer_schema = answer_schema(),
        .failures = {404, 409, 422},
        .handle_write = change,
    };
}

}  // namespace jicai::web
