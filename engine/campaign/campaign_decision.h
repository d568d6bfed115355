#pragma once

#include <engine/campaign/campaign.h>
#include <engine/decision/trace.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// What a linkage campaign decides for each SKU, with everything that led to it. No logic.

namespace jicai::campaign {

enum class Status : std::uint8_t {
    linked = 1,                     ///< the enforced price is lower than the old one
    no_lower_price = 2,             ///< nothing lower counts; linkage never raises
    within_tolerance = 3,           ///< lower, but by no more than the tolerance
    insufficient_observations = 4,  ///< too few prices count, and the policy takes none then
    suspended = 5,
    delisted = 6,
    waiting = 7,  ///< needs something only a person can give
};

/// Why an observation does not count. In order of precedence.
enum class Exclusion : std::uint8_t {
    excluded_by_event = 1,
    not_yet_recorded = 2,
    not_yet_effective = 3,
    expired = 4,
    withdrawn = 5,
    source_not_counted = 6,
    award_of_other_region = 7,
    own_region = 8,
    region_not_counted = 9,
    suspended = 10,
    under_objection = 11,
    not_evaluated = 12,
    other_strength = 13,
    other_pack = 14,
    no_price_ratio = 15,
};

/// An observation the reference is made of.
struct EvidencePrice {
    ObservationIndex observation;
    money::Price unit_price;
};

struct ExcludedPrice {
    ObservationIndex observation;
    Exclusion reason;
};

enum class CeilingKind : std::uint8_t {
    linkage_reference = 1,  ///< reference price of this campaign
    own_award = 2,          ///< a winner in its supply regions
    outside_supply = 3,     ///< a winner elsewhere
    gradient_cut = 4,       ///< by distance to the winning price
    winning_price = 5,      ///< not evaluated: not above the winning price
};

/// One price that the SKU may not exceed, with its own ground.
struct Ceiling {
    CeilingKind kind;
    money::Price price;
    std::string clause;
    std::string evidence;
};

struct SkuDecision {
    ProductIndex product = 0;
    Status status = Status::no_lower_price;
    money::Price old_price{0};
    std::optional<money::Price> reference_unit;  ///< per smallest unit
    std::optional<money::Price> reference;       ///< per listed pack
    std::optional<money::Price>
        enforced;              ///< per listed pack; nothing: may not be sold, or not known
    bool provisional = false;  ///< too few prices yet: holds until there are enough
    std::vector<Ceiling>
        ceilings;  ///< lowest first; the first governs where it is below the old price
    std::vector<EvidencePrice> used;      ///< lowest first
    std::uint32_t counted = 0;            ///< observations that count
    std::vector<ExcludedPrice> excluded;  ///< by observation
    std::string label;                    ///< yellow, red_1, ...; empty: none
    std::optional<Day> declare_by;
    std::optional<Day> barred_until;
    std::vector<decision::TraceStep> trace;
    std::vector<decision::Message> waits_for;
};

struct CampaignDecision {
    std::vector<SkuDecision> skus;  ///< in the order of Campaign::listings
};

/// "linked", "no_lower_price", ...
[[nodiscard]] std::string_view text(Status status);
[[nodiscard]] std::string_view text(Exclusion reason);
[[nodiscard]] std::string_view text(CeilingKind kind);

}  // namespace jicai::campaign
