#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

/// \file
/// The body of an upload: in memory while it is small, else in a file on disk that has no name, so
/// that nothing stays behind however the process or the connection ends.

namespace jicai::web {

/// Larger uploads are kept on disk.
inline constexpr std::size_t kUploadInMemoryMax = std::size_t{256} * 1024;
/// All uploads of the process together may take so much disk; more are refused as request.busy.
inline constexpr std::int64_t kUploadsOnDiskMax = std::int64_t{4} << 30;

/// Written by one thread, then read by many.
class Upload {
public:
    /// `directory` is where a large one is kept; it is there.
    explicit Upload(std::string directory);
    ~Upload();
    Upload(const Upload&) = delete;
    Upload& operator=(const Upload&) = delete;

    /// Throws StoreFull where the disk has no room, ports::Refused (request.busy).
    void append(std::string_view piece);
    /// No more comes; digest and bytes may be asked for from here on. Throws as append.
    void finish();

    /// All of it: memory, or the file's pages, which the system may drop and read again.
    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    [[nodiscard]] std::int64_t size() const { return size_; }
    /// SHA-256, hex.
    [[nodiscard]] const std::string& digest() const { return digest_; }
    [[nodiscard]] bool on_disk() const { return descriptor_ >= 0; }

private:
    void open_file();
    void write(std::string_view piece);

    std::string directory_;
    std::string memory_;
    int descriptor_ = -1;
    std::int64_t size_ = 0;
    std::int64_t reserved_ = 0;
    const void* mapped_ = nullptr;
    std::string_view bytes_;
    std::string digest_;
};

}  // namespace jicai::web
