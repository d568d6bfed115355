#include <catalogs/builtin/builtin.h>

namespace jicai::catalogs {

namespace {

std::optional<std::string_view> find(const std::vector<BuiltinFile>& files, std::string_view id) {
    for (const BuiltinFile& file : files) {
        if (file.id == id) return file.text;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string_view> find_rulebook(std::string_view id) {
    return find(builtin_rulebooks(), id);
}

std::optional<std::string_view> find_linkage_policy(std::string_view id) {
    return find(builtin_linkage_policies(), id);
}

std::optional<std::string_view> find_price_ratio(std::string_view id) {
    return find(builtin_price_ratios(), id);
}

}  // namespace jicai::catalogs
