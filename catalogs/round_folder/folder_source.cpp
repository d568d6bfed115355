#include <catalogs/round_folder/folder_source.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace jicai::catalogs {

namespace {

constexpr std::size_t kNamesMax = 10'000;

class Descriptor {
public:
    explicit Descriptor(const char* path)
        : number_(::open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

FileBytes unreadable(int error) {
    FileBytes file;
    file.status = FileStatus::unreadable;
    file.reason = std::generic_category().message(error);
    return file;
}

}  // namespace

std::string DirectorySource::folder_name() const {
    return path_.string();
}

bool DirectorySource::exists() const {
    std::error_code error;
    return std::filesystem::is_directory(path_, error);
}

std::vector<std::string> DirectorySource::names() const {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(path_, error), end; !error && entry != end;
         entry.increment(error)) {
        if (names.size() == kNamesMax) break;
        names.push_back(entry->path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

FileBytes DirectorySource::open(const std::string& name, std::uint64_t bytes_max) const {
    const Descriptor descriptor((path_ / name).c_str());
    if (descriptor.number() < 0) {
        if (errno == ENOENT) return {};
        return unreadable(errno);
    }
    struct stat status {};
    if (::fstat(descriptor.number(), &status) != 0) return unreadable(errno);
    if (!S_ISREG(status.st_mode)) return unreadable(S_ISDIR(status.st_mode) ? EISDIR : EINVAL);
    FileBytes file;
    file.size = static_cast<std::uint64_t>(status.st_size);
    if (file.size > bytes_max) {
        file.status = FileStatus::too_large;
        return file;
    }
    file.status = FileStatus::present;
    if (file.size == 0) return file;
    const auto size = static_cast<std::size_t>(file.size);
    void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor.number(), 0);
    if (mapped == MAP_FAILED) return unreadable(errno);
    file.held = std::shared_ptr<const void>(mapped, [size](const void* address) {
        ::munmap(const_cast<void*>(address), size);
    });
    file.bytes = {static_cast<const char*>(mapped), size};
    return file;
}

std::vector<std::string> MemorySource::names() const {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files_) {
        if (names.size() == kNamesMax) break;
        names.push_back(name);
    }
    return names;
}

FileBytes MemorySource::open(const std::string& name, std::uint64_t bytes_max) const {
    FileBytes file;
    const auto found = files_.find(name);
    if (found == files_.end()) return file;
    file.size = found->second.size();
    file.status = file.size > bytes_max ? FileStatus::too_large : FileStatus::present;
    if (file.status == FileStatus::present) file.bytes = found->second;
    return file;
}

}  // namespace jicai::catalogs
