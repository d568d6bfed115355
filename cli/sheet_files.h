#pragma once

#include <catalogs/table_form/table_form.h>

#include <string>
#include <vector>

/// \file
/// Forms for tables on the command line. Faults become BadInput.

namespace jicai::cli {

/// The form of that name; lots and specs as in the round folder, where one is named.
[[nodiscard]] catalogs::table_form::TableForm load_form(
    const std::string& name, const std::string& round
);

/// The different words of one column of a CSV file, in the order of the file.
[[nodiscard]] std::vector<std::string> words_of_column(
    const std::string& path, const std::string& column
);

}  // namespace jicai::cli
