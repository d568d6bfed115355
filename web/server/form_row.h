#pragma once

#include <engine/catalogue/table_target.h>
#include <web/server/request.h>

#include <map>
#include <string>

/// \file
/// A form on the screen as one row of the table it belongs to, by the checks an uploaded file has.

namespace jicai::web {

/// The row that members of the body make. `member_of` names members that are not called like their
/// column. Refused: request.invalid with a fault for each cell that cannot be.
[[nodiscard]] catalogue::TableRow form_row(
    const Request& request,
    const std::string& table,
    const std::map<std::string, std::string>& member_of = {}
);

/// The members a body may have for it, all text; required columns must be there.
[[nodiscard]] decision::Json form_schema(
    const std::string& table,
    const std::map<std::string, std::string>& member_of,
    const decision::Json::Object& more
);

/// Compares the row and takes it over. Throws Refused with its faults at the members.
[[nodiscard]] std::vector<ports::AuditEntry> take_over(
    ports::Transaction& transaction,
    const catalogue::TableTarget& target,
    const catalogue::TableContext& context,
    const catalogue::TableRow& row,
    const std::map<std::string, std::string>& member_of = {}
);

}  // namespace jicai::web
