#pragma once

#include <catalogs/round_folder/table.h>

/// \file
/// The tables of a round folder as documented (docs/round-folder.md): columns, keys, sizes. The
/// order of columns here is the order of the canonical form.

namespace jicai::catalogs::round_folder {

// One enumeration per table: the position of each column in its format.
enum LotColumn : std::size_t {
    kLotId,
    kLotName,
    kLotVolumeClass,
    kLotBaseForm,
    kLotQuantityStep,
    kLotTermClass,
    kLotRegions,
};
enum SpecColumn : std::size_t {
    kSpecLot,
    kSpecName,
    kSpecContent,
    kSpecMain,
    kSpecCeiling,
    kSpecContentUnit,
    kSpecFill,
};
enum DemandColumn : std::size_t {
    kDemandLot,
    kDemandSpec,
    kDemandRegion,
    kDemandQuantity,
    kDemandHospital,
    kDemandSupplier,
};
enum BidderColumn : std::size_t {
    kBidderId,
    kBidderName,
    kBidderFirm,
    kBidderCode,
    kBidderOrigin,
};
enum BidColumn : std::size_t {
    kBidLot,
    kBidSupplier,
    kBidSpec,
    kBidContent,
    kBidForm,
    kBidPackUnits,
    kBidPackPrice,
    kBidParticipation,
    kBidEvidence,
    kBidProduct,
    kBidGroup,
    kBidOwnLowestPrice,
    kBidFill,
    kBidRegions,
};
enum PackColumn : std::size_t {
    kPackLot,
    kPackSupplier,
    kPackProduct,
    kPackForm,
    kPackSpec,
    kPackContent,
    kPackPackUnits,
    kPackFill,
    kPackMaterial,
    kPackDailyDose,
};
enum EventColumn : std::size_t {
    kEventSeq,
    kEventLot,
    kEventKind,
    kEventSupplier,
    kEventValue,
    kEventReason,
    kEventWho,
    kEventAt,
};
enum PreferenceColumn : std::size_t {
    kPreferenceLot,
    kPreferenceSupplier,
    kPreferenceOrder,
    kPreferenceRegion,
};

[[nodiscard]] const TableFormat& lots_format();
[[nodiscard]] const TableFormat& specs_format();
[[nodiscard]] const TableFormat& demand_format();
[[nodiscard]] const TableFormat& bidders_format();
[[nodiscard]] const TableFormat& bids_format();
[[nodiscard]] const TableFormat& packs_format();
[[nodiscard]] const TableFormat& events_format();
[[nodiscard]] const TableFormat& preferences_format();
[[nodiscard]] const TableFormat& history_format();
[[nodiscard]] const TableFormat& hospitals_format();

}  // namespace jicai::catalogs::round_folder
