#pragma once

#include <catalogs/round_folder/table.h>

/// \file
/// The tables of a linkage folder as documented (docs/linkage.md). The order of columns here is the
/// order of the canonical form.

namespace jicai::catalogs::linkage_folder {

enum ProductColumn : std::size_t {
    kProductId,
    kProductName,
    kProductForm,
    kProductSpec,
    kProductContent,
    kProductPackUnits,
    kProductMaterial,
    kProductMaker,
    kProductCode,
    kProductVariety,
    kProductEvaluated,
    kProductOriginator,
    kProductReplaces,
};
enum ObservationColumn : std::size_t {
    kObservationId,
    kObservationProduct,
    kObservationRegion,
    kObservationSource,
    kObservationPackPrice,
    kObservationPackUnits,
    kObservationFrom,
    kObservationTo,
    kObservationContent,
    kObservationDocument,
    kObservationStatus,
    kObservationEvaluated,
    kObservationRecorded,
    kObservationEnteredBy,
};
enum ListingColumn : std::size_t { kListingProduct, kListingPrice };
enum WinnerColumn : std::size_t { kWinnerProduct, kWinnerPrice, kWinnerRegions };
enum VolumeColumn : std::size_t { kVolumeProduct, kVolumePacks };
enum LinkEventColumn : std::size_t {
    kLinkEventSeq,
    kLinkEventKind,
    kLinkEventProduct,
    kLinkEventObservation,
    kLinkEventReason,
    kLinkEventWho,
    kLinkEventAt,
};
enum PurchaseColumn : std::size_t {
    kPurchaseProduct,
    kPurchaseMonth,
    kPurchasePacks,
    kPurchaseHospital,
};
enum HolidayColumn : std::size_t { kHolidayDay, kHolidayWorks };

[[nodiscard]] const round_folder::TableFormat& products_format();
[[nodiscard]] const round_folder::TableFormat& observations_format();
[[nodiscard]] const round_folder::TableFormat& listings_format();
[[nodiscard]] const round_folder::TableFormat& winners_format();
[[nodiscard]] const round_folder::TableFormat& volumes_format();
[[nodiscard]] const round_folder::TableFormat& purchases_format();
[[nodiscard]] const round_folder::TableFormat& link_events_format();
[[nodiscard]] const round_folder::TableFormat& holidays_format();

}  // namespace jicai::catalogs::linkage_folder
