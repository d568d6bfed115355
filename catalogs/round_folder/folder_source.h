#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Where the files of a round folder come from: a directory, or memory (an uploaded archive, a
/// test). Decoding knows nothing else about the file system.

namespace jicai::catalogs {

enum class FileStatus : std::uint8_t { present, absent, too_large, unreadable };

/// One file, readable as long as this lives.
struct FileBytes {
    FileStatus status = FileStatus::absent;
    std::string_view bytes = {};  ///< when present
    std::uint64_t size = 0;       ///< bytes; also when too large
    std::string reason = {};      ///< when unreadable: the system's words
    std::shared_ptr<const void> held = {};
};

class FolderSource {
public:
    FolderSource() = default;
    FolderSource(const FolderSource&) = delete;
    FolderSource& operator=(const FolderSource&) = delete;
    virtual ~FolderSource() = default;

    /// The name of the folder, for messages.
    [[nodiscard]] virtual std::string folder_name() const = 0;
    /// Whether there is such a folder at all.
    [[nodiscard]] virtual bool exists() const = 0;
    /// Names of the files directly in the folder, sorted; at most the first 10,000.
    [[nodiscard]] virtual std::vector<std::string> names() const = 0;
    /// The file `name` (no directories in it) unless it has more than `bytes_max` bytes.
    [[nodiscard]] virtual FileBytes open(const std::string& name, std::uint64_t bytes_max)
        const = 0;
};

/// A directory. Files are mapped into memory; a file cut short by another program while it is
/// being read ends the process (SIGBUS), so the service imports through MemorySource.
class DirectorySource : public FolderSource {
public:
    explicit DirectorySource(std::filesystem::path path) : path_(std::move(path)) {}
    [[nodiscard]] std::string folder_name() const override;
    [[nodiscard]] bool exists() const override;
    [[nodiscard]] std::vector<std::string> names() const override;
    [[nodiscard]] FileBytes open(const std::string& name, std::uint64_t bytes_max) const override;

private:
    std::filesystem::path path_;
};

/// Files held in memory, by name.
class MemorySource : public FolderSource {
public:
    explicit MemorySource(std::map<std::string, std::string> files) : files_(std::move(files)) {}
    [[nodiscard]] std::string folder_name() const override { return "memory"; }
    [[nodiscard]] bool exists() const override { return true; }
    [[nodiscard]] std::vector<std::string> names() const override;
    [[nodiscard]] FileBytes open(const std::string& name, std::uint64_t bytes_max) const override;

private:
    std::map<std::string, std::string> files_;
};

}  // namespace jicai::catalogs
