#pragma once

#include <engine/decision/message.h>

#include <functional>
#include <string>

namespace jicai::reports {

/// Turns a message into a sentence of the reader's language. Given by the caller, who owns the
/// message catalogue.
using Say = std::function<std::string(const decision::Message&)>;

}  // namespace jicai::reports
