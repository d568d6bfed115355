#pragma once

#include <reports/table.h>
#include <web/server/answer.h>
#include <web/server/request.h>

#include <string>
#include <string_view>
#include <vector>

/// \file
/// A table as an attachment: the formats of every list's export (reports/table_files.h says how
/// numbers and formulas are kept apart).

namespace jicai::web {

enum class FileFormat { xlsx, csv, csv_gb18030 };

/// Of the parameter `format`: "xlsx", "csv", "csv-gb18030". \pre one of these (CHECKed)
[[nodiscard]] FileFormat file_format(std::string_view word);
/// "text/csv; charset=utf-8" and the like.
[[nodiscard]] std::string content_type(FileFormat format);

/// The table as a file. `titles` head its columns; `name` is the file's name for people, without
/// extension: "药品-GY-YD2019-2". Throws StoreFull when there is no room to make it.
[[nodiscard]] Answer file_answer(
    const reports::Table& table,
    const std::vector<std::string>& titles,
    const std::string& name,
    FileFormat format
);

/// The header Content-Disposition of an attachment: `name` by RFC 5987, and for old clients the
/// same in ASCII, or `fallback` where the name has other characters.
[[nodiscard]] std::string attachment(const std::string& name, const std::string& fallback);

}  // namespace jicai::web
