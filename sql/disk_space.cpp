#include <sql/disk_space.h>

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <limits>
#include <system_error>
#include <utility>

namespace jicai::sql {

namespace fs = std::filesystem;

DiskSpace::DiskSpace(fs::path directory, std::int64_t reserve_bytes)
    : directory_(std::move(directory)), reserve_bytes_(reserve_bytes) {
    watch();
}

std::int64_t DiskSpace::free_bytes() const {
    struct statvfs status {};
    if (::statvfs(directory_.c_str(), &status) != 0) {
        return std::numeric_limits<std::int64_t>::max();  // the server will say what is wrong
    }
    return static_cast<std::int64_t>(status.f_bavail) * static_cast<std::int64_t>(status.f_frsize);
}

bool DiskSpace::enough() const {
    return free_bytes() >= reserve_bytes_ / 2;
}

void DiskSpace::watch() const {
    const fs::path file = directory_ / "reserve";
    const std::int64_t free = free_bytes();
    std::error_code error;
    const bool kept = fs::exists(file, error);
    if (kept && free < reserve_bytes_ / 4) {
        fs::remove(file, error);
        spdlog::error("database: the disk is full; nothing is written until there is room again");
    } else if (!kept && free > 3 * reserve_bytes_) {
        const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (made < 0) return;
        const bool taken = ::posix_fallocate(made, 0, reserve_bytes_) == 0;
        ::close(made);
        if (!taken) fs::remove(file, error);
    }
}

}  // namespace jicai::sql
