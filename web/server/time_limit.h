#pragma once

#include <chrono>
#include <memory>

namespace jicai::web {

/// Cuts a connection of ours off when everything together takes too long: timeouts of a socket
/// bound one read each, and a server that sends a byte now and then never meets them.
class TimeLimit {
public:
    /// From now on. Starts a thread that waits.
    explicit TimeLimit(std::chrono::milliseconds limit);
    ~TimeLimit();
    TimeLimit(const TimeLimit&) = delete;
    TimeLimit& operator=(const TimeLimit&) = delete;

    /// Cuts the connection of this file descriptor off when time is up; at once if it is.
    /// Whoever owns the descriptor may close it meanwhile.
    void watch(int descriptor);
    /// Whether time was up.
    [[nodiscard]] bool over() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace jicai::web
