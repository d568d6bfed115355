#include <catalogs/parameter_file/findings.h>

#include <algorithm>
#include <utility>

namespace jicai::catalogs::detail {

Place Findings::place_of(const std::string& path, const std::string& item) const {
    for (const std::string& known : {path + '#' + item, path}) {
        const auto found = places.find(known);
        if (found != places.end()) return found->second;
    }
    return {};
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        std::string_view line = text.substr(begin, end - begin);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        lines.push_back(line);
        begin = end + 1;
    }
    return lines;
}

std::vector<Fault> faults_of(
    Findings& findings, std::string_view toml, const std::string& file_name
) {
    std::stable_sort(
        findings.faults.begin(),
        findings.faults.end(),
        [](const auto& a, const auto& b) { return a.place < b.place; }
    );
    const std::vector<std::string_view> lines = lines_of(toml);
    std::vector<Fault> faults;
    for (PlacedFault& placed : findings.faults) {
        if (faults.size() == kFaultsShownMax) {
            Fault more;
            more.file = file_name;
            more.message = {
                "fault.rulebook.more",
                {{"count", std::to_string(findings.faults.size() - kFaultsShownMax)}}};
            faults.push_back(std::move(more));
            break;
        }
        Fault fault;
        fault.file = file_name;
        fault.row = placed.place.line;
        fault.column_number = placed.place.column;
        fault.column = std::move(placed.subject);
        fault.value = std::move(placed.value);
        if (placed.place.line <= lines.size()) {
            const std::string_view line = lines[placed.place.line - 1];
            if (line.size() <= kSourceLineBytesMax) fault.source_line = line;
        }
        fault.message = std::move(placed.message);
        faults.push_back(std::move(fault));
    }
    return faults;
}

}  // namespace jicai::catalogs::detail
