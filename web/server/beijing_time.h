#pragma once

#include <engine/ports/clock.h>

#include <optional>
#include <string>

namespace jicai::web {

/// "2026-11-23T09:30:00+08:00", with or without the offset; nothing for anything else.
[[nodiscard]] std::optional<ports::Moment> read_beijing_time(std::string text);

}  // namespace jicai::web
