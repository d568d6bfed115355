#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jicai::sql {

/// The arguments of a message as one text: "name TAB value LF" each; tab, line feed and backslash
/// within as \t, \n, \\.
[[nodiscard]] std::string written_arguments(
    const std::vector<std::pair<std::string, std::string>>& arguments
);
/// Reads what written_arguments wrote.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> read_arguments(std::string_view text
);
/// Words joined as ",one,two,": one of them is found by its commas. Empty: none.
[[nodiscard]] std::string written_words(const std::vector<std::string>& words);
/// Reads what written_words wrote.
[[nodiscard]] std::vector<std::string> read_words(std::string_view text);

}  // namespace jicai::sql
