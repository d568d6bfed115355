#include <catalogs/round_folder/references.h>

#include <algorithm>

namespace jicai::catalogs::round_folder {

namespace {

template <class Map>
auto look_up(const Map& map, std::string_view name) -> std::optional<typename Map::mapped_type> {
    const auto found = map.find(name);
    if (found == map.end()) return {};
    return found->second;
}

}  // namespace

References::References(std::vector<std::string> regions)
    : regions_(std::move(regions)), regions_fixed_(!regions_.empty()) {
    for (std::size_t i = 0; i < regions_.size(); ++i) {
        region_index_.emplace(regions_[i], static_cast<round::RegionIndex>(i));
    }
}

void References::add_spec(round::LotIndex lot, std::string_view name, round::SpecIndex spec) {
    if (specs_.size() <= lot) specs_.resize(lot + 1);
    specs_[lot].emplace(name, spec);
    lots_of_spec_.emplace(name, lot);
}

std::optional<round::LotIndex> References::lot(std::string_view id) const {
    return look_up(lots_, id);
}

std::optional<round::SpecIndex> References::spec(round::LotIndex lot, std::string_view name) const {
    if (lot >= specs_.size()) return {};
    return look_up(specs_[lot], name);
}

std::optional<round::SupplierIndex> References::supplier(std::string_view id) const {
    return look_up(suppliers_, id);
}

std::optional<round::RegionIndex> References::region(std::string_view name) const {
    return look_up(region_index_, name);
}

round::RegionIndex References::add_region(std::string_view name) {
    if (const auto known = region(name)) return *known;
    const auto index = static_cast<round::RegionIndex>(regions_.size());
    regions_.emplace_back(name);
    region_index_.emplace(name, index);
    return index;
}

std::optional<round::LotIndex> References::require_lot(const Place& place, FaultList& faults)
    const {
    if (place.value.empty()) return {};
    const auto known = lot(place.value);
    if (!known && lots_whole && !faults.counted_only()) {
        faults.add(FaultKind::lot_unknown, place);
    }
    return known;
}

std::optional<round::SpecIndex> References::require_spec(
    round::LotIndex lot, const Place& place, FaultList& faults
) const {
    if (place.value.empty()) return {};
    const auto known = spec(lot, place.value);
    if (known || !specs_whole || faults.counted_only()) return known;
    const auto [first, last] = lots_of_spec_.equal_range(place.value);
    if (first == last) {
        faults.add(FaultKind::spec_unknown, place);
        return {};
    }
    for (const auto& [id, index] : lots_) {
        if (index != first->second) continue;
        faults.add(FaultKind::spec_of_other_lot, place, {{"other_lot", std::string(id)}});
        break;
    }
    return {};
}

std::optional<round::SupplierIndex> References::require_supplier(
    const Place& place, FaultList& faults
) const {
    if (place.value.empty()) return {};
    const auto known = supplier(place.value);
    if (!known && suppliers_whole && !faults.counted_only()) {
        faults.add(FaultKind::supplier_unknown, place);
    }
    return known;
}

std::optional<round::RegionIndex> References::require_region(
    const Place& place, FaultList& faults, bool may_add
) {
    if (const auto known = region(place.value)) return known;
    if (!regions_fixed_ && may_add && !place.value.empty()) return add_region(place.value);
    if ((regions_fixed_ || regions_whole) && !faults.counted_only()) {
        faults.add(FaultKind::region_unknown, place);
    }
    return {};
}

std::vector<round::RegionIndex> References::require_regions(
    const Place& place, FaultList& faults, bool may_add
) {
    std::vector<round::RegionIndex> regions;
    if (place.value.empty()) return regions;
    for (const std::string_view name : split_bar(place.value)) {
        const Place part{place.row, place.column, name};
        const auto index = require_region(part, faults, may_add);
        if (!index) continue;
        if (std::find(regions.begin(), regions.end(), *index) != regions.end()) {
            faults.add(
                FaultKind::region_repeated, part, {{"first_row", std::to_string(place.row)}}
            );
            continue;
        }
        regions.push_back(*index);
    }
    return regions;
}

std::vector<std::string_view> split_bar(std::string_view text) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find('|', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

}  // namespace jicai::catalogs::round_folder
