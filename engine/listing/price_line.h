#pragma once

#include <engine/decision/message.h>
#include <engine/linkage/enforced_prices.h>
#include <engine/listing/states.h>

#include <optional>
#include <string>
#include <vector>

/// \file
/// The price of one entry over the days: what was in force, what is, what will be. Pure. Versions
/// and events are those of one entry, oldest first as recorded; days are "2026-03-01".
///
/// Every version is a ceiling from its day on, for good. The lowest ceiling governs; so no version
/// ever raises a price, and in which order they were recorded does not matter. Only a version that
/// resets (a price rise, another pack, a price before the product was ever sold) lays down all
/// ceilings recorded before it, from its day on.

namespace jicai::listing {

using ports::Compensation;
using ports::ListingEvent;
using ports::PriceVersion;

/// One limit of the price on a day.
struct Ceiling {
    money::Price price{0};
    std::string ground_kind;
    std::string ground;
    std::string clause;
    std::string from;
};

/// What is enforced on a day. Without a price nothing may be ordered.
struct EnforcedPrice {
    std::optional<money::Price> price;
    Ceiling governs;                ///< where there is a price
    std::vector<Ceiling> ceilings;  ///< of each kind of ground the lowest; lowest first
};

/// The ceilings of a day, whether or not the product may be ordered then.
[[nodiscard]] EnforcedPrice price_on(
    const std::vector<PriceVersion>& versions, const std::string& day
);

/// What was due on a day as known now: a version that came late counts from the day its ground
/// states.
[[nodiscard]] std::optional<money::Price> due_on(
    const std::vector<PriceVersion>& versions, const std::string& day
);

/// The state on a day; nothing: not entered then.
[[nodiscard]] std::optional<ListingState> state_on(
    const std::vector<ListingEvent>& events, const std::string& day
);
/// Whether it was ever to be ordered: an event made it listed.
[[nodiscard]] bool was_listed(const std::vector<ListingEvent>& events);

/// Every change of what may be ordered at which price, published as product 0 in region 0. Days on
/// which an entry stands without being listed are published without a price.
[[nodiscard]] linkage::EnforcedPrices line_of(
    const std::vector<PriceVersion>& versions, const std::vector<ListingEvent>& events
);

/// A new price of an entry, as asked for: everything of `version` but `effective`, which follows.
struct Placement {
    PriceVersion version;
    std::vector<Compensation> compensations;  ///< listing, product and region are not filled in
    std::optional<decision::Message> refusal;
    bool there_already = false;  ///< the same price of the same ground and day
};

/// Where a price goes. It governs from `version.stated`, or from the midnight after it was recorded
/// (`today` is that day, Beijing) where that is later; for the days between a compensation is
/// opened wherever more than it was due and the product could be ordered. An entry that was never
/// listed takes any price from any day: nothing was paid. One that is above the enforced price by
/// now but was below it earlier is kept for what is owed. Refusals, in order: listing.day_unknown,
/// listing.would_raise (with the ceiling that governs), listing.versions_ahead (a version that
/// resets, and prices of coming days). `aside`: a further ceiling of a decision, which may lie
/// above what is enforced: it is kept and shown, and governs nothing.
[[nodiscard]] Placement place_price(
    const std::vector<PriceVersion>& versions,
    const std::vector<ListingEvent>& events,
    PriceVersion version,
    const std::string& today,
    bool aside = false
);

/// The day after "2026-03-01". \pre a day (CHECKed)
[[nodiscard]] std::string next_day(const std::string& day);
/// The day before it. \pre a day after 2000-01-01 (CHECKed)
[[nodiscard]] std::string day_before(const std::string& day);
/// "2026-03-01": the day of a moment, Beijing.
[[nodiscard]] std::string beijing_day(ports::Moment moment);
/// Whether the text is a day of docs/linkage.md: 2000-01-01 to 2179-06-05.
[[nodiscard]] bool is_day(const std::string& text);

}  // namespace jicai::listing
