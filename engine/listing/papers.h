#pragma once

#include <engine/listing/register.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What is asked for by one person and decided by another: filed purchases (备案采购) and price
/// rises (涨价).

namespace jicai::listing {

/// Why a price may rise. Messages: word.rise_cause.<name>.
[[nodiscard]] const std::vector<std::string_view>& rise_causes();

struct RiseAsked {
    money::Price price{0};
    std::string effective;  ///< empty: the next midnight
    std::string cause;      ///< one of rise_causes()
    std::string reason;
};

/// Proposes to raise the enforced price of an entry; its id. Refused with listing.is_delisted,
/// listing.cause_unknown, listing.reason_needed, listing.day_unknown, listing.no_price,
/// listing.not_a_rise (not above what is enforced on that day), listing.relist_cap.
std::int64_t propose_rise(
    ports::Transaction& transaction,
    const Doer& doer,
    const ports::Listing& entry,
    const RiseAsked& asked
);

struct Decided {
    bool accept = false;
    std::string reason;
    std::string clause;
    std::int64_t version = 0;
};

/// Decides it; approved, it becomes a price version from its day on, or from the next midnight
/// where that day has begun. Refused with listing.rise_not_found, access.denied, listing.decided
/// (already), listing.changed, listing.reason_needed, listing.same_person (who proposed it),
/// listing.is_delisted, listing.versions_ahead, listing.relist_cap.
ports::PriceRise decide_rise(
    ports::Transaction& transaction, const Doer& doer, std::int64_t rise, const Decided& decided
);

/// Largest number of packs of a filed purchase.
inline constexpr std::int64_t kFiledPacksMax = 1'000'000;
/// Longest term, in days with both ends.
inline constexpr std::int64_t kFiledDaysMax = 366;
/// 100 %, in hundredths of a percent.
inline constexpr std::int64_t kWhole = 10'000;

struct FilingAsked {
    std::string product;
    std::string reason;
    money::Price evidence_price{0};
    std::string evidence;  ///< where that price comes from
    std::int64_t packs = 0;
    std::string from;
    std::string to;
    money::Amount yearly_amount{0};  ///< of all purchases of the hospital
};

/// Requests a filed purchase for the actor's hospital; its id. Refused with
/// catalogue.product_not_found, catalogue.hospital_not_found, listing.reason_needed,
/// listing.evidence_needed, listing.price_zero, listing.filed_packs (bounds), listing.filed_term
/// (bounds), listing.filed_listed (it can be ordered as listed on the first day).
std::int64_t file_purchase(
    ports::Transaction& transaction, const Doer& doer, const FilingAsked& asked
);

struct FilingDecided {
    Decided decided;
    std::int64_t share_cap_hundredths = 0;  ///< of the yearly amount; needed where accepted
    std::optional<std::int64_t> packs;      ///< fewer than were asked for
    std::string to;                         ///< earlier than was asked for; empty: as asked
};

/// Whether so many packs stay within the share: packs x price <= yearly amount x share, exactly.
[[nodiscard]] bool within_share(
    std::int64_t packs,
    money::Price price,
    money::Amount yearly_amount,
    std::int64_t share_cap_hundredths
);

/// Decides it. Refused with listing.filing_not_found, access.denied, listing.decided,
/// listing.changed, listing.reason_needed, listing.filed_packs, listing.filed_term,
/// listing.filed_share_bounds, listing.filed_over_share.
ports::FiledPurchase decide_filing(
    ports::Transaction& transaction,
    const Doer& doer,
    std::int64_t filing,
    const FilingDecided& decided
);

}  // namespace jicai::listing
