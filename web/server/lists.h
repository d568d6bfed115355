#pragma once

#include <engine/ports/page.h>
#include <reports/table.h>
#include <web/server/answer.h>
#include <web/server/request.h>
#include <web/server/route.h>

#include <cstdint>
#include <string>
#include <vector>

/// \file
/// Lists: the same parameters, the same answer, the same exports everywhere.
///
///     .parameters = list_parameters({{.name = "text"}}),
///     .answer_schema = schema::list({{"code", schema::text()}, {"id", schema::number()}}),
///     .answer_types = list_types(),
///     ...
///     const ports::Page page = page_of(request);
///     return list_answer(request, services, {.table = ..., .more = ..., .total = found.total});

namespace jicai::web {

/// The rows of the asked-for page, as they are shown.
struct List {
    /// Cells as text. The title of a column is the message column.<table name>.<column>, or
    /// column.<column>. The table's name is the name of an exported file.
    reports::Table table;
    /// Row members beyond the columns (ids, links, codes): none, or one for each row.
    std::vector<decision::Json::Object> more = {};
    std::int64_t total = 0;  ///< rows of the whole filtered list
};

inline constexpr std::int64_t kExportRowsMax = 100'000;

/// page, size and format beside the list's own filters.
[[nodiscard]] std::vector<Parameter> list_parameters(std::vector<Parameter> filters = {});
/// The content types of a list.
[[nodiscard]] std::vector<std::string> list_types();
/// Which rows are wanted: a page, or all of them for an export.
[[nodiscard]] ports::Page page_of(const Request& request);
/// The part of `all` (a whole list in memory) that is wanted; total is the size of `all`.
[[nodiscard]] List page_of(const Request& request, const List& all);
/// JSON, or the exported file. Refused with list.too_long where an export has more than
/// kExportRowsMax rows.
[[nodiscard]] Answer list_answer(
    const Request& request, const Services& services, const List& list
);

}  // namespace jicai::web
