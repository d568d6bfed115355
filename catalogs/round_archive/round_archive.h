#pragma once

#include <catalogs/fault.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace jicai::catalogs {

struct RoundArchive {
    std::map<std::string, std::string> files;  ///< by name, byte for byte
    std::vector<Fault> faults;                 ///< of the archive itself; then there are no files
};

/// The files of a round folder in a zip archive: those beside its round.toml (the one with the
/// shortest path; without one those at the top). Folders below and files whose name begins with a
/// dot are left out. Bounded like every archive (catalogs/sheet/zip_parts.h). Faults:
/// folder_archive_damaged, folder_archive_too_large, folder_archive_name (names are up to 100 of
/// letters, digits, . _ and -).
[[nodiscard]] RoundArchive read_round_archive(std::string_view zip);

}  // namespace jicai::catalogs
