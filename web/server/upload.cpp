#include <catalogs/sha256/sha256.h>
#include <engine/money/check.h>
#include <engine/ports/page.h>
#include <engine/ports/refused.h>
#include <web/server/upload.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

namespace jicai::web {
namespace {

std::atomic<std::int64_t> on_disk_bytes{0};

[[noreturn]] void no_room(const char* what) {
    throw ports::StoreFull(std::string("upload: ") + what + ": " + std::strerror(errno));
}

}  // namespace

Upload::Upload(std::string directory) : directory_(std::move(directory)) {}

Upload::~Upload() {
    if (mapped_ != nullptr) {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): what mmap gave
        ::munmap(const_cast<void*>(mapped_), static_cast<std::size_t>(size_));
    }
    if (descriptor_ >= 0) ::close(descriptor_);
    on_disk_bytes.fetch_sub(reserved_);
}

void Upload::open_file() {
    descriptor_ = ::open(directory_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor_ >= 0) return;
    // A file system without nameless files: one with a name, taken away at once.
    std::string name = directory_ + "/upload-XXXXXX";
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ < 0) no_room("open");
    ::unlink(name.c_str());
}

void Upload::write(std::string_view piece) {
    reserved_ += static_cast<std::int64_t>(piece.size());
    const auto all = on_disk_bytes.fetch_add(static_cast<std::int64_t>(piece.size()));
    if (all > kUploadsOnDiskMax) throw ports::Refused({"request.busy", {}});
    while (!piece.empty()) {
        const ssize_t count = ::write(descriptor_, piece.data(), piece.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) no_room("write");
        piece.remove_prefix(static_cast<std::size_t>(count));
    }
}

void Upload::append(std::string_view piece) {
    JICAI_CHECK(digest_.empty());
    size_ += static_cast<std::int64_t>(piece.size());
    if (descriptor_ < 0) {
        if (memory_.size() + piece.size() <= kUploadInMemoryMax) {
            memory_ += piece;
            return;
        }
        open_file();
        write(memory_);
        memory_.clear();
        memory_.shrink_to_fit();
    }
    write(piece);
}

void Upload::finish() {
    JICAI_CHECK(digest_.empty());
    bytes_ = memory_;
    if (descriptor_ >= 0) {
        const auto size = static_cast<std::size_t>(size_);
        void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor_, 0);
        if (mapped == MAP_FAILED) no_room("map");
        mapped_ = mapped;
        bytes_ = {static_cast<const char*>(mapped), size};
    }
    digest_ = catalogs::sha256_hex(bytes_);
}

}  // namespace jicai::web
