#include <engine/prices/region_words.h>

#include <array>

namespace jicai::prices {
namespace {

constexpr std::array<std::string_view, 7> kSuffixes{
    "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区", "省", "市"};

}  // namespace

std::string policy_name(std::string_view name) {
    if (name == "新疆生产建设兵团") return "新疆兵团";
    for (const std::string_view suffix : kSuffixes) {
        if (name.size() > suffix.size() && name.substr(name.size() - suffix.size()) == suffix) {
            return std::string(name.substr(0, name.size() - suffix.size()));
        }
    }
    return std::string(name);
}

RegionWords::RegionWords(const std::vector<ports::Region>& regions) {
    const auto add = [&](const std::string& word, const std::string& code) {
        const auto [at, is_new] = code_of_.emplace(word, code);
        if (!is_new && at->second != code) at->second.clear();
    };
    for (const ports::Region& region : regions) {
        if (region.level == ports::RegionLevel::province) {
            provinces_[region.code.substr(0, 2)] = policy_name(region.name);
        }
    }
    for (const ports::Region& region : regions) {
        code_of_[region.code] = region.code;
        add(region.name, region.code);
        if (region.level == ports::RegionLevel::province) {
            add(policy_name(region.name), region.code);
        }
    }
}

std::optional<std::string> RegionWords::code_of(const std::string& text) const {
    const auto at = code_of_.find(text);
    if (at == code_of_.end() || at->second.empty()) return std::nullopt;
    return at->second;
}

std::string RegionWords::province_of(const std::string& code) const {
    const auto at = provinces_.find(code.substr(0, 2));
    return at == provinces_.end() ? code : at->second;
}

}  // namespace jicai::prices
