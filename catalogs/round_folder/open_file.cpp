#include <catalogs/round_folder/near_names.h>
#include <catalogs/round_folder/open_file.h>

namespace jicai::catalogs::round_folder {

namespace {

std::string lower_case(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

/// Whether the file stands in the folder under a name that would be ignored: other case, a second
/// extension, a workbook, a letter more or less.
bool refuse_misnamed(const std::vector<std::string>& names, FaultList& faults) {
    const std::string& expected = faults.file();
    const std::string stem = expected.substr(0, expected.rfind('.'));
    for (const std::string& name : names) {
        const std::string lower = lower_case(name);
        const bool meant = lower == expected || lower == expected + ".txt" ||
                           lower == expected + expected.substr(stem.size()) ||
                           lower == stem + ".xlsx" || lower == stem + ".xls" ||
                           nearly_same(name, expected);
        if (!meant) continue;
        faults.add(FaultKind::file_misnamed, {0, {}, name}, {{"expected", expected}});
        return true;
    }
    return false;
}

}  // namespace

bool open_file(
    const FolderSource& source,
    const std::vector<std::string>& names,
    OpenFile& out,
    std::uint64_t bytes_max,
    bool required
) {
    out.file = source.open(out.faults.file(), bytes_max);
    switch (out.file.status) {
        case FileStatus::present:
            return true;
        case FileStatus::absent:
            if (refuse_misnamed(names, out.faults)) return false;
            if (required) {
                out.faults.add(FaultKind::file_missing, {}, {{"folder", source.folder_name()}});
            }
            return false;
        case FileStatus::too_large:
            out.faults.add(
                FaultKind::file_too_large,
                {},
                {{"bytes", std::to_string(out.file.size)}, {"bound", std::to_string(bytes_max)}}
            );
            return false;
        case FileStatus::unreadable:
            out.faults.add(FaultKind::file_unreadable, {}, {{"reason", out.file.reason}});
            return false;
    }
    return false;
}

bool refuse_missing_folder(const FolderSource& source, std::vector<Fault>& faults) {
    if (source.exists()) return false;
    FaultList folder(source.folder_name());
    folder.add(FaultKind::folder_missing, {});
    folder.move_to(faults);
    return true;
}

}  // namespace jicai::catalogs::round_folder
