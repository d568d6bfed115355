#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace jicai::sql {

/// The directory of one installation, held by one process at a time:
///
///     lock           who holds it
///     db/data        the database's own files; socket "s"
///     db/INIT_OK     the first start came to its end
///     db/mariadbd.log, db/init.log, db/tmp
///
/// The lock is the kernel's (flock): it ends with its process, however that ends.
class DataDirectory {
public:
    /// Makes the directory where there is none (mode 0700) and takes the lock.
    /// Throws DatabaseFault, in this order: database.directory_unusable (cannot be made or opened),
    /// _foreign (belongs to another user of the machine), _in_use (another process holds it).
    explicit DataDirectory(const std::string& path);
    ~DataDirectory();
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path database() const { return path_ / "db"; }
    [[nodiscard]] std::filesystem::path data() const { return path_ / "db" / "data"; }

private:
    std::filesystem::path path_;
    int lock_ = -1;
};

/// Whether another process holds the directory at `path` now.
[[nodiscard]] bool is_in_use(const std::string& path);

/// The name of the user this process runs as. Throws DatabaseFault database.user_unknown.
[[nodiscard]] std::string user_name();

/// The process that has the database files in `data` locked; 0: none, -1: one that is not visible
/// from here.
[[nodiscard]] pid_t holder_of(const std::filesystem::path& data);

}  // namespace jicai::sql
