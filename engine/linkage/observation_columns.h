#pragma once

#include <engine/campaign/campaign.h>

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

/// \file
/// Price observations as columns of scaled integers: 22 bytes each and 4 for each product. Built
/// once, grouped by product; later ones are added one by one. Nothing is ever taken out: an
/// observation can only be excluded, as of a day.

namespace jicai::linkage {

using campaign::Day;
using Row = std::uint32_t;

/// One observation on its way into the columns.
struct ObservationRow {
    std::uint32_t product = 0;
    std::uint32_t id = 0;                    ///< the caller's number of the record
    std::int64_t pack_price_micro_yuan = 0;  ///< at most kPackPriceMicroYuanMax
    std::uint32_t pack_units = 1;            ///< at most campaign::kPackUnitsMax
    std::uint16_t strength =
        0;  ///< 0: the product's own; otherwise the caller's number of another one, below 4096
    std::uint8_t region = 0;
    campaign::SourceClass source = campaign::SourceClass::province_listing;
    campaign::ObservationStatus status = campaign::ObservationStatus::in_force;
    bool evaluated = true;
    Day from;
    std::optional<Day> to;
    std::optional<Day> recorded;
};

/// 281,474,976 yuan: what 48 bits hold.
inline constexpr std::int64_t kPackPriceMicroYuanMax = (std::int64_t{1} << 48U) - 1;

class ObservationColumns {
public:
    /// Rows of one product keep their order, whatever stands between them. \pre products < 2^32 - 1
    /// and every row in its bounds (CHECKed)
    ObservationColumns(std::uint32_t products, std::span<const ObservationRow> rows);

    /// Behind all rows of its product. \pre as for the constructor
    Row add(const ObservationRow& row);

    /// From `day` on the row is excluded, or counts again. \pre days of one row do not go back
    /// (CHECKed)
    void correct(Row row, Day day, bool excluded);

    [[nodiscard]] std::uint32_t products() const {
        return static_cast<std::uint32_t>(begin_.size() - 1);
    }
    [[nodiscard]] std::size_t size() const { return word_.size(); }
    /// Bytes of all columns.
    [[nodiscard]] std::size_t bytes() const;

    /// Calls f(row) for every row of the product, in order.
    template <class F>
    void for_each_row(std::uint32_t product, F&& f) const {
        for (Row row = begin_[product]; row < begin_[product + 1]; ++row) f(row);
        if (added_.empty()) return;
        const auto found = added_.find(product);
        if (found == added_.end()) return;
        for (const Row row : found->second) f(row);
    }

    [[nodiscard]] std::int64_t price(Row row) const {
        return static_cast<std::int64_t>(word_[row] >> kPriceShift);
    }
    [[nodiscard]] std::uint8_t region(Row row) const {
        return static_cast<std::uint8_t>(word_[row] >> kRegionShift);
    }
    [[nodiscard]] unsigned source(Row row) const { return word_[row] & kSourceMask; }
    /// Status and, in the third bit, whether evaluated.
    [[nodiscard]] unsigned state(Row row) const { return (word_[row] >> kStateShift) & kStateMask; }
    [[nodiscard]] bool corrected(Row row) const {
        return ((word_[row] >> kCorrectedShift) & 1U) != 0;
    }
    [[nodiscard]] std::uint32_t units(Row row) const { return pack_[row] & kUnitsMask; }
    [[nodiscard]] std::uint32_t strength(Row row) const { return pack_[row] >> kUnitsBits; }
    /// Units and strength together.
    [[nodiscard]] std::uint32_t pack(Row row) const { return pack_[row]; }
    [[nodiscard]] std::uint16_t from(Row row) const { return from_[row]; }
    [[nodiscard]] std::uint16_t to(Row row) const { return to_[row]; }  ///< kOpen: no end
    [[nodiscard]] std::uint16_t recorded(Row row) const { return recorded_[row]; }
    [[nodiscard]] std::uint32_t id(Row row) const { return id_[row]; }
    /// Whether a correction excludes the row as known on `day`.
    [[nodiscard]] bool excluded(Row row, std::uint16_t day) const;

    static constexpr std::uint16_t kOpen = 65535;
    static constexpr unsigned kUnitsBits = 20;

private:
    static constexpr unsigned kPriceShift = 16;
    static constexpr unsigned kRegionShift = 8;
    static constexpr unsigned kCorrectedShift = 7;
    static constexpr unsigned kStateShift = 4;
    static constexpr unsigned kStateMask = 7;
    static constexpr unsigned kSourceMask = 15;
    static constexpr std::uint32_t kUnitsMask = (std::uint32_t{1} << kUnitsBits) - 1;

    void put(Row at, const ObservationRow& row);

    std::vector<Row> begin_;           ///< by product, and one past the last
    std::vector<std::uint64_t> word_;  ///< price, region, corrected, state, source
    std::vector<std::uint32_t> pack_;
    std::vector<std::uint16_t> from_;
    std::vector<std::uint16_t> to_;
    std::vector<std::uint16_t> recorded_;
    std::vector<std::uint32_t> id_;
    std::unordered_map<std::uint32_t, std::vector<Row>> added_;
    struct Correction {
        Day day;
        bool excluded;
    };
    std::unordered_map<Row, std::vector<Correction>> corrections_;
};

}  // namespace jicai::linkage
