#pragma once

#include <catalogs/round_folder/text_table.h>
#include <engine/round/round.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// What rows refer to by name: lots, specs, suppliers, regions. A name that is not known is a
/// fault, except where the file that lists the names could not be read whole: then only its own
/// faults are told.

namespace jicai::catalogs::round_folder {

class References {
public:
    /// `regions`: the rulebook's; empty: not fixed, `add_region` collects them.
    explicit References(std::vector<std::string> regions);

    // Filling. Names must outlive this.
    void add_lot(std::string_view id, round::LotIndex lot) { lots_.emplace(id, lot); }
    void add_spec(round::LotIndex lot, std::string_view name, round::SpecIndex spec);
    void add_supplier(std::string_view id, round::SupplierIndex s) { suppliers_.emplace(id, s); }
    bool lots_whole = false;
    bool specs_whole = false;
    bool suppliers_whole = false;
    bool regions_whole = false;

    // Asking, without faults.
    [[nodiscard]] std::optional<round::LotIndex> lot(std::string_view id) const;
    [[nodiscard]] std::optional<round::SpecIndex> spec(round::LotIndex lot, std::string_view name)
        const;
    [[nodiscard]] std::optional<round::SupplierIndex> supplier(std::string_view id) const;
    [[nodiscard]] std::optional<round::RegionIndex> region(std::string_view name) const;
    [[nodiscard]] bool regions_fixed() const { return regions_fixed_; }
    /// The index of a region, new or not. \pre !regions_fixed()
    round::RegionIndex add_region(std::string_view name);
    [[nodiscard]] const std::vector<std::string>& regions() const { return regions_; }

    // Asking, with a fault at `place` when the name is not known. Empty names are not asked for:
    // a required cell that is empty has been faulted before.
    std::optional<round::LotIndex> require_lot(const Place& place, FaultList& faults) const;
    std::optional<round::SpecIndex> require_spec(
        round::LotIndex lot, const Place& place, FaultList& faults
    ) const;
    std::optional<round::SupplierIndex> require_supplier(const Place& place, FaultList& faults)
        const;
    /// `may_add`: where regions are not fixed, this file is one of those that name them.
    std::optional<round::RegionIndex> require_region(
        const Place& place, FaultList& faults, bool may_add
    );
    /// Regions joined by |; each known, none twice.
    std::vector<round::RegionIndex> require_regions(
        const Place& place, FaultList& faults, bool may_add
    );

private:
    std::unordered_map<std::string_view, round::LotIndex> lots_;
    std::vector<std::unordered_map<std::string_view, round::SpecIndex>> specs_;  ///< by lot
    std::multimap<std::string_view, round::LotIndex> lots_of_spec_;
    std::unordered_map<std::string_view, round::SupplierIndex> suppliers_;
    std::vector<std::string> regions_;
    std::map<std::string, round::RegionIndex, std::less<>> region_index_;
    bool regions_fixed_;
};

/// The parts of `text` between separators |; one empty part for an empty text.
[[nodiscard]] std::vector<std::string_view> split_bar(std::string_view text);

}  // namespace jicai::catalogs::round_folder
