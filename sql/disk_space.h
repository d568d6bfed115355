#pragma once

#include <cstdint>
#include <filesystem>

namespace jicai::sql {

/// Room on the disk of the private database. MariaDB ends itself when a roll-back finds no room and
/// cannot start without some, so writing stops before: below half of the reserve nothing is
/// written any more. A file ("reserve") keeps room that is given back to the server when others
/// have filled the disk, and taken again when there is enough. Safe to use from many threads.
class DiskSpace {
public:
    /// Makes room at once where the disk is full already.
    DiskSpace(std::filesystem::path directory, std::int64_t reserve_bytes);

    /// Whether a transaction may write now; asks the system.
    [[nodiscard]] bool enough() const;
    /// Gives the reserve back or takes it again; by one thread, often.
    void watch() const;

private:
    [[nodiscard]] std::int64_t free_bytes() const;

    const std::filesystem::path directory_;
    const std::int64_t reserve_bytes_;
};

}  // namespace jicai::sql
