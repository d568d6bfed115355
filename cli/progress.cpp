#include <cli/progress.h>

#include <algorithm>
#include <iostream>

namespace jicai::cli {
namespace {

constexpr std::chrono::milliseconds kShownAfter{1000};
constexpr std::chrono::milliseconds kRedrawn{200};
constexpr int kBarCells = 24;

}  // namespace

Progress::Progress(const Session& session, int steps)
    : words_(session.words), steps_(steps), begun_(std::chrono::steady_clock::now()) {
    if (session.progress) drawer_ = std::thread([this] { draw_until_stopped(); });
}

Progress::~Progress() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_all();
    if (drawer_.joinable()) drawer_.join();
}

void Progress::next(const char* key) {
    std::string doing = words_(key);
    const std::lock_guard lock(mutex_);
    step_ = std::min(step_ + 1, steps_);
    doing_ = std::move(doing);
    part_done_ = 0;
    part_total_ = 0;
}

void Progress::part(std::uint64_t done, std::uint64_t total) {
    const std::lock_guard lock(mutex_);
    part_done_ = std::min(done, total);
    part_total_ = total;
}

void Progress::draw_until_stopped() {
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, kShownAfter, [this] { return stopped_; })) return;
    while (!stopped_) {
        const int cells_per_step = kBarCells / steps_;
        int done = cells_per_step * std::max(step_ - 1, 0);
        if (part_total_ > 0) {
            done += static_cast<int>(
                part_done_ / (part_total_ / static_cast<std::uint64_t>(cells_per_step) + 1)
            );
        }
        done = std::min(done, kBarCells);
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(
            std::chrono::steady_clock::now() - begun_
        );
        std::cerr << "\r\x1b[2K[" << std::string(static_cast<std::size_t>(done), '#')
                  << std::string(static_cast<std::size_t>(kBarCells - done), '.') << "] " << step_
                  << '/' << steps_ << ' ' << doing_ << ' ' << seconds.count() << " s" << std::flush;
        changed_.wait_for(lock, kRedrawn, [this] { return stopped_; });
    }
    std::cerr << "\r\x1b[2K" << std::flush;
}

}  // namespace jicai::cli
