#pragma once

#include <string>

/// \file
/// For libraries that write to a file by name: one that is in memory only.

namespace jicai::reports {

/// Throws NoSuchFile when there is no room for it.
class MemoryFile {
public:
    MemoryFile();
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile();

    /// The name by which it can be opened while this lives.
    [[nodiscard]] std::string path() const;
    [[nodiscard]] std::string bytes() const;

private:
    int descriptor_;
};

}  // namespace jicai::reports
