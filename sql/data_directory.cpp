#include <sql/data_directory.h>
#include <sql/error.h>

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace jicai::sql {
namespace {

constexpr mode_t kOwnerOnly = 0700;

std::string name_of_user(uid_t user) {
    std::array<char, 4096> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    ::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found);
    return found == nullptr ? std::string() : std::string(found->pw_name);
}

[[noreturn]] void unusable(const std::filesystem::path& path, const std::string& why) {
    throw DatabaseFault(
        {"database.directory_unusable", {{"directory", path.string()}, {"why", why}}}, why
    );
}

std::string first_line(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

}  // namespace

DataDirectory::DataDirectory(const std::string& path) : path_(std::filesystem::absolute(path)) {
    std::error_code error;
    const bool existed = std::filesystem::exists(path_, error);
    std::filesystem::create_directories(path_, error);
    if (error) unusable(path_, error.message());
    if (!existed) ::chmod(path_.c_str(), kOwnerOnly);
    struct stat status {};
    if (::stat(path_.c_str(), &status) != 0) {
        unusable(path_, std::generic_category().message(errno));
    }
    if (status.st_uid != ::geteuid()) {
        throw DatabaseFault(
            {"database.directory_foreign",
             {{"directory", path_.string()},
              {"owner", name_of_user(status.st_uid)},
              {"user", name_of_user(::geteuid())}}}
        );
    }
    const std::filesystem::path file = path_ / "lock";
    lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0) unusable(file, std::generic_category().message(errno));
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        const int why = errno;
        ::close(lock_);
        if (why != EWOULDBLOCK) unusable(file, std::generic_category().message(why));
        throw DatabaseFault(
            {"database.directory_in_use",
             {{"directory", path_.string()}, {"process", first_line(file)}}}
        );
    }
    const std::string process = std::to_string(::getpid()) + "\n";
    if (::ftruncate(lock_, 0) != 0 || ::pwrite(lock_, process.data(), process.size(), 0) < 0) {
        // The number is only for messages; a full disk must not stop a start.
        return;
    }
}

DataDirectory::~DataDirectory() {
    ::close(lock_);
}

bool is_in_use(const std::string& path) {
    const std::filesystem::path file = std::filesystem::path(path) / "lock";
    const int lock = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (lock < 0) return false;
    const bool held = ::flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(lock);
    return held;
}

std::string user_name() {
    std::string name = name_of_user(::geteuid());
    if (name.empty()) {
        throw DatabaseFault({"database.user_unknown", {{"user", std::to_string(::geteuid())}}});
    }
    return name;
}

pid_t holder_of(const std::filesystem::path& data) {
    for (const char* name : {"ibdata1", "aria_log_control"}) {
        const int file = ::open((data / name).c_str(), O_RDWR | O_CLOEXEC);
        if (file < 0) continue;
        struct flock lock {};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        const int asked = ::fcntl(file, F_GETLK, &lock);
        ::close(file);
        if (asked == 0 && lock.l_type != F_UNLCK) return lock.l_pid > 0 ? lock.l_pid : -1;
    }
    return 0;
}

}  // namespace jicai::sql
