#include <catalogs/round_archive/round_archive.h>
#include <catalogs/sheet/zip_parts.h>

#include <algorithm>

namespace jicai::catalogs {
namespace {

constexpr std::string_view kHeading = "round.toml";
constexpr std::size_t kNameBytesMax = 100;

std::string_view base_name(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

/// Of the folder: "" or "a/b/".
std::string folder_of(const std::vector<std::string>& names) {
    std::string folder;
    bool found = false;
    for (const std::string& name : names) {
        if (base_name(name) != kHeading) continue;
        const std::string here = name.substr(0, name.size() - kHeading.size());
        if (!found || here.size() < folder.size()) folder = here;
        found = true;
    }
    return folder;
}

bool is_plain(std::string_view name) {
    return name.size() <= kNameBytesMax && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '_' || c == '-';
           });
}

Fault fault(const std::string& key, const std::string& file, const std::string& detail) {
    Fault fault;
    fault.file = file;
    fault.message = {"fault." + key, {{"detail", detail}}};
    return fault;
}

}  // namespace

RoundArchive read_round_archive(std::string_view zip) {
    RoundArchive archive;
    text_table::FaultList found("");
    sheet::ZipParts parts(zip, found);
    if (parts.is_open()) {
        const std::vector<std::string> names = parts.names();
        const std::string folder = folder_of(names);
        for (const std::string& name : names) {
            if (name.compare(0, folder.size(), folder) != 0) continue;
            const std::string own = name.substr(folder.size());
            const bool is_file = !own.empty() && own.find('/') == std::string::npos;
            if (!is_file || own.front() == '.') continue;
            if (!is_plain(own)) {
                archive.faults.push_back(fault("folder_archive_name", "", own.substr(0, 80)));
                continue;
            }
            std::string& bytes = archive.files[own];
            bytes.clear();
            const bool whole = parts.read(name, [&](std::string_view piece) {
                bytes.append(piece);
                return sheet::Take::more;
            });
            if (!whole) break;
        }
    }
    std::vector<Fault> of_zip;
    found.move_to(of_zip);
    for (const Fault& each : of_zip) {
        const bool too_large = each.message.key == "fault.workbook_bomb" ||
                               each.message.key == "fault.workbook_parts_too_many";
        std::string detail;
        for (const auto& [name, value] : each.message.arguments) {
            if (name == "detail" || name == "part" || name == "bound") {
                detail += (detail.empty() ? "" : ", ") + value;
            }
        }
        archive.faults.push_back(
            fault(too_large ? "folder_archive_too_large" : "folder_archive_damaged", "", detail)
        );
    }
    if (!archive.faults.empty()) archive.files.clear();
    return archive;
}

}  // namespace jicai::catalogs
