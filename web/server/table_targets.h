#pragma once

#include <engine/catalogue/table_target.h>

#include <string_view>
#include <vector>

namespace jicai::web {

/// The tables people can upload, in the order they are shown. One line each in table_targets.cpp.
[[nodiscard]] const std::vector<const catalogue::TableTarget*>& table_targets();
/// By the name of its form; null: there is none.
[[nodiscard]] const catalogue::TableTarget* find_target(std::string_view table);

}  // namespace jicai::web
