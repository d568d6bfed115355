#include <catalogs/price_ratio_file/price_ratio_decoder.h>
#include <catalogs/price_ratio_file/price_ratio_file.h>

#include <algorithm>
#include <utility>

namespace jicai::catalogs {

namespace {

constexpr std::size_t kSourceLineBytesMax = 10'000;

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

Fault whole_file_fault(const std::string& file_name, decision::Message message) {
    Fault fault;
    fault.file = file_name;
    fault.message = std::move(message);
    return fault;
}

}  // namespace

LoadedPriceRatioRule load_price_ratio_rule(std::string_view toml, const std::string& file_name) {
    LoadedPriceRatioRule loaded;
    if (toml.size() > kPriceRatioBytesMax) {
        loaded.faults.push_back(whole_file_fault(
            file_name,
            {"fault.price_ratio.too_large",
             {{"bytes", std::to_string(toml.size())},
              {"bytes_max", std::to_string(kPriceRatioBytesMax)}}}
        ));
        return loaded;
    }
    price_ratio::Decoded decoded = price_ratio::decode(toml);
    if (decoded.faults.empty()) {
        loaded.rule = std::move(decoded.rule);
        return loaded;
    }
    std::stable_sort(
        decoded.faults.begin(),
        decoded.faults.end(),
        [](const auto& left, const auto& right) { return left.place < right.place; }
    );
    const std::vector<std::string_view> lines = lines_of(toml);
    for (price_ratio::PlacedFault& placed : decoded.faults) {
        if (loaded.faults.size() == kFaultsShownMax) {
            const std::size_t rest = decoded.faults.size() - kFaultsShownMax;
            loaded.faults.push_back(whole_file_fault(
                file_name, {"fault.price_ratio.more", {{"count", std::to_string(rest)}}}
            ));
            break;
        }
        Fault fault = whole_file_fault(file_name, std::move(placed.message));
        fault.row = placed.place.line;
        fault.column_number = placed.place.column;
        fault.column = std::move(placed.subject);
        fault.value = std::move(placed.value);
        if (placed.place.line <= lines.size()) {
            const std::string_view line = lines[placed.place.line - 1];
            if (line.size() <= kSourceLineBytesMax) fault.source_line = line;
        }
        loaded.faults.push_back(std::move(fault));
    }
    return loaded;
}

}  // namespace jicai::catalogs
