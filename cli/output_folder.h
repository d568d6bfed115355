#pragma once

#include <engine/decision/message.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Results are written all or not at all: into a new folder beside the wanted one, synced to disk,
/// then put in its place in one step. An existing folder is replaced only if it holds nothing but
/// files this command writes.

namespace jicai::cli {

struct OutputFile {
    std::string name;
    std::string bytes;
};

/// Why `path` may not be written: it is no folder, a link, or holds something that is not ours
/// (output.*). Nothing when it may; asked before any work is done and again by write_output_folder.
[[nodiscard]] std::optional<decision::Message> refuse_output_folder(
    const std::string& path, const std::vector<std::string>& own_names
);

/// Missing parent folders are made. Throws BadInput when refused, WorldFault when the system fails;
/// then `path` is as it was and nothing of ours is left beside it.
void write_output_folder(
    const std::string& path,
    const std::vector<OutputFile>& files,
    const std::vector<std::string>& own_names
);

/// Writes one file, or leaves what was there: beside it, synced to disk, then put in its place.
/// `not_over` (may be empty) is a file that must not be replaced. Throws BadInput (output.*) when
/// `path` is that file or a folder, WorldFault when the system fails.
void write_single_file(
    const std::string& path, std::string_view bytes, const std::string& not_over
);

/// The bytes of a file. Throws BadInput (fault.file_...) when there is none or it is larger than
/// `bytes_max`, WorldFault when it cannot be read.
[[nodiscard]] std::string read_whole_file(const std::string& path, std::uint64_t bytes_max);

}  // namespace jicai::cli
