#pragma once

#include <string>
#include <utility>
#include <vector>

namespace jicai::decision {

/// A sentence to be said to a person: a key of the message catalogue (catalogs/messages/*.toml) and
/// its arguments as exact text. The engine and the decoders never write sentences; they say which,
/// with what.
struct Message {
    std::string key;  ///< "fault.column_missing", "step.gate_passed"
    std::vector<std::pair<std::string, std::string>> arguments;

    friend bool operator==(const Message&, const Message&) = default;
};

}  // namespace jicai::decision
