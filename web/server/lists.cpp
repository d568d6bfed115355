#include <engine/money/check.h>
#include <engine/ports/refused.h>
#include <web/server/lists.h>
#include <web/server/services.h>
#include <web/server/table_answer.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace jicai::web {
namespace {

using decision::Json;

constexpr std::int64_t kSizeUsual = 20;

bool is_export(const Request& request) {
    const std::string& format = request.parameter("format");
    return !format.empty() && format != "json";
}

std::string title_of(
    const Request& request, const Services& services, const List& list, const std::string& column
) {
    std::string key = "column." + list.table.name + "." + column;
    if (!services.words.contains(key)) key = "column." + column;
    return services.words.render(request.language, {key, {}});
}

Json cell(const std::string& text, reports::ColumnKind kind) {
    if (kind != reports::ColumnKind::count) return text;
    if (text.empty()) return {};
    std::int64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, number);
    JICAI_CHECK(error == std::errc() && at == end);
    return number;
}

Json json_of(const Request& request, const Services& services, const List& list) {
    Json::Array columns;
    for (const reports::Column& column : list.table.columns) {
        columns.emplace_back(Json::Object{
            {"name", column.name},
            {"title", title_of(request, services, list, column.name)},
            {"kind", std::string(reports::kind_text(column.kind))}});
    }
    Json::Array rows;
    rows.reserve(list.table.rows.size());
    for (std::size_t i = 0; i < list.table.rows.size(); ++i) {
        Json::Object row = list.more.empty() ? Json::Object{} : list.more[i];
        for (std::size_t c = 0; c < list.table.columns.size(); ++c) {
            const reports::Column& column = list.table.columns[c];
            row[column.name] = cell(list.table.rows[i][c], column.kind);
        }
        rows.emplace_back(std::move(row));
    }
    return Json::Object{
        {"columns", std::move(columns)},
        {"rows", std::move(rows)},
        {"total", list.total},
        {"page", request.count("page", 1)},
        {"size", request.count("size", kSizeUsual)}};
}

/// "采购轮次": the message list.<table name> where there is one, else the table's name. A list of
/// one round has the round's id behind it.
std::string file_name(const Request& request, const Services& services, const List& list) {
    const std::string key = "list." + list.table.name;
    std::string name = services.words.contains(key)
                           ? services.words.render(request.language, {key, {}})
                           : list.table.name;
    for (const char* parameter : {"round", "lot", "rulebook", "other"}) {
        const std::string& value = request.parameter(parameter);
        if (!value.empty()) name += "-" + value;
    }
    return name;
}

}  // namespace

std::vector<Parameter> list_parameters(std::vector<Parameter> filters) {
    filters.push_back({.name = "page", .kind = Parameter::Kind::count, .description = "from 1"});
    filters.push_back(
        {.name = "size",
         .kind = Parameter::Kind::choice,
         .choices = {"10", "20", "30", "50", "100"},
         .description = "rows of a page, 20 if not given"}
    );
    filters.push_back(
        {.name = "format",
         .kind = Parameter::Kind::choice,
         .choices = {"json", "xlsx", "csv", "csv-gb18030"},
         .description = "other than json: the whole filtered list as a file"}
    );
    return filters;
}

std::vector<std::string> list_types() {
    return {
        "application/json",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
}

ports::Page page_of(const Request& request) {
    if (is_export(request)) return {.offset = 0, .size = kExportRowsMax};
    const std::int64_t size = request.count("size", kSizeUsual);
    const std::int64_t page = std::max<std::int64_t>(1, request.count("page", 1));
    return {.offset = (page - 1) * size, .size = size};
}

List page_of(const Request& request, const List& all) {
    const ports::Page page = page_of(request);
    const auto count = static_cast<std::int64_t>(all.table.rows.size());
    const std::int64_t first = std::min(page.offset, count);
    const std::int64_t last = std::min(first + page.size, count);
    List part;
    part.table.name = all.table.name;
    part.table.columns = all.table.columns;
    part.table.rows.assign(all.table.rows.begin() + first, all.table.rows.begin() + last);
    if (!all.more.empty()) part.more.assign(all.more.begin() + first, all.more.begin() + last);
    part.total = count;
    return part;
}

Answer list_answer(const Request& request, const Services& services, const List& list) {
    JICAI_CHECK(list.more.empty() || list.more.size() == list.table.rows.size());
    if (!is_export(request)) return json_answer(json_of(request, services, list));
    if (list.total > kExportRowsMax) {
        throw ports::Refused(
            {"list.too_long",
             {{"count", std::to_string(list.total)}, {"max", std::to_string(kExportRowsMax)}}}
        );
    }
    std::vector<std::string> titles;
    for (const reports::Column& column : list.table.columns) {
        titles.push_back(title_of(request, services, list, column.name));
    }
    return file_answer(
        list.table,
        titles,
        file_name(request, services, list),
        file_format(request.parameter("format"))
    );
}

}  // namespace jicai::web
