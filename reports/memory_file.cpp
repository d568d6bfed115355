#include <reports/memory_file.h>
#include <reports/table_files.h>

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace jicai::reports {

MemoryFile::MemoryFile() : descriptor_(::memfd_create("jicai-xlsx", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw NoSuchFile("no file in memory");
}

MemoryFile::~MemoryFile() {
    ::close(descriptor_);
}

std::string MemoryFile::path() const {
    return "/proc/self/fd/" + std::to_string(descriptor_);
}

std::string MemoryFile::bytes() const {
    struct stat about {};
    if (::fstat(descriptor_, &about) != 0) throw NoSuchFile("the file cannot be read");
    std::string all(static_cast<std::size_t>(about.st_size), '\0');
    std::size_t done = 0;
    while (done < all.size()) {
        const ssize_t got =
            ::pread(descriptor_, all.data() + done, all.size() - done, static_cast<off_t>(done));
        if (got <= 0) throw NoSuchFile("the file cannot be read");
        done += static_cast<std::size_t>(got);
    }
    return all;
}

}  // namespace jicai::reports
