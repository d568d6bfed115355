#pragma once

#include <engine/campaign/watch_findings.h>

#include <cstdint>
#include <span>
#include <vector>

/// \file
/// Observations that are probably slips, by what others paid for the same product: a digit too many
/// or too few, the price of one unit entered as that of a pack or the other way round, the same
/// entry twice. A pure function of the observations of one product; exact. Who holds one for review
/// decides nothing: it counts until somebody excludes it, unless the caller keeps it out.

namespace jicai::price_watch {

/// Parameters of a policy's section [plausibility].
struct PlausibilityRule {
    std::int64_t others_min = 2;   ///< fewer other prices: nothing can be said
    money::Ratio held_from{5, 1};  ///< above 1, at most 1000
    money::Ratio near{8, 5};       ///< above 1, at most 1000
};

/// One observed price of the product. Prices of different strengths are given apart from each
/// other.
struct PricePoint {
    campaign::ObservationIndex observation = 0;
    std::int64_t pack_price_micro_yuan = 0;  ///< above 0, at most 10^9 yuan
    std::int64_t pack_units = 1;             ///< 1 to campaign::kPackUnitsMax
    std::uint32_t region = 0;
    std::uint32_t source = 0;
    std::uint32_t from = 0;  ///< day
    std::uint32_t to = 0;    ///< day; the caller's value for "no end"
};

/// Of `points`, in their order, those to be held:
/// 1. duplicate: equal to an earlier one in everything but the observation. It is left out of what
///    follows.
/// 2. too_high, too_low: the price of one unit is held_from times the median of the others, or
/// more;
///    or the held_from-th part, or less. Of an even number of others that one of the two in the
///    middle is the median that is nearer, so that one false price makes nobody else look false.
/// The slip suggested is the one that brings the price nearest to that median, if it is then within
/// `near` times of it (the bound included): a tenth and tenfold; the pack count of the observation,
/// then that of the listed pack (`listed_units`). Of equally near ones the first of this order.
/// The suggested pack price is rounded half up to four decimals. \pre bounds as above (CHECKed)
[[nodiscard]] std::vector<campaign::HeldObservation> hold_for_review(
    std::span<const PricePoint> points, std::int64_t listed_units, const PlausibilityRule& rule
);

/// All observations of a campaign that are known at its `known_at`, not withdrawn and not excluded,
/// product by product and strength by strength; in the order of Campaign::observations.
[[nodiscard]] std::vector<campaign::HeldObservation> hold_for_review(
    const campaign::Campaign& campaign, const PlausibilityRule& rule
);

}  // namespace jicai::price_watch
