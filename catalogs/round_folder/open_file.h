#pragma once

#include <catalogs/round_folder/text_table.h>
#include <catalogs/round_folder/folder_source.h>
#include <catalogs/round_folder/table.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Files of a folder, opened: missing, misnamed, too large and unreadable ones become faults.

namespace jicai::catalogs::round_folder {

/// One file on its way from bytes to rows. Everything decoded from it points into it.
struct OpenFile {
    explicit OpenFile(std::string_view file_name) : faults(std::string(file_name)) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    FaultList faults;
    FileBytes file = {};
    DecodedText decoded = {};
    std::optional<CsvRows> rows = {};
    Table table = {};

    [[nodiscard]] bool present() const { return file.status == FileStatus::present; }
};

/// Opens a file; false (with a fault where the file is required or stands under a name that would
/// be ignored) when there is nothing to read. `names`: the files of the folder.
bool open_file(
    const FolderSource& source,
    const std::vector<std::string>& names,
    OpenFile& out,
    std::uint64_t bytes_max,
    bool required
);

/// True, with a fault, when there is no such folder.
bool refuse_missing_folder(const FolderSource& source, std::vector<Fault>& faults);

}  // namespace jicai::catalogs::round_folder
