#pragma once

#include <engine/decision/message.h>
#include <engine/rules/rulebook.h>

#include <functional>
#include <string>

namespace jicai::reports {

/// Turns a message into a sentence of the reader's language. Given by the caller, who owns the
/// message catalogue.
using Say = std::function<std::string(const decision::Message&)>;

/// `say` for a round decided by `rulebook`: what a lot waits for names the tie keys by their titles
/// there. The rulebook must outlive the result.
[[nodiscard]] Say naming_tie_keys(Say say, const rules::Rulebook& rulebook, bool english);

}  // namespace jicai::reports
