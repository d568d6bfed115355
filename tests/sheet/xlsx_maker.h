#pragma once

#include <map>
#include <string>
#include <vector>

/// \file
/// Workbooks for tests, made part by part.

namespace jicai::sheet_test {

using Parts = std::map<std::string, std::string>;

/// A zip archive of the parts.
std::string zipped(const Parts& parts);

struct SheetXml {
    std::string name;
    std::string rows;        ///< what stands in <sheetData>
    std::string after = {};  ///< behind it, such as <mergeCells>
    bool hidden = false;
};

/// The parts of a workbook: styles 0 General, 1 a date, 2 "m月d日", 3 text.
Parts workbook_parts(
    const std::vector<SheetXml>& sheets, const std::vector<std::string>& texts = {}
);
std::string workbook(
    const std::vector<SheetXml>& sheets, const std::vector<std::string>& texts = {}
);

/// A row of inline texts; a cell that begins with '<' is XML already.
std::string row(int number, const std::vector<std::string>& cells);
/// <c> of a number, with a style.
std::string number(const std::string& value, int style = 0);

}  // namespace jicai::sheet_test
