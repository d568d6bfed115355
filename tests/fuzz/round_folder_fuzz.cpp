// A whole folder: files separated by lines "=== name". Any bytes: no crash; a round or faults,
// never both; the same faults and digests whether demand.csv can be scanned or must be read row by
// row.

#include <catalogs/round_folder/load_round_folder.h>

#include <cstdint>
#include <cstdlib>
#include <map>
#include <string>

namespace {

using namespace jicai::catalogs;

void require(bool condition) {
    if (!condition) std::abort();
}

std::map<std::string, std::string> files_of(std::string_view bytes) {
    constexpr std::string_view kMark = "=== ";
    std::map<std::string, std::string> files;
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (bytes.substr(at, kMark.size()) != kMark) break;
        const std::size_t name_end = std::min(bytes.find('\n', at), bytes.size());
        const std::string name(bytes.substr(at + kMark.size(), name_end - at - kMark.size()));
        const std::size_t begin = std::min(name_end + 1, bytes.size());
        const std::size_t mark = bytes.find("\n=== ", begin == 0 ? 0 : begin - 1);
        const std::size_t end = mark == std::string_view::npos ? bytes.size() : mark + 1;
        files[name] = std::string(bytes.substr(begin, end > begin ? end - begin : 0));
        at = std::max(end, begin);
    }
    return files;
}

std::string digest_of(const LoadedRound& loaded) {
    std::string text;
    if (!loaded.round) return text;
    for (const auto& input : loaded.round->inputs) text += input.name + input.digest;
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    LoadOptions options;
    options.encoding = data[0] % 2 == 0 ? Encoding::utf8 : Encoding::gb18030;
    options.threads = 1;
    if (data[0] % 4 >= 2) options.regions = {"北京", "上海"};
    auto files = files_of({reinterpret_cast<const char*>(data + 1), size - 1});
    const LoadedRound loaded = load_round_folder(MemorySource(files), options);
    require(loaded.round.has_value() == loaded.faults.empty());
    for (const Fault& fault : loaded.faults) {
        require(!fault.file.empty() && fault.message.key.rfind("fault.", 0) == 0);
    }
    const auto demand = files.find("demand.csv");
    if (demand == files.end() || demand->second.rfind("lot,", 0) != 0) return 0;
    demand->second.replace(0, 3, "\"lot\"");
    const LoadedRound again = load_round_folder(MemorySource(files), options);
    require(digest_of(again) == digest_of(loaded));
    require(again.faults.size() == loaded.faults.size());
    for (std::size_t i = 0; i < again.faults.size(); ++i) {
        require(again.faults[i].row == loaded.faults[i].row);
        require(again.faults[i].message.key == loaded.faults[i].message.key);
    }
    return 0;
}
