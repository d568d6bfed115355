#pragma once

#include <cli/session.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace jicai::cli {

/// A bar on standard error, shown on a terminal once a run takes more than a second: steps done,
/// what is being done, seconds. It is wiped when the run ends.
class Progress {
public:
    Progress(const Session& session, int steps);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// The next step begins; `key` is a message without arguments.
    void next(const char* key);
    /// How far the current step is; may be called often.
    void part(std::uint64_t done, std::uint64_t total);

private:
    void draw_until_stopped();

    const Words& words_;
    const int steps_;
    int step_ = 0;
    std::uint64_t part_done_ = 0;
    std::uint64_t part_total_ = 0;
    std::string doing_;
    bool stopped_ = false;
    std::chrono::steady_clock::time_point begun_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::thread drawer_;
};

}  // namespace jicai::cli
