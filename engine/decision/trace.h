#pragma once

#include <engine/decision/message.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace jicai::decision {

/// One step of a decision: what was tested or computed, with exact numbers, under which clause, how
/// well evidenced.
struct TraceStep {
    Message message;       ///< key "step.*"
    std::string clause;    ///< of the rulebook; empty where no clause speaks (an event, a count)
    std::string evidence;  ///< official, replay, ... ; empty with an empty clause

    friend bool operator==(const TraceStep&, const TraceStep&) = default;
};

/// Stops a run that needs something only a person can give: an open parameter, a form without a
/// known ratio, a draw of lots. Thrown inside the engine, turned into a value by the use case.
class RunStopped : public std::runtime_error {
public:
    explicit RunStopped(Message why) : std::runtime_error(why.key), why_(std::move(why)) {}
    [[nodiscard]] const Message& why() const { return why_; }

private:
    Message why_;
};

}  // namespace jicai::decision
