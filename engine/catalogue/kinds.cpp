#include <engine/catalogue/kinds.h>
#include <engine/money/check.h>

#include <array>
#include <string>
#include <utility>

namespace jicai::catalogue {
namespace {

using ports::Duty;
using ports::InstitutionKind;
using ports::InstitutionLevel;
using ports::ProductKind;
using ports::RegionLevel;

constexpr auto kInstitutionKinds = std::to_array<std::pair<InstitutionKind, std::string_view>>({
    {InstitutionKind::public_, "public"},
    {InstitutionKind::military, "military"},
    {InstitutionKind::private_designated, "private_designated"},
    {InstitutionKind::pharmacy, "pharmacy"},
    {InstitutionKind::clinic, "clinic"},
});
constexpr auto kDuties = std::to_array<std::pair<Duty, std::string_view>>({
    {Duty::must, "must"},
    {Duty::voluntary, "voluntary"},
});
constexpr auto kLevels = std::to_array<std::pair<InstitutionLevel, std::string_view>>({
    {InstitutionLevel::unrated, "unrated"},
    {InstitutionLevel::first, "first"},
    {InstitutionLevel::second, "second"},
    {InstitutionLevel::third, "third"},
});
constexpr auto kProductKinds = std::to_array<std::pair<ProductKind, std::string_view>>({
    {ProductKind::western, "western"},
    {ProductKind::tcm_patent, "tcm_patent"},
    {ProductKind::tcm_granules, "tcm_granules"},
    {ProductKind::tcm_pieces, "tcm_pieces"},
    {ProductKind::hospital_preparation, "hospital_preparation"},
    {ProductKind::consumable, "consumable"},
    {ProductKind::reagent, "reagent"},
});
constexpr auto kRegionLevels = std::to_array<std::pair<RegionLevel, std::string_view>>({
    {RegionLevel::country, "country"},
    {RegionLevel::province, "province"},
    {RegionLevel::city, "city"},
    {RegionLevel::county, "county"},
});

template <typename Kind, std::size_t Count>
std::string_view word_of(
    const std::array<std::pair<Kind, std::string_view>, Count>& words, Kind kind
) {
    for (const auto& [one, word] : words) {
        if (one == kind) return word;
    }
    JICAI_CHECK(false);
}

template <typename Kind, std::size_t Count>
std::optional<Kind> kind_of(
    const std::array<std::pair<Kind, std::string_view>, Count>& words, std::string_view name
) {
    for (const auto& [kind, word] : words) {
        if (word == name) return kind;
    }
    return std::nullopt;
}

template <typename Kind, std::size_t Count>
std::vector<Kind> kinds_of(const std::array<std::pair<Kind, std::string_view>, Count>& words) {
    std::vector<Kind> kinds;
    for (const auto& [kind, word] : words) kinds.push_back(kind);
    return kinds;
}

}  // namespace

std::string_view name_of(InstitutionKind kind) {
    return word_of(kInstitutionKinds, kind);
}
std::string_view name_of(Duty duty) {
    return word_of(kDuties, duty);
}
std::string_view name_of(InstitutionLevel level) {
    return word_of(kLevels, level);
}
std::string_view name_of(ProductKind kind) {
    return word_of(kProductKinds, kind);
}
std::string_view name_of(RegionLevel level) {
    return word_of(kRegionLevels, level);
}

std::optional<InstitutionKind> find_institution_kind(std::string_view name) {
    return kind_of(kInstitutionKinds, name);
}
std::optional<Duty> find_duty(std::string_view name) {
    return kind_of(kDuties, name);
}
std::optional<InstitutionLevel> find_institution_level(std::string_view name) {
    return kind_of(kLevels, name);
}
std::optional<ProductKind> find_product_kind(std::string_view name) {
    return kind_of(kProductKinds, name);
}
std::optional<RegionLevel> find_region_level(std::string_view name) {
    return kind_of(kRegionLevels, name);
}

const std::vector<InstitutionKind>& all_institution_kinds() {
    static const std::vector<InstitutionKind> kinds = kinds_of(kInstitutionKinds);
    return kinds;
}

const std::vector<ProductKind>& all_product_kinds() {
    static const std::vector<ProductKind> kinds = kinds_of(kProductKinds);
    return kinds;
}

std::vector<ProductKind> kinds_of_code(std::string_view code) {
    constexpr std::size_t kPieces = 10;
    if (code.size() == 23 && code[0] == 'X') return {ProductKind::western};
    if (code.size() == 20 && code[0] == 'Z') return {ProductKind::tcm_patent};
    if (code.size() == kPieces && code[0] == 'T') {
        return {ProductKind::tcm_pieces, ProductKind::tcm_granules};
    }
    if ((code.size() == 20 || code.size() == 27) && code[0] == 'C') {
        return {ProductKind::consumable, ProductKind::reagent};
    }
    return {ProductKind::hospital_preparation};
}

RegionLevel level_of_region(std::string_view code) {
    if (code == "000000") return RegionLevel::country;
    if (code.substr(2) == "0000") return RegionLevel::province;
    return code.substr(4) == "00" ? RegionLevel::city : RegionLevel::county;
}

std::string parent_of_region(std::string_view code) {
    switch (level_of_region(code)) {
        case RegionLevel::country:
            return {};
        case RegionLevel::province:
            return "000000";
        case RegionLevel::city:
            return std::string(code.substr(0, 2)) + "0000";
        case RegionLevel::county:
            break;
    }
    return std::string(code.substr(0, 4)) + "00";
}

}  // namespace jicai::catalogue
